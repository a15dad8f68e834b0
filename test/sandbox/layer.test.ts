// The layer before the emulator: where it has to be as strict, and as odd, as the real GitHub.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uploadArtifact } from '../../sandbox/github/actions.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { secondaryLimit } from '../../sandbox/github/faults.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { READ_ONLY_PERMISSIONS } from '../../sandbox/github/tokens.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { openOrganisation, openPull, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';
import { CHANGE_QUERY } from '../../src/github/queries.ts';

const R = `/repos/${REPOSITORY}`;
let github: GitHub;
let number = 0;
let token = '';

beforeAll(async () => {
  github = await openOrganisation();
  const [seed] = PULLS;
  if (seed !== undefined) number = await openPull(github, REPOSITORY, seed);
  token = await github.tokens.workflow(REPOSITORY);
});
afterAll(() => github.close());

/** The status that a request gets. */
async function status(method: string, path: string, options: { readonly token?: string; readonly body?: unknown } = {}): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${options.token ?? token}` };
  return (await fetch(github.url + path, { method, headers, ...(options.body !== undefined && { body: JSON.stringify(options.body) }) })).status;
}

const ask = (query: string, variables: Record<string, unknown> = {}): Promise<{ data?: Record<string, never>; errors?: { message: string; type?: string }[] }> => github.call('POST', '/graphql', { token, body: { query, variables } });

test('files come from real commits: status, counts, patch, renames, binaries', async () => {
  const base = { branch: 'files', author: 'ana', at: START };
  await github.push(REPOSITORY, { ...base, from: 'main', message: 'Move and change', files: { 'docs/on-call.md': null, 'docs/rota.md': '# On call\n\nAsk the person on the rota first.\n', 'logo.png': Buffer.from([0x89, 0x50, 0, 1]), 'deploy/mailer.yaml': null } });
  const pull = await github.call<{ number: number }>('POST', `${R}/pulls`, { body: { title: 'Move', head: 'files', base: 'main' } });
  const files = await github.call<Record<string, unknown>[]>('GET', `${R}/pulls/${pull.number}/files`);
  expect(files.map(({ filename, status: kind, previous_filename: from, patch }) => [filename, kind, from, typeof patch])).toEqual([
    ['deploy/mailer.yaml', 'removed', undefined, 'string'],
    ['docs/rota.md', 'renamed', 'docs/on-call.md', 'undefined'],
    ['logo.png', 'added', undefined, 'undefined'],
  ]);
  expect(await github.call('GET', `${R}/pulls/${pull.number}`, { headers: { accept: 'application/vnd.github.diff' } })).toMatch(/^diff --git a\/deploy\/mailer\.yaml/);
});

test('contents are given raw at any ref', async () => {
  const text = await github.call('GET', `${R}/contents/charts/orders/values.yaml?ref=orders-12-replicas`, { headers: { accept: 'application/vnd.github.raw+json' } });
  expect(text).toContain('replicaCount: 12');
});

test('our query is valid on GitHub; a field that GitHub has not fails', async () => {
  const [owner, repo] = REPOSITORY.split('/');
  const good = await ask(CHANGE_QUERY, { owner, repo, number, expression: 'main:.github/yardstick.yml' });
  expect(good.errors).toBeUndefined();
  const bad = await ask('query{viewer{nickname}}');
  expect(bad.errors?.[0]?.message).toMatch(/Cannot query field "nickname"/);
});

test.each([
  ['without first or last', 'query{repository(owner:"harbour-goods",name:"platform"){issues:pullRequests{totalCount}}}', 'MISSING_PAGINATION_BOUNDARIES'],
  ['over a hundred', 'query{repository(owner:"harbour-goods",name:"platform"){pullRequests(first:101){totalCount}}}', 'EXCESSIVE_PAGINATION'],
  ['for a repository that is not there', 'query{repository(owner:"harbour-goods",name:"none"){id}}', 'NOT_FOUND'],
])('GraphQL %s is refused as GitHub does', async (_, query, type) => {
  expect((await ask(query)).errors?.[0]?.type).toBe(type);
});

test('a bot has no [bot] in GraphQL, but the viewer has', async () => {
  await github.call('POST', `${R}/issues/${number}/comments`, { token, body: { body: 'From a workflow' } });
  const { data } = await ask('query($n:Int!){viewer{login} repository(owner:"harbour-goods",name:"platform"){pullRequest(number:$n){comments(last:1){nodes{viewerDidAuthor author{login __typename}}}}}}', { n: number });
  expect(data).toMatchObject({ viewer: { login: 'github-actions[bot]' }, repository: { pullRequest: { comments: { nodes: [{ viewerDidAuthor: true, author: { login: 'github-actions', __typename: 'Bot' } }] } } } });
});

test('who edited a comment is told, with what it said', async () => {
  const comment = await github.call<{ id: number }>('POST', `${R}/issues/${number}/comments`, { token, body: { body: 'First' } });
  await github.call('PATCH', `${R}/issues/comments/${comment.id}`, { token: personToken('ben'), body: { body: 'Second' } });
  const { data } = await ask('query($n:Int!){repository(owner:"harbour-goods",name:"platform"){pullRequest(number:$n){comments(last:1){nodes{lastEditedAt editor{login} userContentEdits(first:5){nodes{diff}}}}}}}', { n: number });
  expect(data).toMatchObject({ repository: { pullRequest: { comments: { nodes: [{ editor: { login: 'ben' }, userContentEdits: { nodes: [{ diff: 'Second' }, { diff: 'First' }] } }] } } } });
});

const LONG = 'x'.repeat(65_537);

test.each([
  ['a comment over 65,536 characters', 'POST', `${R}/issues/1/comments`, { body: LONG }, 422],
  ['a label with a wrong colour', 'POST', `${R}/labels`, { name: 'a', color: 'red' }, 422],
  ['a label with a description over 100 characters', 'POST', `${R}/labels`, { name: 'a', description: 'd'.repeat(101) }, 422],
  ['a reaction of no kind', 'POST', `${R}/issues/1/reactions`, { content: 'wow' }, 422],
  ['a label that is not set', 'DELETE', `${R}/issues/1/labels/none`, undefined, 404],
  ['a file that is not there', 'GET', `${R}/contents/none.yml`, undefined, 404],
  ['a commit that is not there', 'GET', `${R}/commits/${'0'.repeat(40)}/pulls`, undefined, 422],
  ['the user of an installation', 'GET', '/user', undefined, 403],
])('%s is refused', async (_, method, path, body, expected) => {
  expect(await status(method, path, { ...(body !== undefined && { body }) })).toBe(expected);
});

test('a check run over 65,535 characters or 50 annotations is refused', async () => {
  const app = await github.tokens.installation('yardstick');
  const { head } = await github.call<{ head: { sha: string } }>('GET', `${R}/pulls/${number}`);
  const post = (output: unknown, sha = head.sha): Promise<number> => status('POST', `${R}/check-runs`, { token: app, body: { name: 'yardstick', head_sha: sha, status: 'completed', conclusion: 'success', output } });
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
  expect(await post({ title: 't', summary: LONG })).toBe(422);
  expect(await post({ title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) })).toBe(422);
  expect(await post({ title: 't', summary: 's' }, 'f'.repeat(40))).toBe(422);
  expect(await post({ title: 't', summary: 's' })).toBe(201);
});

test('the first reaction is created, a repeated one only shown', async () => {
  const path = `${R}/issues/1/reactions`;
  expect([await status('POST', path, { body: { content: 'rocket' } }), await status('POST', path, { body: { content: 'rocket' } })]).toEqual([201, 200]);
});

test('a read-only token reads everything and writes nothing', async () => {
  const readOnly = await github.tokens.workflow(REPOSITORY, READ_ONLY_PERMISSIONS);
  expect(await status('GET', `${R}/pulls/${number}/files`, { token: readOnly })).toBe(200);
  const refused = await fetch(`${github.url}${R}/issues/${number}/comments`, { method: 'POST', headers: { authorization: `Bearer ${readOnly}` }, body: '{"body":"hi"}' });
  expect([refused.status, refused.headers.get('x-accepted-github-permissions')]).toEqual([403, 'issues=write; pull_requests=write']);
  expect(await status('POST', `${R}/issues/${number}/labels`, { token: readOnly, body: { labels: ['a'] } })).toBe(403);
});

test('a private repository of somebody else is answered 404, a made-up token 401', async () => {
  await github.createRepository('secret', { files: { 'a.md': 'a\n' }, private: true, at: START });
  expect(await status('GET', '/repos/harbour-goods/secret')).toBe(404);
  expect(await status('GET', '/repos/harbour-goods/secret/contents/a.md')).toBe(404);
  expect(await status('GET', R, { token: 'ghs_made_up' })).toBe(401);
});

test('a fault holds as often as it was told, and not for the stagehand', async () => {
  github.faults.set({ on: /\/labels$/, status: 502, times: 1 }, secondaryLimit(/\/issues\/1$/, 7));
  expect([await status('GET', `${R}/labels`), await status('GET', `${R}/labels`)]).toEqual([502, 200]);
  const limited = await fetch(`${github.url}${R}/issues/1`, { headers: { authorization: `Bearer ${token}` } });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
  expect(await status('GET', `${R}/issues/1`, { token: personToken('stagehand') })).toBe(200);
  github.faults.clear();
});

test('who only reads changes and merges nothing of others', async () => {
  const eve = personToken('eve');
  expect(await status('PATCH', `${R}/pulls/${number}`, { token: eve, body: { body: 'Mine now' } })).toBe(403);
  expect(await status('PATCH', `${R}/issues/${number}`, { token: eve, body: { body: 'Mine now' } })).toBe(403);
  expect(await status('PUT', `${R}/pulls/${number}/merge`, { token: eve, body: {} })).toBe(403);
  const own = await openPull(github, REPOSITORY, { slug: 'of-eve', title: 'Of eve', body: '', author: 'eve', labels: [], comments: [], files: { 'docs/eve.md': '# Eve\n' } });
  expect(await status('PATCH', `${R}/pulls/${own}`, { token: eve, body: { body: 'Mine' } })).toBe(200);
});

test('an artefact is a ZIP behind a signed address that refuses our token', async () => {
  const { id } = uploadArtifact(github, { repository: REPOSITORY, sha: '0'.repeat(40), branch: 'main', name: 'infracost', files: { 'infracost.json': '{"a":1}' } });
  const first = await fetch(`${github.url}${R}/actions/artifacts/${id}/zip`, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } });
  const address = first.headers.get('location') ?? '';
  expect(first.status).toBe(302);
  expect((await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status).toBe(400);
  expect(Buffer.from(await (await fetch(address)).arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
});

test('an App hears of a label as `pull_request`, signed, each delivery with an id of its own', async () => {
  const heard: { event: string; delivery: string; signature: string; payload: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name]);
      heard.push({ event: header('x-github-event'), delivery: header('x-github-delivery'), signature: header('x-hub-signature-256'), payload: JSON.parse(text) as Record<string, unknown> });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  github.store.hooks.set(YARDSTICK_APP, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret: 'shh' });
  await github.call('POST', `${R}/issues/${number}/labels`, { body: { labels: ['scaling', 'urgent'] } });
  await expect.poll(() => heard.filter(({ payload }) => payload['action'] === 'labeled').length, { timeout: 10_000 }).toBe(2);
  github.store.hooks.clear();
  await new Promise((done) => server.close(done));
  const labelled = heard.filter(({ payload }) => payload['action'] === 'labeled');
  expect(labelled.map(({ event, payload }) => [event, payload['number'], (payload['pull_request'] as { changed_files: number }).changed_files])).toEqual([['pull_request', number, 1], ['pull_request', number, 1]]);
  expect(new Set(heard.map(({ delivery }) => delivery)).size).toBe(heard.length);
  expect(heard.every(({ signature }) => /^sha256=[0-9a-f]{64}$/.test(signature))).toBe(true);
});
