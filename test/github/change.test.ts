// Reading a change where GitHub's answers are longer, older or poorer than usual.
import { describe, expect, it } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import type { ApiRequest, Transport } from '../../src/github/transport.ts';

const REF = { owner: 'acme', repo: 'shop', number: 7 };
const HINT = { headSha: 'a'.repeat(40), baseRef: 'main', baseSha: 'b'.repeat(40), body: null, changedFiles: 5, comments: 0 };
const CONFIG = '.github/yardstick.yml';

/** A transport that answers GraphQL with `data` and REST from a table of paths. */
function transportOf(graphql: unknown, rest: Readonly<Record<string, unknown>> = {}): { readonly send: Transport; readonly asked: ApiRequest[] } {
  const asked: ApiRequest[] = [];
  const send: Transport = async (request) => {
    asked.push(request);
    if (request.path === '/graphql') return { status: 200, headers: {}, body: graphql };
    const body = rest[`${request.path}${request.query?.['page'] === undefined ? '' : `?${request.query['page']}`}`];
    return body === undefined ? { status: 404, headers: {}, body: {} } : { status: 200, headers: {}, body };
  };
  return { send, asked };
}

const read = (send: Transport, hint: typeof HINT | null = HINT) => createForgeReader(send, { home: REF }).readChange(REF, { configPath: CONFIG, hint });
const answer = (pull: object, repository: object = {}) => ({ data: { viewer: { login: 'github-actions[bot]' }, repository: { pullRequest: { number: 7, ...pull }, ...repository } } });
const node = (id: number) => ({ databaseId: id, body: `c${id}`, author: { login: 'kim', __typename: 'User' } });
const entry = (id: number) => ({ id, body: `c${id}`, user: { login: 'kim', type: 'User' } });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const file = (text: string) => ({ type: 'file', encoding: 'base64', size: text.length, content: Buffer.from(text).toString('base64') });

describe('comments', () => {
  const ends = { head: { totalCount: 350, nodes: range(1, 100).map(node) }, tail: { nodes: range(251, 350).map(node) } };
  const pages = { '/repos/acme/shop/issues/7/comments?2': range(101, 200).map(entry), '/repos/acme/shop/issues/7/comments?3': range(201, 300).map(entry) };

  it.each([
    ['in the same round where the payload counted them', 350],
    ['in a second one where it did not', 0],
  ])('reads all of a long conversation, %s', async (_, comments) => {
    const { send, asked } = transportOf(answer(ends), pages);
    const page = await read(send, { ...HINT, comments });
    expect(page.comments.map(({ id }) => id)).toEqual(range(1, 350));
    expect([page.commentsComplete, asked.length]).toEqual([true, 3]);
  });

  it('says when there are more than it reads', async () => {
    const { send } = transportOf(answer({ ...ends, head: { ...ends.head, totalCount: 5000 } }), Object.fromEntries(range(2, 20).map((page) => [`/repos/acme/shop/issues/7/comments?${page}`, []])));
    expect((await read(send)).commentsComplete).toBe(false);
  });

  it('asks who edited those between the ends that hold a command or a marker', async () => {
    const by = (id: number, login: string, more: object = {}): object => ({ id: `N${id}`, databaseId: id, body: '/yardstick waive it', author: { login: 'ana', __typename: 'User' }, repository: { nameWithOwner: 'acme/shop' }, editor: { login, __typename: 'User' }, lastEditedAt: '2026-05-05T09:00:00Z', ...more });
    const counting = [['/yardstick waive it', 150], ['/Yardstick check', 151], ['<!-- yardstick:gate {} -->', 152], ['/yardstick waive it', 153]] as const;
    const second = range(101, 200).map((id) => ({ ...entry(id), node_id: `N${id}`, body: counting.find(([, at]) => at === id)?.[0] ?? `c${id}` }));
    const { send, asked } = transportOf(null, { ...pages, '/repos/acme/shop/issues/7/comments?2': second });
    const page = await read(async (request) => {
      const { query, variables } = (request.body ?? {}) as { query?: string; variables?: { ids?: string[] } };
      if (query?.startsWith('query Comments') !== true) return request.path === '/graphql' ? { status: 200, headers: {}, body: answer(ends) } : send(request);
      asked.push(request);
      expect(variables?.ids).toEqual(['N150', 'N151', 'N152', 'N153']);
      return { status: 200, headers: {}, body: { data: { viewer: { login: 'github-actions[bot]' }, nodes: [by(150, 'ben'), by(151, 'ana'), by(152, 'x', { editor: null }), null] } } };
    });
    expect(page.comments.filter(({ editor }) => editor !== null).map(({ id, editor }) => [id, editor])).toEqual([[150, 'ben'], [151, 'ana'], [152, 'ghost']]);
    expect(page.comments.map(({ id }) => id)).toEqual(range(1, 350).filter((id) => id !== 153));
    expect(asked.filter(({ path }) => path === '/graphql')).toHaveLength(1);
  });

  it('knows its own under either name', async () => {
    const nodes = [{ ...node(1), author: { login: 'github-actions', __typename: 'Bot' } }, { ...node(2), author: { login: 'github-actions', __typename: 'User' } }, { ...node(3), author: null }];
    const { send } = transportOf(answer({ head: { totalCount: 3, nodes } }));
    expect((await read(send)).comments.map(({ mine }) => mine)).toEqual([true, false, false]);
  });
});

describe('configuration', () => {
  it('is asked for on the base branch', async () => {
    const { send, asked } = transportOf(answer({ baseRefName: 'main' }, { object: { text: 'mode: advise' } }));
    expect((await read(send)).config).toEqual({ kind: 'text', text: 'mode: advise' });
    expect(asked.map(({ body }) => (body as { variables: object }).variables)).toEqual([{ ...REF, expression: `refs/heads/main:${CONFIG}` }]);
  });

  it('is read again where the base is another than was thought', async () => {
    const { send, asked } = transportOf(answer({ baseRefName: 'release' }, { object: { text: 'old' }, defaultBranchRef: { name: 'main' } }), { [`/repos/acme/shop/contents/${CONFIG}`]: file('new') });
    expect((await read(send, null)).config).toEqual({ kind: 'text', text: 'new' });
    expect(asked[1]?.query).toEqual({ ref: 'release' });
  });

  it.each<[string, object | null, object]>([
    ['absent', null, { kind: 'absent' }],
    ['binary', { text: null, isBinary: true, byteSize: 9 }, { kind: 'unreadable', why: 'it is no UTF-8 text' }],
    ['too long', { text: null, byteSize: 2_000_000 }, { kind: 'unreadable', why: 'it has 2000000 bytes, more than 1048576' }],
    ['a folder', { __typename: 'Tree' }, { kind: 'unreadable', why: 'it is a folder' }],
    ['cut by GraphQL, whole by REST', { text: 'a', isTruncated: true, byteSize: 600_000 }, { kind: 'text', text: 'whole' }],
  ])('%s', async (_, object, expected) => {
    const { send } = transportOf(answer({ baseRefName: 'main' }, { object }), { [`/repos/acme/shop/contents/${CONFIG}`]: file('whole') });
    expect((await read(send)).config).toEqual(expected);
  });
});

describe('poor answers', () => {
  it('uses what came beside an error', async () => {
    const { send } = transportOf({ ...answer({ title: 'T', closingIssuesReferences: { nodes: [null, { number: 3, body: 'b', state: 'OPEN', repository: { nameWithOwner: 'acme/shop' } }] } }), errors: [{ type: 'FORBIDDEN', message: 'x' }] });
    const page = await read(send);
    expect([page.change.title, page.closing.map(({ number }) => number)]).toEqual(['T', [3]]);
  });

  it('asks without the dashboard where the token may not read issues', async () => {
    const refused = { data: { viewer: null, repository: null }, errors: [{ type: 'FORBIDDEN', path: ['repository', 'issues'], message: 'Resource not accessible by integration' }] };
    const asked: string[] = [];
    const page = await read(async ({ body }) => {
      asked.push((body as { query: string }).query);
      return { status: 200, headers: {}, body: asked.length === 1 ? refused : answer({ title: 'T' }) };
    });
    expect([page.change.title, page.dashboard, asked.map((query) => query.includes('issues('))]).toEqual(['T', null, [true, false]]);
  });

  it('falls back on the payload, and on the usual identity', async () => {
    const { send } = transportOf({ data: { repository: { pullRequest: { number: 7 } } } });
    const page = await read(send);
    expect(page).toMatchObject({ viewer: { login: 'github-actions[bot]' }, change: { author: null, base: { ref: 'main' }, head: { sha: HINT.headSha, repo: null }, changedFiles: 5, visibility: 'public' } });
  });

  it.each<[string, unknown, typeof SetupError | typeof TransientError, string]>([
    ['no such pull request', { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message: 'x' }] }, SetupError, 'GitHub does not find pull request acme/shop#7 (404)'],
    ['not permitted', { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }] }, SetupError, 'GitHub does not permit reading pull request acme/shop#7'],
    ['rate limit', { errors: [{ type: 'RATE_LIMITED', message: 'x' }] }, TransientError, "GitHub's rate limit is used up"],
    ['fault', { errors: [{ message: 'Something went wrong while executing your query' }] }, TransientError, 'Something went wrong'],
    ['no JSON', '<html>', TransientError, 'GitHub could not answer for pull request acme/shop#7'],
  ])('%s', async (_, body, kind, text) => {
    const reading = read(transportOf(body).send);
    await expect(reading).rejects.toThrow(kind);
    await expect(reading).rejects.toThrow(text);
  });
});
