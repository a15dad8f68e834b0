// GitHub as a source of metrics, over real HTTP: runs, deployments and issues in the shape of its REST reference, counted and timed.
import { afterEach, describe, expect, test } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { createTransport } from '../../src/github/http.ts';
import { createProvider } from '../../src/metrics/registry.ts';
import type { Series } from '../../src/ports/metrics.ts';
import { startSource, type Asked, type Reply, type SourceServer } from './source-server.ts';
import { env, sourceAt } from './vendors.ts';

let server: SourceServer | null = null;
afterEach(() => server?.close());

const hour = 3600;
const from = Date.parse('2026-02-25T06:00:00Z') / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
const run = (at: number, took: number | null) => ({ id: at, status: took === null ? 'in_progress' : 'completed', conclusion: took === null ? null : 'success', created_at: iso(at - 5), run_started_at: iso(at), updated_at: iso(at + (took ?? 7)) });
const runs = (all: readonly object[], total = all.length): Reply => ({ body: { total_count: total, workflow_runs: all } });

async function read(query: string, reply: (asked: Asked, nth: number) => Reply): Promise<Series> {
  server = await startSource(reply);
  const transport = createTransport({ apiUrl: server.url, token: env.YARDSTICK_TOKEN, pause: async () => undefined });
  const provider = createProvider(sourceAt(null, { type: 'github', headers: new Map() }), { env, readFile: async () => '', home: { transport, repo: { owner: 'acme', repo: 'shop' } } });
  return provider.readSeries({ query, from, to: from + 3 * hour, step: hour, now: from + 10 * hour });
}

const asked = (nth = 0): string => decodeURIComponent(`${server?.asked[nth]?.url.pathname}${server?.asked[nth]?.url.search}`);

test('runs are counted, an hour without one is a zero', async () => {
  const { points } = await read('runs?workflow=ci.yml&branch=main&status=failure', () => runs([run(from + 10, 60), run(from + 20, 60), run(from + 2 * hour, 60)]));
  expect(points).toEqual([[from, 2], [from + hour, 0], [from + 2 * hour, 1], [from + 3 * hour, 0]]);
  expect(asked()).toBe(`/repos/acme/shop/actions/workflows/ci.yml/runs?branch=main&status=failure&created=${iso(from)}..${iso(from + 3 * hour)}&exclude_pull_requests=true&per_page=100&page=1`);
});

test('durations are those of finished runs, successful ones unless said', async () => {
  const { points } = await read('durations?workflow=deploy.yml', () => runs([run(from + 10, 60), run(from + 10, 80), run(from + 900, 300), run(from + 950, null)]));
  expect(points).toEqual([[from + 10, 70], [from + 900, 300]]);
  expect(asked()).toContain('status=success');
});

test('pages are read to the last, and a stretch with more runs than GitHub lists in halves', async () => {
  const { points } = await read('runs', ({ url }) => {
    const [begin = '', end = ''] = (url.searchParams.get('created') ?? '').split('..');
    const [first, last] = [Date.parse(begin) / 1000, Date.parse(end) / 1000];
    const all = Array.from({ length: 1800 }, (_, i) => from + 6 * i).filter((at) => at >= first && at <= last);
    const page = Number(url.searchParams.get('page')) - 1;
    return runs(all.slice(100 * page, 100 * page + 100).map((at) => run(at, 1)), all.length);
  });
  expect(points.reduce((sum, [, value]) => sum + value, 0)).toBe(1800);
});

test('deployments, newest first, until they are older than the range', async () => {
  const { points } = await read('deployments?environment=production', (_, nth) => ({ body: Array.from({ length: 100 }, (__, i) => ({ id: i, environment: 'production', created_at: iso(from + 3 * hour - (nth - 1) * 2 * hour - i * 60) })) }));
  expect(server?.asked).toHaveLength(2);
  expect(asked(1)).toBe('/repos/acme/shop/deployments?environment=production&per_page=100&page=2');
  expect(points.reduce((sum, [, value]) => sum + value, 0)).toBe(161);
});

test('issues by label; pull requests are none', async () => {
  const { points } = await read('issues?labels=incident', () => ({ body: [{ created_at: iso(from + hour) }, { created_at: iso(from + hour + 5), pull_request: {} }, { created_at: iso(from - hour) }] }));
  expect(points).toEqual([[from, 0], [from + hour, 1], [from + 2 * hour, 0], [from + 3 * hour, 0]]);
  expect(asked()).toBe(`/repos/acme/shop/issues?labels=incident&state=all&sort=created&direction=desc&since=${iso(from)}&per_page=100&page=1`);
});

describe('what is refused is told', () => {
  test.each([
    ['another thing', 'stars', /asks GitHub for "stars"/],
    ['a parameter it has not', 'runs?label=x', /no parameter `label`/],
    ['all issues', 'issues', /needs `labels`/],
  ])('%s', async (...[, query, message]) => {
    await expect(read(query, () => runs([]))).rejects.toThrow(message);
    expect(server?.asked).toHaveLength(0);
  });

  test.each([
    ['an expired token', { status: 401, body: { message: 'Bad credentials' } }, SetupError, /refuses the token/],
    ['a missing permission', { status: 403, body: { message: 'Resource not accessible by integration' }, headers: { 'x-accepted-github-permissions': 'actions=read' } }, SetupError, /does not permit workflow runs of acme\/shop/],
    ['the rate limit', { status: 403, body: { message: 'API rate limit exceeded' }, headers: { 'retry-after': '3600' } }, TransientError, /rate limit/],
    ['trouble', { status: 502, body: '' }, TransientError, /502/],
  ] as const)('%s', async (...[, reply, kind, message]) => {
    const error = await read('runs', () => reply).then(() => new Error('read after all'), (thrown: Error) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('hunter2');
  });

  test('no repository', () => {
    expect(() => createProvider(sourceAt(null, { type: 'github' }), { env, readFile: async () => '' })).toThrow(/needs a repository and a token/);
  });
});
