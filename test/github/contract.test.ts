// One contract for every forge: the fake that flow tests use, and the real adapter over HTTP.
import { afterEach, describe, expect, it } from 'vitest';
import { createReader, createWriter } from '../flows/fake-forge.ts';
import { createWorld, file, ME, nodeId, REPO, say } from '../flows/fake-world.ts';
import type { World } from '../flows/fake-world.ts';
import { edit } from '../flows/fake-writes.ts';
import { DASHBOARD_LABEL } from '../../src/report/dashboard-label.ts';
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
    world.comments.push({ id: 900, nodeId: nodeId(900), author: { login: 'infracost[bot]', type: 'Bot' }, mine: false, body: 'cost', createdAt: '2026-05-05T09:40:00Z', editor: 'ada' });
    const { reader } = await forge(world);
    expect(await reader.readChange(world.change.ref, { configPath: CONFIG, hint: HINT })).toEqual({
      change: { ...world.change, changedFiles: 1 },
      comments: world.comments, commentsComplete: true, commentCount: 2,
      config: { kind: 'text', text: 'mode: advise\n' }, labelers: world.labelers, closing: [], viewer: { login: 'github-actions[bot]', type: 'Bot' }, dashboard: null, sameHead: { numbers: [], complete: true },
    });
  });

  it('reads a change without configuration, body, author or fork', async () => {
    const world = createWorld({ author: null, head: { ref: 'topic', sha: 'a'.repeat(40), repo: null, pushedAt: null }, visibility: 'public' });
    const { reader } = await forge(world);
    const page = await reader.readChange(world.change.ref, { configPath: CONFIG, hint: null });
    expect(page).toMatchObject({ change: { author: null, body: '', head: { repo: null } }, config: { kind: 'absent' } });
  });

  it('tells who else is open and ends with the same commit', async () => {
    const world = createWorld();
    const other = (number: number, changed: Partial<World['change']> = {}): World['change'] => ({ ...world.change, ref: { ...REPO, number }, ...changed });
    world.others.push(other(9), other(8), other(10, { state: 'closed' }), other(11, { head: { ...world.change.head, sha: 'd'.repeat(40) } }));
    const { reader } = await forge(world);
    const { sameHead } = await reader.readChange(world.change.ref, { configPath: CONFIG, hint: HINT });
    expect({ ...sameHead, numbers: sameHead.numbers.toSorted() }).toEqual({ numbers: [8, 9], complete: true });
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

  it('tells of another repository only whoever may read it', async () => {
    const world = createWorld();
    world.elsewhere.set('acme/open', { visibility: 'public', readers: [] }).set('acme/vault', { visibility: 'private', readers: ['kim'] }).set('acme/inner', { visibility: 'internal', readers: ['kim'] });
    const { reader } = await forge(world);
    const see = async (repo: string, login: string | null): Promise<unknown> => (await reader.readAccess({ owner: 'acme', repo }, login)).sight?.visibility ?? null;
    expect(await Promise.all([see('open', null), see('vault', 'kim'), see('inner', 'kim')])).toEqual(['public', 'private', 'internal']);
    expect(await Promise.all([see('vault', 'eve'), see('vault', null), see('nowhere', 'kim')])).toEqual([null, null, null]);
    expect(await reader.readAccess({ owner: 'acme', repo: 'vault' }, 'eve')).toEqual(await reader.readAccess({ owner: 'acme', repo: 'nowhere' }, 'eve'));
  });

  it('reads who belongs to a team, and says where it may not see', async () => {
    const world = createWorld();
    world.teams.set('acme/platform', ['kim', 'kimberly']);
    const { reader } = await forge(world);
    expect(await Promise.all([reader.readMembership('acme/platform', 'kim'), reader.readMembership('acme/platform', 'ki'), reader.readMembership('acme/secret', 'kim')])).toEqual(['member', 'none', 'unreadable']);
  });

  it('reads the last merged changes with what they changed', async () => {
    const world = createWorld();
    world.past.push({ ref: { ...REPO, number: 5 }, title: 'Scale', body: 'x', author: { login: 'kim', type: 'User' }, labels: ['bug'], mergedAt: '2026-05-01T09:00:00Z', files: [file('a.tf', '-count = 1', '+count = 2')] });
    const { reader } = await forge(world);
    expect(await reader.readLastMerged(REPO)).toEqual(world.past);
  });

  it('lists open changes', async () => {
    const world = createWorld({ body: 'Step of #3' });
    const { reader } = await forge(world);
    expect(await reader.readOpenChanges(REPO)).toEqual([{ ref: world.change.ref, headSha: world.change.head.sha, baseRef: 'main', body: 'Step of #3' }]);
  });

  it('tells the changes that a commit is part of, also once their head has moved', async () => {
    const world = createWorld();
    world.left.set('b'.repeat(40), world.change.ref.number);
    const { reader } = await forge(world);
    const found = [{ ref: world.change.ref, state: 'open', headSha: world.change.head.sha }];
    expect(await reader.readChangesWith(REPO, 'b'.repeat(40))).toEqual(found);
    expect(await reader.readChangesWith(REPO, world.change.head.sha)).toEqual(found);
    expect(await reader.readChangesWith(REPO, 'c'.repeat(40))).toEqual([]);
  });

  it('tells what has become of a change', async () => {
    const world = createWorld();
    world.others.push({ ...world.change, ref: { ...REPO, number: 9 }, state: 'merged' }, { ...world.change, ref: { ...REPO, number: 10 }, state: 'closed' });
    const { reader } = await forge(world);
    const states = await Promise.all([7, 9, 10].map(async (number) => (await reader.readHead({ ...REPO, number })).state));
    expect([states, await reader.readHead(world.change.ref)]).toEqual([['open', 'merged', 'closed'], { state: 'open', headSha: world.change.head.sha }]);
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

  it('finds the dashboard, alone and with a change', async () => {
    const world = createWorld();
    const { reader, writer } = await forge(world);
    expect(await reader.readDashboard(REPO)).toBeNull();
    const outcome = await writer.perform({ kind: 'create-issue', repo: REPO, title: 'Hypotheses', body: 'none yet', label: DASHBOARD_LABEL });
    expect(outcome).toEqual({ kind: 'done', made: { id: 500, nodeId: 'I_500', at: world.now, fresh: true } });
    expect(await reader.readDashboard(REPO)).toEqual({ number: 500, body: 'none yet', editor: null });
    await writer.perform({ kind: 'edit-issue', issue: { ...REPO, number: 500 }, body: 'one' });
    expect((await reader.readChange(world.change.ref, { configPath: CONFIG, hint: HINT })).dashboard).toEqual({ number: 500, body: 'one', editor: ME });
  });

  it('reads a merged change, and lists it among those merged since', async () => {
    const merged = (at: string) => ({ at, by: 'ada', sha: 'd'.repeat(40) });
    const world = createWorld({ state: 'merged', merged: merged('2026-05-05T08:00:00Z') });
    world.others.push({ ...world.change, ref: { ...REPO, number: 6 }, merged: merged('2026-05-05T09:00:00Z') }, { ...world.change, ref: { ...REPO, number: 5 }, merged: merged('2026-05-01T09:00:00Z') }, { ...world.change, ref: { ...REPO, number: 4 }, state: 'closed', merged: null });
    const { reader } = await forge(world);
    expect((await reader.readChange({ ...REPO, number: 6 }, { configPath: CONFIG, hint: null })).change).toEqual({ ...world.others[0], changedFiles: 0 });
    expect(await reader.readMergedSince(REPO, '2026-05-05T08:00:00.000Z')).toMatchObject([{ ref: { ...REPO, number: 6 }, mergedAt: '2026-05-05T09:00:00Z', mergeSha: 'd'.repeat(40) }, { ref: { ...REPO, number: 7 }, title: world.change.title, body: world.change.body }]);
  });

  it('reads comments by id and conversations, with who edited them', async () => {
    const world = createWorld();
    const { reader, writer } = await forge(world);
    const outcome = await writer.perform({ kind: 'create-comment', change: { ...REPO, number: 12 }, body: 'record' });
    say(world, 'ada', 'hello');
    const made = outcome.kind === 'done' ? outcome.made : null;
    expect(made).toMatchObject({ id: 1000, at: world.now, fresh: true });
    world.threads.set(12, (world.threads.get(12) ?? []).map((comment) => ({ ...comment, editor: 'mallory' })));
    const record = { id: 1000, nodeId: nodeId(1000), author: { login: ME, type: 'Bot' }, mine: true, body: 'record', createdAt: world.now, editor: 'mallory' };
    expect(await reader.readCommentsById(REPO, [nodeId(100), 'IC_gone', nodeId(1000)])).toEqual([world.comments[0], null, record]);
    world.locked.add(12);
    expect(await reader.readConversation({ ...REPO, number: 12 })).toEqual({ comments: [record], locked: true, viewer: { login: ME, type: 'Bot' } });
    expect(await writer.perform({ kind: 'create-comment', change: { ...REPO, number: 12 }, body: 'more' })).toEqual({ kind: 'refused', reason: 'the comment could not be written: the conversation is locked', permission: null });
  });

  it('reads the last approval with the body that it approved', async () => {
    const world = createWorld({ body: 'less' });
    const { reader } = await forge(world);
    expect(await reader.readApproval(world.change.ref)).toBeNull();
    world.approvals.set(7, [{ by: 'kim', at: '2026-05-05T08:00:00Z', body: 'first' }, { by: 'ben', at: '2026-05-05T09:00:00Z', body: 'much' }]);
    expect(await reader.readApproval(world.change.ref)).toEqual({ by: 'ben', at: '2026-05-05T09:00:00Z', body: 'much' });
  });

  it('reads what a comment said before somebody edited it', async () => {
    const world = createWorld();
    const { reader, writer } = await forge(world);
    for (const body of ['record', 'other']) await writer.perform({ kind: 'create-comment', change: world.change.ref, body });
    world.now = '2026-05-06T10:00:00Z';
    await writer.perform({ kind: 'edit-comment', change: world.change.ref, commentId: 1000, body: 'record, moved on' });
    world.now = '2026-05-07T10:00:00Z';
    edit(world, { commentId: 1000, body: 'forged' }, 'mallory');
    expect(await reader.readRevisions(REPO, [nodeId(1000), 'IC_gone', nodeId(1001)])).toEqual([[
      { text: 'forged', at: '2026-05-07T10:00:00Z', editor: 'mallory', mine: false },
      { text: 'record, moved on', at: '2026-05-06T10:00:00Z', editor: ME, mine: true },
      { text: 'record', at: '2026-05-05T10:00:00Z', editor: ME, mine: true },
    ], null, []]);
  });

  it('reads deployments, releases and what they contain', async () => {
    const world = createWorld();
    const sha = (letter: string): string => letter.repeat(40);
    const one = { sha: sha('a'), environment: 'production', creator: 'flux[bot]' };
    world.deployments.push(
      { ...one, id: 1, createdAt: '2026-05-01T08:00:00Z', state: 'success', succeededAt: '2026-05-01T08:01:00Z' },
      { ...one, id: 2, createdAt: '2026-05-04T08:00:00Z', state: 'inactive', succeededAt: '2026-05-04T08:02:00Z' },
      { ...one, id: 3, createdAt: '2026-05-05T08:00:00Z', state: 'in-progress', succeededAt: null },
      { ...one, id: 4, createdAt: '2026-05-05T09:00:00Z', state: 'none', succeededAt: null, environment: 'staging' },
    );
    world.releases.push({ tag: 'v2/beta', publishedAt: '2026-05-05T09:00:00Z' }, { tag: 'v1', publishedAt: '2026-04-05T09:00:00Z' });
    world.contained.set(sha('a'), ['v2/beta', sha('b')]);
    const { reader } = await forge(world);
    expect(await reader.readDeployments(REPO, { environment: 'production', since: '2026-05-02T00:00:00Z' })).toEqual([world.deployments[2], world.deployments[1]]);
    expect(await reader.readReleases(REPO, '2026-05-01T00:00:00Z')).toEqual([{ tag: 'v2/beta', publishedAt: '2026-05-05T09:00:00Z' }]);
    const contains = (of: string, where: string) => reader.readContains(REPO, { sha: of, in: where });
    expect([await contains(sha('a'), 'v2/beta'), await contains(sha('a'), sha('c')), await contains(sha('e'), 'v1'), await contains(sha('e'), sha('e'))]).toEqual([true, false, null, true]);
  });

  it('lists what carries a label, issues and pull requests, open or closed', async () => {
    const world = createWorld({ labels: ['outcome: pending'], state: 'merged' });
    world.issues.set('acme/infra#3', { repo: REPO, number: 3, title: 'Bet', body: 'x', state: 'closed', labels: ['outcome: pending'] });
    world.issues.set('acme/infra#9', { repo: REPO, number: 9, title: 'Other', body: 'x', state: 'open', labels: ['bug'] });
    expect(await (await forge(world)).reader.readLabelled(REPO, 'outcome: pending')).toEqual([7, 3]);
  });

  it('claims a record once, and takes a stale claim over once', async () => {
    const world = createWorld();
    const { writer } = await forge(world);
    await writer.perform({ kind: 'create-comment', change: world.change.ref, body: 'record' });
    const claim = async (stale: number | null) => {
      const outcome = await writer.perform({ kind: 'claim', change: world.change.ref, commentId: 1000, stale });
      return outcome.kind === 'done' ? outcome.made : null;
    };
    const [first, second] = [await claim(null), await claim(null)];
    expect([first?.fresh, second]).toEqual([true, { ...first, fresh: false }]);
    world.now = '2026-05-05T10:20:00Z';
    const takers = [await claim(first?.id ?? 0), await claim(first?.id ?? 0)];
    expect(takers.map((made) => [made?.fresh, made?.at])).toEqual([[true, world.now], [false, world.now]]);
  });
});
