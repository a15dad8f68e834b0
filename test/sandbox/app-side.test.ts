// What the emulated GitHub is to an App: which events it tells, to whom, and what it refuses.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { pressButton } from '../../sandbox/github/check-requests.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { changeInstallation } from '../../sandbox/github/installations.ts';
import { enqueueMerge } from '../../sandbox/github/merge-queue.ts';
import { appToken, personToken } from '../../sandbox/github/upstream.ts';
import { addPrivateRepository, openOrganisation, openPull, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';

const R = `/repos/${REPOSITORY}`;
const [SEED] = PULLS;
if (SEED === undefined) throw new Error('no seed');

interface Heard {
  readonly event: string;
  readonly guid: string;
  readonly payload: Record<string, unknown> & { readonly action?: string };
}

let github: GitHub;
let number = 0;
let app = '';
const heard: Heard[] = [];
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    heard.push({ event: String(request.headers['x-github-event']), guid: String(request.headers['x-github-delivery']), payload: JSON.parse(text) as Heard['payload'] });
    response.writeHead(202).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  github = await openOrganisation();
  github.store.hooks.set(YARDSTICK_APP, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret: 'shh' });
  number = await openPull(github, REPOSITORY, SEED);
  app = await github.tokens.installation('yardstick');
});
beforeEach(() => void heard.splice(0));
afterAll(async () => {
  await github.close();
  server.close();
});

/** Waits for an event of this name. */
const told = (name: string): Promise<Heard> => expect.poll(() => heard.find(({ event, payload }) => `${event}.${payload.action ?? ''}` === name), { timeout: 10_000 }).toBeDefined().then(() => heard.find(({ event, payload }) => `${event}.${payload.action ?? ''}` === name) as Heard);
const status = async (method: string, path: string, token: string, body?: unknown): Promise<number> => (await fetch(github.url + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) })).status;
const jwt = (at = Date.now()): string => appToken(YARDSTICK_APP, github.upstream.privateKey, Math.floor(at / 1000));
const head = async (): Promise<string> => (await github.call<{ head: { sha: string } }>('GET', `${R}/pulls/${number}`)).head.sha;
const ACTIONS = [{ label: 'Check again', description: 'Looks again', identifier: 'check' }];
const postCheck = async (): Promise<number> => (await github.call<{ id: number }>('POST', `${R}/check-runs`, { token: app, body: { name: 'yardstick', head_sha: await head(), status: 'completed', conclusion: 'failure', output: { title: 't', summary: 's' }, actions: ACTIONS } })).id;

describe('tells', () => {
  test('a push to the branch of a pull request, with the head before and after', async () => {
    const before = await head();
    const after = await github.push(REPOSITORY, { branch: SEED.slug, from: SEED.slug, files: { 'notes.md': 'one more\n' }, message: 'More', author: 'ana', at: START });
    expect((await told('pull_request.synchronize')).payload).toMatchObject({ number, before, after, pull_request: { head: { sha: after } }, sender: { login: 'ana' } });
  });

  test('a draft, and that it is ready', async () => {
    await github.call('PATCH', `${R}/pulls/${number}`, { token: personToken('ana'), body: { draft: true } });
    expect((await told('pull_request.converted_to_draft')).payload).toMatchObject({ pull_request: { draft: true } });
    await github.call('PATCH', `${R}/pulls/${number}`, { token: personToken('ana'), body: { draft: false } });
    expect((await told('pull_request.ready_for_review')).payload).toMatchObject({ pull_request: { draft: false } });
  });

  test('a comment with the pull request that it stands on, and an edit with what was there before', async () => {
    const { id } = await github.call<{ id: number }>('POST', `${R}/issues/${number}/comments`, { token: personToken('ben'), body: { body: 'First' } });
    expect((await told('issue_comment.created')).payload).toMatchObject({ issue: { number, pull_request: { merged_at: null } }, comment: { id, user: { login: 'ben' } } });
    await github.call('PATCH', `${R}/issues/comments/${id}`, { token: personToken('ben'), body: { body: 'Second' } });
    expect((await told('issue_comment.edited')).payload).toMatchObject({ changes: { body: { from: 'First' } }, comment: { body: 'Second' } });
  });

  test('of what happens, also while every request of an App fails', async () => {
    github.faults.set({ on: /^/, of: 'apps', status: 502 });
    await github.call('POST', `${R}/issues/${number}/comments`, { token: personToken('ben'), body: { body: 'Meanwhile' } });
    expect((await told('issue_comment.created')).payload).toMatchObject({ comment: { body: 'Meanwhile' } });
    github.faults.clear();
  });

  test('a pressed button, with the pull requests whose head the check is on', async () => {
    const run = await postCheck();
    await pressButton(github, REPOSITORY, { run, identifier: 'check', by: 'ben' });
    expect((await told('check_run.requested_action')).payload).toMatchObject({ requested_action: { identifier: 'check' }, check_run: { id: run, app: { id: YARDSTICK_APP }, pull_requests: [{ number }] }, sender: { login: 'ben' } });
    await expect(pressButton(github, REPOSITORY, { run, identifier: 'none', by: 'ben' })).rejects.toThrow(/no button/);
  });

  test('that a check is asked for again, by somebody who can write', async () => {
    const run = await postCheck();
    expect(await status('POST', `${R}/check-runs/${run}/rerequest`, personToken('eve'))).toBe(403);
    expect(await status('POST', `${R}/check-runs/${run}/rerequest`, personToken('ben'))).toBe(201);
    expect((await told('check_run.rerequested')).payload).toMatchObject({ check_run: { id: run, status: 'completed', conclusion: 'failure' }, sender: { login: 'ben' } });
    const suite = (await github.call<{ check_suite: { id: number } }>('GET', `${R}/check-runs/${run}`)).check_suite.id;
    expect(await status('POST', `${R}/check-suites/${suite}/rerequest`, personToken('ben'))).toBe(201);
    expect((await told('check_suite.rerequested')).payload).toMatchObject({ check_suite: { head_sha: await head(), app: { id: YARDSTICK_APP }, pull_requests: [{ number }] } });
  });

  test('a merge group, whose commit is a real merge', async () => {
    const sha = await enqueueMerge(github, REPOSITORY, number);
    expect((await told('merge_group.checks_requested')).payload).toMatchObject({ merge_group: { head_sha: sha, head_ref: expect.stringContaining(`pr-${number}-`) } });
    expect(await github.call('GET', `${R}/commits/${sha}`)).toMatchObject({ parents: [{ sha: expect.any(String) }, { sha: await head() }] });
    expect(await status('POST', `${R}/check-runs`, app, { name: 'yardstick', head_sha: sha, status: 'completed', conclusion: 'success' })).toBe(201);
  });

  test('a merge with the commit that landed', async () => {
    const other = await openPull(github, REPOSITORY, { slug: 'on-call', title: 'Rota', body: '', author: 'ana', labels: [], comments: [], files: { 'docs/on-call.md': '# On call\n\nAsk the rota.\n' } });
    const { sha } = await github.call<{ sha: string }>('PUT', `${R}/pulls/${other}/merge`, { token: personToken('ana'), body: {} });
    expect((await told('pull_request.closed')).payload).toMatchObject({ number: other, pull_request: { merged: true, merge_commit_sha: sha } });
  });

  test('nothing that app.yml does not ask for', async () => {
    await github.call('POST', `${R}/labels`, { body: { name: 'new', color: 'ededed' } });
    await github.call('POST', `${R}/issues`, { token: personToken('ana'), body: { title: 'x', body: 'y' } });
    await told('issues.opened');
    expect(heard.map(({ event }) => event)).not.toContain('label');
  });
});

describe('refuses the App', () => {
  test.each([
    ['a merge', 'PUT', () => `${R}/pulls/${number}/merge`, {}],
    ['a file', 'PUT', () => `${R}/contents/a.md`, { message: 'a', content: 'YQ==' }],
    ['a commit status', 'POST', async () => `${R}/statuses/${await head()}`, { state: 'success' }],
    ['a deployment', 'POST', () => `${R}/deployments`, { ref: 'main' }],
  ])('%s: app.yml asks for no such permission', async (_, method, path, body) => {
    expect(await status(method, await path(), app, body)).toBe(403);
  });

  test('a JSON web token that is over, lasts too long or is signed by somebody else', async () => {
    const wrong = `${jwt().split('.').slice(0, 2).join('.')}.AAAA`;
    for (const token of [jwt(Date.now() - 3_600_000), jwt(Date.now() + 3_600_000), wrong]) expect(await status('GET', '/app/hook/deliveries', token)).toBe(401);
    expect(await status('GET', '/app/hook/deliveries', jwt())).toBe(200);
  });
});

describe('an installation', () => {
  test('that is suspended hears nothing and may nothing, until it is no longer', async () => {
    await changeInstallation(github, YARDSTICK_APP, { kind: 'suspend' });
    expect((await told('installation.suspend')).payload).toMatchObject({ installation: { suspended_at: expect.any(String), account: { login: 'harbour-goods' } } });
    expect(await status('GET', `${R}/pulls/${number}`, app)).toBe(403);
    expect(await status('POST', `/app/installations/${YARDSTICK_APP + 1_000_000}/access_tokens`, jwt())).toBe(403);
    expect(await github.call('GET', '/app/installations', { token: jwt() })).toMatchObject([{ suspended_at: expect.any(String), suspended_by: { login: 'stagehand' } }]);
    heard.splice(0);
    await github.call('POST', `${R}/issues/${number}/comments`, { token: personToken('ana'), body: { body: 'Anybody?' } });
    await changeInstallation(github, YARDSTICK_APP, { kind: 'unsuspend' });
    await told('installation.unsuspend');
    expect(heard.map(({ event }) => event)).toEqual(['installation']);
    expect(await status('GET', `${R}/pulls/${number}`, app)).toBe(200);
  });

  test('sees the repositories that were selected, and is told which came and went', async () => {
    const other = await addPrivateRepository(github, 'other', { 'a.md': 'a\n' });
    await changeInstallation(github, YARDSTICK_APP, { kind: 'select', repositories: [other] });
    expect((await told('installation_repositories.removed')).payload).toMatchObject({ repository_selection: 'selected', repositories_removed: [{ full_name: REPOSITORY }] });
    expect(await status('GET', `${R}/pulls/${number}`, app)).toBe(404);
    expect(await github.call('GET', '/installation/repositories', { token: app })).toMatchObject({ total_count: 1, repositories: [{ full_name: other }] });
    await changeInstallation(github, YARDSTICK_APP, { kind: 'select', repositories: 'all' });
    expect((await told('installation_repositories.added')).payload).toMatchObject({ repositories_added: [{ full_name: REPOSITORY }] });
    expect((await fetch(`${github.url}/installation/repositories?per_page=1`, { headers: { authorization: `Bearer ${app}` } })).headers.get('link')).toContain('rel="next"');
  });

  test('that was taken away is not listed, and its tokens are worth nothing', async () => {
    await changeInstallation(github, YARDSTICK_APP, { kind: 'deleted' });
    await told('installation.deleted');
    expect(await github.call('GET', '/app/installations', { token: jwt() })).toEqual([]);
    expect(await status('GET', `${R}/pulls/${number}`, app)).toBe(401);
    await changeInstallation(github, YARDSTICK_APP, { kind: 'created' });
    expect((await told('installation.created')).payload).toMatchObject({ repositories: expect.arrayContaining([expect.objectContaining({ full_name: REPOSITORY })]) });
  });
});

test('deliveries have an id each, are turned by a cursor, and keep their id when they are sent again', async () => {
  await github.call('POST', `${R}/issues/${number}/comments`, { token: personToken('ana'), body: { body: 'Hello' } });
  const { guid } = await told('issue_comment.created');
  const first = await fetch(`${github.url}/app/hook/deliveries?per_page=2`, { headers: { authorization: `Bearer ${jwt()}` } });
  const newest = (await first.json()) as { id: number; guid: string }[];
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const older = (await (await fetch(next, { headers: { authorization: `Bearer ${jwt()}` } })).json()) as { id: number }[];
  expect([newest.length, older.length]).toEqual([2, 2]);
  expect(Math.max(...older.map(({ id }) => id))).toBeLessThan(Math.min(...newest.map(({ id }) => id)));
  const all = github.store.deliveries.map((delivery) => delivery.guid);
  expect(new Set(all).size).toBe(all.length);
  heard.splice(0);
  expect(await status('POST', `/app/hook/deliveries/${github.store.deliveries.find((delivery) => delivery.guid === guid)?.id}/attempts`, jwt())).toBe(202);
  expect((await told('issue_comment.created')).guid).toBe(guid);
  expect(github.store.deliveries.at(-1)).toMatchObject({ guid, redelivery: true, statusCode: 202 });
});
