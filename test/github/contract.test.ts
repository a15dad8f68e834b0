// One contract for every forge: the fake that flow tests use, and the real adapter over HTTP.
import { afterEach, describe, expect, it } from 'vitest';
import { createReader, createWorld, createWriter, file, REPO, say } from '../flows/fake-forge.ts';
import type { World } from '../flows/fake-forge.ts';
import { forgeOverHttp } from './world-server.ts';
import type { Forge } from './world-server.ts';

const FORGES: readonly (readonly [string, (world: World) => Promise<Forge>])[] = [
  ['fake', async (world) => ({ reader: createReader(world), writer: createWriter(world), close: async () => undefined })],
  ['GitHub over HTTP', forgeOverHttp],
];
const HINT = { headSha: null, baseRef: 'main', baseSha: null, body: null, changedFiles: null, comments: null };
const CONFIG = '.github/yardstick.yml';

describe.each(FORGES)('%s', (_, start) => {
  const open: Forge[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((forge) => forge.close()));
  });
  async function forge(world: World): Promise<Forge> {
    const started = await start(world);
    open.push(started);
    return started;
  }

  it('reads a change with its conversation and configuration', async () => {
    const world = createWorld({ title: 'Scale', body: 'Hypothesis: #3', labels: ['scaling'], draft: true });
    world.files.push(file('a.tf', '-count = 1', '+count = 2'));
    world.texts.set(`acme/infra:${CONFIG}`, 'mode: advise\n');
    say(world, 'ada', 'hello');
    world.labelers.set('scaling', { login: 'kim', type: 'User' }).set('gone', null);
    world.comments.push({ id: 900, author: { login: 'infracost[bot]', type: 'Bot' }, mine: false, body: 'cost', createdAt: '2026-05-05T09:40:00Z', editor: 'ada' });
    const { reader } = await forge(world);
    expect(await reader.readChange(world.change.ref, { configPath: CONFIG, hint: HINT })).toEqual({
      change: { ...world.change, changedFiles: 1 },
      comments: world.comments, commentsComplete: true, commentCount: 2,
      config: { kind: 'text', text: 'mode: advise\n' }, labelers: world.labelers, closing: [], viewer: { login: 'github-actions[bot]', type: 'Bot' },
    });
  });

  it('reads a change without configuration, body, author or fork', async () => {
    const world = createWorld({ author: null, head: { ref: 'topic', sha: 'a'.repeat(40), repo: null, pushedAt: null }, visibility: 'public' });
    const { reader } = await forge(world);
    const page = await reader.readChange(world.change.ref, { configPath: CONFIG, hint: null });
    expect(page).toMatchObject({ change: { author: null, body: '', head: { repo: null } }, config: { kind: 'absent' } });
  });

  it('reads files by pages of 100', async () => {
    const world = createWorld();
    world.files.push(...Array.from({ length: 150 }, (__, index) => file(`f${index}.tf`, '+x = 1')), { path: 'new.tf', previousPath: 'old.tf', status: 'renamed', patch: null });
    const { reader } = await forge(world);
    const pages = await Promise.all([1, 2, 3].map((page) => reader.readFiles(world.change.ref, page)));
    expect(pages.map((page) => page.length)).toEqual([100, 51, 0]);
    expect(pages.flat()).toEqual(world.files);
  });

  it('reads texts, issues and permissions, and says what is not there', async () => {
    const world = createWorld();
    world.texts.set('acme/infra:hypotheses/a b.md', '# Größe\n');
    world.issues.set('acme/infra#3', { repo: REPO, number: 3, title: 'Bet', body: 'x', state: 'closed', labels: ['bet'] });
    world.permissions.set('kim', 'maintain');
    const { reader } = await forge(world);
    expect(await reader.readText(REPO, 'hypotheses/a b.md', null)).toEqual({ kind: 'text', text: '# Größe\n' });
    expect(await reader.readText(REPO, 'nowhere.md', 'main')).toEqual({ kind: 'absent' });
    expect(await reader.readIssue(REPO, 3)).toEqual({ kind: 'issue', issue: world.issues.get('acme/infra#3') });
    expect(await reader.readIssue(REPO, 4)).toEqual({ kind: 'absent' });
    expect(await reader.readIssue({ owner: 'acme', repo: 'secret' }, 12)).toEqual({ kind: 'forbidden', why: "Cannot read acme/secret#12: this workflow's token reads only its own repository." });
    expect([await reader.readPermission(REPO, 'kim'), await reader.readPermission(REPO, 'lee')]).toEqual(['maintain', 'read']);
  });

  it('reads who belongs to a team, and says where it may not see', async () => {
    const world = createWorld();
    world.teams.set('acme/platform', ['kim', 'kimberly']);
    const { reader } = await forge(world);
    expect(await Promise.all([reader.readMembership('acme/platform', 'kim'), reader.readMembership('acme/platform', 'ki'), reader.readMembership('acme/secret', 'kim')])).toEqual(['member', 'none', 'unreadable']);
  });

  it('lists open changes', async () => {
    const world = createWorld({ body: 'Step of #3' });
    const { reader } = await forge(world);
    expect(await reader.readOpenChanges(REPO)).toEqual([{ ref: world.change.ref, body: 'Step of #3' }]);
  });

  it('writes what a later read shows', async () => {
    const world = createWorld({ labels: ['bug'] });
    const { reader, writer } = await forge(world);
    const change = world.change.ref;
    const label = { name: 'hypothesis: needed', color: 'd93f0b', description: 'Asks' };
    await writer.perform({ kind: 'create-comment', change, body: 'first' });
    await writer.perform({ kind: 'add-label', change, label });
    const page = await reader.readChange(change, { configPath: CONFIG, hint: HINT });
    expect(page.comments).toEqual([expect.objectContaining({ body: 'first', mine: true, author: { login: 'github-actions[bot]', type: 'Bot' } })]);
    expect(page.change.labels).toEqual(['bug', 'hypothesis: needed']);
    await writer.perform({ kind: 'edit-comment', change, commentId: page.comments[0]?.id ?? 0, body: 'second' });
    await writer.perform({ kind: 'remove-label', change, name: label.name });
    const after = await reader.readChange(change, { configPath: CONFIG, hint: HINT });
    expect([after.comments.map(({ body }) => body), after.change.labels]).toEqual([['second'], ['bug']]);
    await writer.perform({ kind: 'delete-comment', change, commentId: page.comments[0]?.id ?? 0 });
    expect((await reader.readChange(change, { configPath: CONFIG, hint: HINT })).comments).toEqual([]);
  });

  it('tells a refused write with the permission that is missing', async () => {
    const world = createWorld();
    world.refused.add('create-comment');
    const { writer } = await forge(world);
    const outcome = await writer.perform({ kind: 'create-comment', change: world.change.ref, body: 'x' });
    expect(outcome).toMatchObject({ kind: 'refused', permission: 'pull-requests: write' });
  });
});
