// Effects as requests, and what GitHub's answers to them mean.
import { describe, expect, it } from 'vitest';
import { TransientError } from '../../src/errors.ts';
import type { ApiRequest, ApiResponse } from '../../src/github/transport.ts';
import { createForgeWriter } from '../../src/github/writer.ts';
import type { Annotation, Effect, StandingCheck } from '../../src/model/effect.ts';

const change = { owner: 'acme', repo: 'shop', number: 7 };
const label = { name: 'hypothesis: needed', color: 'd93f0b', description: 'Asks for a hypothesis' };
const COMMENT: Effect = { kind: 'create-comment', change, body: 'x' };

/** Performs one effect; each request is answered by the next of `answers`, the last one for ever. */
async function perform(effect: Effect, ...answers: readonly Partial<ApiResponse>[]) {
  const asked: ApiRequest[] = [];
  const writer = createForgeWriter(async (request) => {
    asked.push(request);
    return { status: 200, headers: {}, body: {}, ...(answers[asked.length - 1] ?? answers.at(-1)) };
  });
  const outcome = await writer.perform(effect);
  return { outcome, asked: asked.map(({ method, path }) => `${method} ${path}`), bodies: asked.map(({ body }) => body) };
}

describe('requests', () => {
  it.each<[Effect, string]>([
    [COMMENT, 'POST /repos/acme/shop/issues/7/comments'],
    [{ kind: 'edit-comment', change, commentId: 5, body: 'y' }, 'PATCH /repos/acme/shop/issues/comments/5'],
    [{ kind: 'delete-comment', change, commentId: 5 }, 'DELETE /repos/acme/shop/issues/comments/5'],
    [{ kind: 'remove-label', change, name: 'a/b c' }, 'DELETE /repos/acme/shop/issues/7/labels/a%2Fb%20c'],
    [{ kind: 'react', change, commentId: 5, content: '+1' }, 'POST /repos/acme/shop/issues/comments/5/reactions'],
    [{ kind: 'claim', change, commentId: 5, stale: null }, 'POST /repos/acme/shop/issues/comments/5/reactions'],
    [{ kind: 'create-issue', repo: change, title: 'Hypotheses', body: 'b', label }, 'POST /repos/acme/shop/issues'],
    [{ kind: 'edit-issue', issue: change, body: 'b' }, 'PATCH /repos/acme/shop/issues/7'],
    [{ kind: 'rerun', repo: change, jobId: 9 }, 'POST /repos/acme/shop/actions/jobs/9/rerun'],
  ])('$kind', async (effect, expected) => {
    expect(await perform(effect)).toMatchObject({ outcome: { kind: 'done' }, asked: [expected] });
  });

  it('posts a check completed in one call, further annotations after it', async () => {
    const annotations: readonly Annotation[] = Array.from({ length: 120 }, (_, line) => ({ file: 'a.md', line: line + 1, column: 1, level: 'failure', title: 't', message: 'm' }));
    const check = { conclusion: 'failure', title: 't', summary: 's', text: '', annotations, actions: [] } as const;
    const { asked, bodies } = await perform({ kind: 'post-check', repo: change, headSha: 'a'.repeat(40), check }, { status: 201, body: { id: 3 } });
    expect(asked).toEqual(['POST /repos/acme/shop/check-runs', 'PATCH /repos/acme/shop/check-runs/3', 'PATCH /repos/acme/shop/check-runs/3']);
    expect(bodies[0]).toMatchObject({ name: 'yardstick', status: 'completed', conclusion: 'failure' });
    expect(bodies.map((body) => (body as { output: { annotations: object[] } }).output.annotations.length)).toEqual([50, 50, 20]);
  });
});

describe('the check of a head that is remembered', () => {
  const check = { conclusion: 'success', title: 't', summary: 's', text: '', annotations: [], actions: [] } as const;
  const post = { kind: 'post-check', repo: change, headSha: 'a'.repeat(40), check } as const;
  const standing = (changes: readonly number[], revision: number) => ({ id: 3, digest: 'of another', changes, revision });
  function writer(known: StandingCheck | null, kept = true) {
    const all: StandingCheck[] = [];
    const asked: string[] = [];
    const transport = async ({ method }: ApiRequest) => {
      asked.push(method);
      return { status: 200, headers: {}, body: { id: 3 } };
    };
    const memory = { recall: async () => known, keep: async (_: unknown, __: string, standing: StandingCheck) => (all.push(standing), kept) };
    return { all, asked, ...createForgeWriter(transport, { memory, gaps: 'none', same: 'left' }) };
  }

  it('follows what was seen before its changes were read', async () => {
    const { all, asked, perform: write } = writer(null);
    expect(await write({ ...post, changes: [7, 9], seen: standing([9], 4) })).toMatchObject({ kind: 'done' });
    expect([asked, all]).toMatchObject([['PATCH'], [{ id: 3, changes: [7, 9], revision: 5 }]]);
  });

  it.each([['gone', 404, 'Not Found'], ['another App’s', 403, 'Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.']])('is posted anew where it is %s', async (_, status, message) => {
    const asked: string[] = [];
    const kept: StandingCheck[] = [];
    const transport = async ({ method, path }: ApiRequest): Promise<ApiResponse> => {
      asked.push(`${method} ${path.split('/').slice(4).join('/')}`);
      return method === 'PATCH' ? { status, headers: {}, body: { message } } : { status: 201, headers: {}, body: { id: 8 } };
    };
    const memory = { recall: async () => standing([7], 4), keep: async (_: unknown, __: string, one: StandingCheck) => (kept.push(one), true) };
    const outcome = await createForgeWriter(transport, { memory, gaps: 'none', same: 'left' }).perform(post);
    expect([outcome.kind, asked, kept]).toMatchObject(['done', ['PATCH check-runs/3', 'POST check-runs'], [{ id: 8, changes: [7], revision: 5 }]]);
  });

  it('is tried again where another verdict was told there meanwhile', async () => {
    await expect(writer(null, false).perform({ ...post, changes: [7], seen: null })).rejects.toThrow(TransientError);
  });

  it('is noted though it says the same, where several changes share it', async () => {
    const first = writer(null);
    await first.perform({ ...post, changes: [7], seen: null });
    const [known = expect.fail('nothing kept')] = first.all;
    for (const [changes, revisions] of [[[7], []], [[7, 9], [2]]] as const) {
      const { all, asked, perform: write } = writer(known);
      await write({ ...post, changes, seen: known });
      expect([asked, all.map(({ revision }) => revision)]).toEqual([[], revisions]);
    }
  });
});

describe('labels', () => {
  const add: Effect = { kind: 'add-label', change, label };
  it.each<[string, Partial<ApiResponse>[], string[]]>([
    ['one that has its style costs one request', [{ body: [{ name: label.name, color: 'd93f0b', description: 'x' }] }], ['POST']],
    ['one that somebody restyled is left as it is', [{ body: [{ name: label.name, color: 'ffffff', description: null }] }], ['POST']],
    ['one that came into being is styled', [{ body: [{ name: 'bug', color: 'ededed' }, { name: 'Hypothesis: Needed', color: 'ededed', description: null }] }], ['POST', 'PATCH']],
    ['one that the server does not make by adding is made first', [{ status: 422 }, { status: 201 }, { status: 200, body: [] }], ['POST', 'POST', 'POST']],
  ])('%s', async (_, answers, methods) => {
    const { outcome, asked } = await perform(add, ...answers);
    expect(outcome).toEqual({ kind: 'done', made: null });
    expect(asked.map((request) => request.split(' ')[0])).toEqual(methods);
  });
});

describe('what was made', () => {
  const body = { id: 31, number: 4, node_id: 'X_1', created_at: '2026-05-05T10:00:00Z', labels: [{ name: label.name, color: 'd93f0b' }] };
  it.each<[string, Effect, number, object | null]>([
    ['a comment', COMMENT, 201, { id: 31, nodeId: 'X_1', at: '2026-05-05T10:00:00Z', fresh: true }],
    ['an issue, by its number', { kind: 'create-issue', repo: change, title: 't', body: 'b', label }, 201, { id: 4, nodeId: 'X_1', at: '2026-05-05T10:00:00Z', fresh: true }],
    ["another run's claim", { kind: 'claim', change, commentId: 5, stale: null }, 200, { id: 31, nodeId: 'X_1', at: '2026-05-05T10:00:00Z', fresh: false }],
    ['nothing by an edit', { kind: 'edit-comment', change, commentId: 5, body: 'b' }, 200, null],
  ])('%s', async (_, effect, status, made) => {
    expect((await perform(effect, { status, body })).outcome).toEqual({ kind: 'done', made });
  });

  it.each<[string, Partial<ApiResponse>[], string[]]>([
    ['the label is there', [{ status: 201, body }], ['POST /repos/acme/shop/issues']],
    ['the label came into being', [{ status: 201, body: { ...body, labels: [{ name: label.name, color: 'ededed', description: null }] } }], ['POST /repos/acme/shop/issues', 'PATCH /repos/acme/shop/labels/hypothesis%3A%20needed']],
    ['the server makes no labels', [{ status: 422 }, { status: 201 }, { status: 201, body }], ['POST /repos/acme/shop/issues', 'POST /repos/acme/shop/labels', 'POST /repos/acme/shop/issues']],
  ])('the dashboard, where %s', async (_, answers, expected) => {
    expect((await perform({ kind: 'create-issue', repo: change, title: 't', body: 'b', label }, ...answers)).asked).toEqual(expected);
  });
});

describe('claims', () => {
  const takeOver: Effect = { kind: 'claim', change, commentId: 5, stale: 9 };
  it.each<[string, Partial<ApiResponse>[], string[]]>([
    ['removes the stale one by its id, then claims', [{ status: 204 }, { status: 201 }], ['DELETE /repos/acme/shop/issues/comments/5/reactions/9', 'POST /repos/acme/shop/issues/comments/5/reactions']],
    ['goes on where another taker has removed it', [{ status: 404 }, { status: 200 }], ['DELETE /repos/acme/shop/issues/comments/5/reactions/9', 'POST /repos/acme/shop/issues/comments/5/reactions']],
    ['stops where it may not be removed', [{ status: 403 }], ['DELETE /repos/acme/shop/issues/comments/5/reactions/9']],
  ])('%s', async (_, answers, expected) => {
    expect((await perform(takeOver, ...answers)).asked).toEqual(expected);
  });
});

describe('refusals', () => {
  it.each<[string, Effect, Partial<ApiResponse>, object]>([
    ['a locked conversation is no missing permission', COMMENT, { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }, { kind: 'refused', reason: 'the comment could not be written: the conversation is locked', permission: null }],
    ['an archived repository is none either', COMMENT, { status: 403, body: { message: 'Repository was archived so is read-only.' } }, { kind: 'refused', reason: 'the comment could not be written: the repository is archived', permission: null }],
    ['issues are switched off', { kind: 'create-issue', repo: change, title: 't', body: 'b', label }, { status: 410, body: { message: 'Issues has been disabled in this repository.' } }, { kind: 'refused', reason: 'the dashboard issue could not be written (410: Issues has been disabled in this repository.)', permission: null }],
    ['read-only token', COMMENT, { status: 403, body: { message: 'Resource not accessible by integration' } }, { kind: 'refused', permission: 'pull-requests: write' }],
    ['re-run without permission', { kind: 'rerun', repo: change, jobId: 1 }, { status: 403 }, { kind: 'refused', permission: 'actions: write' }],
    ['deleted comment, edited', { kind: 'edit-comment', change, commentId: 1, body: '' }, { status: 404 }, { kind: 'refused', permission: null }],
    ['deleted comment, deleted', { kind: 'delete-comment', change, commentId: 1 }, { status: 404 }, { kind: 'done' }],
    ['missing label, removed', { kind: 'remove-label', change, name: 'x' }, { status: 404 }, { kind: 'done' }],
  ])('%s', async (_, effect, answer, expected) => {
    expect((await perform(effect, answer)).outcome).toMatchObject(expected);
  });

  it.each<[string, Partial<ApiResponse>]>([
    ['a fault', { status: 502 }],
    ['a rate limit', { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' } }],
  ])('%s is thrown, to be tried again', async (_, answer) => {
    await expect(perform(COMMENT, answer)).rejects.toThrow(TransientError);
  });
});
