// What a turn does with what lies open under its key.
import { expect, test } from 'vitest';
import { NO_WORK } from '../../app/jobs/open-work.ts';
import type { OpenWork } from '../../app/jobs/open-work.ts';
import { takeTurn } from '../../app/jobs/turn.ts';
import type { ApiRequest, ApiResponse } from '../../src/github/transport.ts';
import type { Trigger } from '../../src/model/trigger.ts';

const AT = '2026-03-02T09:00:00Z';
const change = { owner: 'acme', repo: 'shop', number: 12 };
const [LEFT, NOW] = ['a'.repeat(40), 'b'.repeat(40)];

/** A repository with one small pull request, whose checks are written down. */
async function take(work: Partial<OpenWork>): Promise<readonly string[]> {
  const told: string[] = [];
  const pullRequest = { number: 12, state: 'OPEN', headRefOid: NOW, baseRefName: 'main', baseRefOid: 'c'.repeat(40), changedFiles: 0, title: 'Say more', body: '', author: { login: 'ana', __typename: 'User' }, head: { totalCount: 0, nodes: [] }, labels: { nodes: [] } };
  const repository = { visibility: 'PRIVATE', defaultBranchRef: { name: 'main' }, object: null, pullRequests: { totalCount: 1, nodes: [] }, pullRequest };
  const transport = async ({ method, path, body }: ApiRequest): Promise<ApiResponse> => {
    if (path === '/graphql') return { status: 200, headers: {}, body: { data: { viewer: { login: 'yardstick[bot]' }, repository } } };
    if (method === 'GET') return { status: 200, headers: {}, body: path.endsWith('/check-runs') ? { check_runs: [] } : [] };
    told.push((body as { readonly head_sha: string }).head_sha);
    return { status: 201, headers: {}, body: { id: 5 } };
  };
  await takeTurn({ id: '1', retryCount: 0, data: { key: 'acme/shop#12', installation: 7, urgent: false } }, { ...NO_WORK, ...work }, {
    transport, memory: { recall: async () => null, keep: async () => true }, configPath: '.github/yardstick.yml', signingKey: null, allowances: [], now: () => AT,
    heed: async () => [], spread: async () => [], onFailed: () => undefined, isOvertaken: async () => false,
  });
  return told;
}

const look = { look: { kind: 'change', ...change, because: 'push' }, asked: 1, installation: 7, askedAt: new Date(AT) } as const;
const rerun = (headSha: string): Trigger => ({ kind: 'gate', change, hint: { headSha, baseRef: null, baseSha: null, body: null, changedFiles: null, comments: null }, ownCheck: true, event: 'check_run', delivery: 'd', at: AT });

test.each([
  ['a look', { looks: [look] }, [NOW]],
  ['a look, and a button on a commit that was left', { looks: [look], triggers: [rerun(LEFT)] }, [LEFT, NOW]],
])('%s: the head as it is now is evaluated', async (_, work, heads) => {
  expect(await take(work)).toEqual(heads);
});
