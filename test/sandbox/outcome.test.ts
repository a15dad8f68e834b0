// What measuring reads and writes, by the real adapter over the emulated GitHub: merges, deployments, releases, records, claims, bad days.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TransientError } from '../../src/errors.ts';
import { createTransport } from '../../src/github/http.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import { createForgeWriter } from '../../src/github/writer.ts';
import type { Effect, EffectOutcome } from '../../src/model/effect.ts';
import type { ForgeReader, ForgeWriter } from '../../src/ports/forge.ts';
import { DASHBOARD_LABEL } from '../../src/report/dashboard-label.ts';
import { secondaryLimit } from '../../sandbox/github/faults.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { addRepository, openOrganisation, openPull, ORGANISATION, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';

const R = `/repos/${REPOSITORY}`;
const REPO = { owner: ORGANISATION, repo: 'platform' };
const OPTIONS = { configPath: '.github/yardstick.yml', hint: null };
let github: GitHub;
let reader: ForgeReader;
let writer: ForgeWriter;
let reads: number;

beforeAll(async () => {
  github = await openOrganisation();
  const token = await github.tokens.workflow(REPOSITORY);
  const transport = createTransport({ apiUrl: github.url, token, pause: async () => undefined });
  reader = createForgeReader((request) => {
    reads += 1;
    return transport(request);
  }, { home: REPO });
  writer = createForgeWriter(transport);
});
beforeEach(() => {
  reads = 0;
  github.faults.clear();
});
afterAll(() => github.close());

const open = (slug: string, files: Readonly<Record<string, string>>): Promise<number> => openPull(github, REPOSITORY, { slug, title: slug, body: '', author: 'ana', labels: [], files, comments: [] });
const merge = (number: number, how = 'merge'): Promise<{ sha: string }> => github.call('PUT', `${R}/pulls/${number}/merge`, { token: personToken('ben'), body: { merge_method: how } });
const comment = (number: number, body: string): Effect => ({ kind: 'create-comment', change: { ...REPO, number }, body });

function made(outcome: EffectOutcome): { readonly id: number; readonly nodeId: string; readonly fresh: boolean } {
  if (outcome.kind !== 'done' || outcome.made === null) throw new Error(`nothing was made: ${JSON.stringify(outcome)}`);
  return outcome.made;
}

describe('merges', () => {
  test('land on what the branch is by then, and stay contained', async () => {
    const since = new Date(Date.now() - 2000).toISOString();
    const [first, second] = [await open('one', { 'one.txt': '1\n' }), await open('two', { 'two.txt': '2\n' })];
    const shas = [(await merge(first)).sha, (await merge(second, 'squash')).sha];
    const { change } = await reader.readChange({ ...REPO, number: first }, OPTIONS);
    expect([change.state, change.merged?.by, change.merged?.sha]).toEqual(['merged', 'ben', shas[0]]);
    expect(await Promise.all(['one.txt', 'two.txt'].map((file) => reader.readText(REPO, file, 'main')))).toEqual([{ kind: 'text', text: '1\n' }, { kind: 'text', text: '2\n' }]);
    const contained = (sha: string, where: string) => reader.readContains(REPO, { sha, in: where });
    expect([await contained(shas[0] ?? '', shas[1] ?? ''), await contained(shas[1] ?? '', shas[0] ?? ''), await contained(change.head.sha, 'main'), await contained('f'.repeat(40), 'main')]).toEqual([true, false, true, null]);
    expect((await reader.readMergedSince(REPO, since)).map(({ ref }) => ref.number).toSorted()).toEqual([first, second]);
    expect(await reader.readMergedSince(REPO, new Date(Date.now() + 60_000).toISOString())).toEqual([]);
  });

  test('conflicts are refused, and leave the branch as it was', async () => {
    const [first, second] = [await open('left', { 'same.txt': 'left\n' }), await open('right', { 'same.txt': 'right\n' })];
    const { sha } = await merge(first);
    await expect(merge(second)).rejects.toThrow('405');
    expect(await github.repositories.get(REPOSITORY)?.resolve('refs/heads/main')).toBe(sha);
  });
});

test('deployments: a later success makes the earlier inactive, which has succeeded all the same', async () => {
  const deployer = await github.tokens.installation('github-actions');
  const deploy = async (...states: readonly string[]): Promise<number> => {
    const { id } = await github.call<{ id: number }>('POST', `${R}/deployments`, { token: deployer, body: { ref: 'main', environment: 'production' } });
    for (const state of states) await github.call('POST', `${R}/deployments/${id}/statuses`, { token: deployer, body: { state } });
    return id;
  };
  const ids = [await deploy('in_progress', 'success'), await deploy('success'), await deploy('queued', 'failure'), await deploy('queued'), await deploy()];
  const found = await reader.readDeployments(REPO, { environment: 'production', since: START });
  expect(found.map(({ id, state, succeededAt, creator }) => [id, state, succeededAt !== null, creator])).toEqual([
    [ids[4], 'none', false, 'github-actions[bot]'], [ids[3], 'in-progress', false, 'github-actions[bot]'], [ids[2], 'failure', false, 'github-actions[bot]'],
    [ids[1], 'success', true, 'github-actions[bot]'], [ids[0], 'inactive', true, 'github-actions[bot]'],
  ]);
  expect([reads, await reader.readDeployments(REPO, { environment: 'staging', since: START })]).toEqual([6, []]);
});

test('releases: published ones alone, and their tag contains what was merged', async () => {
  const { sha } = await merge(await open('released', { 'r.txt': 'r\n' }));
  await github.call('POST', `${R}/releases`, { body: { tag_name: 'v2', target_commitish: 'main' } });
  await github.call('POST', `${R}/releases`, { body: { tag_name: 'v3', draft: true } });
  expect((await reader.readReleases(REPO, START)).map(({ tag }) => tag)).toEqual(['v2']);
  expect([await reader.readContains(REPO, { sha, in: 'v2' }), await reader.readContains(REPO, { sha, in: 'v3' })]).toEqual([true, null]);
});

test('the dashboard is the oldest open issue with the label that we opened, and who edited it is told', async () => {
  await github.call('POST', `${R}/issues`, { token: personToken('ben'), body: { title: 'Mine', body: 'forged', labels: [DASHBOARD_LABEL.name] } });
  expect(await reader.readDashboard(REPO)).toBeNull();
  const { id: number } = made(await writer.perform({ kind: 'create-issue', repo: REPO, title: 'Hypotheses', body: 'none', label: DASHBOARD_LABEL }));
  await writer.perform({ kind: 'create-issue', repo: REPO, title: 'Twin', body: 'twin', label: DASHBOARD_LABEL });
  expect(await reader.readDashboard(REPO)).toEqual({ number, body: 'none', editor: null });
  await writer.perform({ kind: 'edit-issue', issue: { ...REPO, number }, body: 'one' });
  const pull = await open('with-dashboard', { 'd.txt': 'd\n' });
  reads = 0;
  expect((await reader.readChange({ ...REPO, number: pull }, { ...OPTIONS, hint: { headSha: null, baseRef: 'main', baseSha: null, body: null, changedFiles: 1, comments: 0 } })).dashboard).toEqual({ number, body: 'one', editor: 'github-actions[bot]' });
  expect(reads).toBe(1);
  await github.call('PATCH', `${R}/issues/${number}`, { token: personToken('ben'), body: { body: 'forged' } });
  expect(await reader.readDashboard(REPO)).toEqual({ number, body: 'forged', editor: 'ben' });
  const label = await github.call('GET', `${R}/labels/${encodeURIComponent(DASHBOARD_LABEL.name)}`);
  expect([label['color'], label['description']]).toEqual([DASHBOARD_LABEL.color, DASHBOARD_LABEL.description]);
});

test('what carries a label is found, issues and pull requests, open or closed', async () => {
  const pull = await open('labelled', { 'l.txt': 'l\n' });
  const label = { name: 'outcome: pending', color: 'ededed', description: 'Pending' };
  for (const number of [1, pull]) await writer.perform({ kind: 'add-label', change: { ...REPO, number }, label });
  await github.call('PATCH', `${R}/issues/1`, { body: { state: 'closed' } });
  await merge(pull);
  expect(await reader.readLabelled(REPO, label.name)).toEqual([pull, 1]);
});

test('the last approval is read with the body that it approved', async () => {
  const pull = await open('approved', { 'p.txt': 'p\n' });
  const path = `${R}/pulls/${pull}`;
  expect(await reader.readApproval({ ...REPO, number: pull })).toBeNull();
  await github.call('PATCH', path, { body: { body: 'much' } });
  await github.call('POST', `${path}/reviews`, { token: personToken('ben'), body: { event: 'APPROVE' } });
  expect(await reader.readApproval({ ...REPO, number: pull })).toMatchObject({ by: 'ben', body: 'much' });
  reads = 0;
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await github.call('PATCH', path, { body: { body: 'less' } });
  expect(await reader.readApproval({ ...REPO, number: pull })).toMatchObject({ by: 'ben', body: 'much' });
  expect(reads).toBe(1);
});

describe('records', () => {
  test('many are read in one request; edited, deleted and foreign ones show', async () => {
    const [kept, edited, deleted] = [made(await writer.perform(comment(1, 'kept'))), made(await writer.perform(comment(1, 'edited'))), made(await writer.perform(comment(2, 'deleted')))];
    await github.call('PATCH', `${R}/issues/comments/${edited.id}`, { token: personToken('ben'), body: { body: 'forged' } });
    await github.call('DELETE', `${R}/issues/comments/${deleted.id}`);
    const other = await addRepository(github, 'other', { 'a.md': 'a\n' });
    await github.call('POST', `/repos/${other}/issues`, { body: { title: 'x' } });
    const foreign = await github.call<{ node_id: string }>('POST', `/repos/${other}/issues/1/comments`, { body: { body: 'foreign' } });
    reads = 0;
    const found = await reader.readCommentsById(REPO, [foreign.node_id, edited.nodeId, deleted.nodeId, kept.nodeId, 'no id']);
    expect(found.map((one) => one && [one.id, one.body, one.mine, one.editor])).toEqual([null, [edited.id, 'forged', true, 'ben'], null, [kept.id, 'kept', true, null], null]);
    expect(reads).toBe(1);
    const revisions = await reader.readRevisions(REPO, [foreign.node_id, edited.nodeId, deleted.nodeId, kept.nodeId]);
    expect(revisions.map((all) => all?.map(({ text, editor, mine }) => [text, editor, mine]))).toEqual([undefined, [['forged', 'ben', false], ['edited', 'github-actions[bot]', true]], undefined, []]);
    expect(reads).toBe(2);
  });

  test('a conversation of more than a hundred is read whole, and says that it is locked', async () => {
    const { number } = await github.call<{ number: number }>('POST', `${R}/issues`, { body: { title: 'Long' } });
    for (let index = 0; index < 105; index += 1) await github.call('POST', `${R}/issues/${number}/comments`, { body: { body: `${index}` } });
    await github.call('PUT', `${R}/issues/${number}/lock`, { body: {} });
    const { comments, locked, viewer } = await reader.readConversation({ ...REPO, number });
    expect([comments.map(({ body }) => Number(body)), locked, viewer.login, reads]).toEqual([Array.from({ length: 105 }, (_, index) => index), true, 'github-actions[bot]', 2]);
    expect(await writer.perform(comment(number, 'more'))).toEqual({ kind: 'refused', reason: 'the comment could not be written: the conversation is locked', permission: null });
  });

  test('are claimed by one of many runs, and taken over by one', async () => {
    const { id: commentId } = made(await writer.perform(comment(1, 'record')));
    const claim = (stale: number | null): Promise<EffectOutcome> => writer.perform({ kind: 'claim', change: { ...REPO, number: 1 }, commentId, stale });
    const claims = (await Promise.all([null, null, null].map(claim))).map(made);
    expect(claims.filter(({ fresh }) => fresh)).toHaveLength(1);
    const [stale] = new Set(claims.map(({ id }) => id));
    const takers = (await Promise.all([claim(stale ?? 0), claim(stale ?? 0)])).map(made);
    expect([takers.filter(({ fresh }) => fresh).length, new Set(takers.map(({ id }) => id)).size, takers[0]?.id === stale]).toEqual([1, 1, false]);
  });
});

describe('bad days', () => {
  const bodies = async (number: number): Promise<readonly string[]> => (await reader.readConversation({ ...REPO, number })).comments.map(({ body }) => body);

  test.each([
    ['before', []],
    ['after', ['half']],
  ] as const)('a connection dropped %s the write is done is told, and not repeated', async (cut, expected) => {
    const { number } = await github.call<{ number: number }>('POST', `${R}/issues`, { body: { title: 'Cut' } });
    github.faults.set({ on: /^POST .*\/comments$/, cut });
    await expect(writer.perform(comment(number, 'half'))).rejects.toThrow(TransientError);
    expect(await bodies(number)).toEqual(expected);
  });

  test('a secondary limit refuses a write, which is done once it is over', async () => {
    const { number } = await github.call<{ number: number }>('POST', `${R}/issues`, { body: { title: 'Limited' } });
    github.faults.set({ ...secondaryLimit(/^POST .*\/comments$/, 2), times: 1 });
    expect(made(await writer.perform(comment(number, 'late')))).toMatchObject({ fresh: true });
    expect(await bodies(number)).toEqual(['late']);
  });

  test('an archived repository refuses every write with its reason', async () => {
    const old = await addRepository(github, 'old', { 'a.md': 'a\n' });
    const { number } = await github.call<{ number: number }>('POST', `/repos/${old}/issues`, { body: { title: 'Old' } });
    await github.call('PATCH', `/repos/${old}`, { body: { archived: true } });
    const transport = createTransport({ apiUrl: github.url, token: await github.tokens.workflow(old) });
    const change = { owner: ORGANISATION, repo: 'old', number };
    const label = { name: 'outcome: pending', color: 'ededed', description: '' };
    const outcomes = await Promise.all([{ kind: 'create-comment', change, body: 'x' }, { kind: 'add-label', change, label }, { kind: 'edit-issue', issue: change, body: 'x' }].map((effect) => createForgeWriter(transport).perform(effect as Effect)));
    expect(outcomes.map((outcome) => outcome.kind === 'refused' && outcome.reason.endsWith('the repository is archived'))).toEqual([true, true, true]);
    expect((await createForgeReader(transport, { home: change }).readConversation(change)).locked).toBe(false);
  });
});
