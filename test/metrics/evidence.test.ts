// Evidence of a load test: found in a check run, an artefact or at a listed address, over real HTTP; and what is not evidence.
import { zipSync } from 'fflate';
import { afterEach, describe, expect, test } from 'vitest';
import { createTransport } from '../../src/github/http.ts';
import { createEvidenceReader } from '../../src/metrics/evidence.ts';
import { findValue } from '../../src/metrics/evidence-value.ts';
import type { EvidenceQuery, EvidenceReading } from '../../src/ports/metrics.ts';
import { startSource, type Reply, type SourceServer } from './source-server.ts';

describe('the value in what was left behind', () => {
  const p95 = { name: 'p95', args: ['orders'] };
  test.each<[name: string, text: string, value: number, unit: string | null]>([
    ['a key', '{"p95": 287}', 287, null],
    ['a key with its argument goes first', '{"p95": 1, "p95(orders)": 2}', 2, null],
    ['a text with its unit', '{"p95": "287 ms"}', 287, 'ms'],
    ['value and unit', '{"p95": {"value": 0.287, "unit": "s"}}', 0.287, 's'],
    ['deep inside', '{"metrics": {"http": [{"p95": 287}]}}', 287, null],
    ['the top wins', '{"p95": 287, "old": {"p95": 300}}', 287, null],
    ['the same twice', '{"a": {"p95": 287}, "b": {"p95": 287}}', 287, null],
    ['a line', 'Load test\n\np95: 287ms\np99: 400ms', 287, 'ms'],
    ['a list item with marks', '- **p95** = 287.5 ms, at 800 rps', 287.5, 'ms'],
    ['a table row', '| metric | value |\n|---|---|\n| `p95(orders)` | 287 ms |', 287, 'ms'],
    ['a word that is no unit', 'p95: 3 retries-of-something', 3, null],
    ['a key of any name above it', '{"__proto__": {"p95": 1}}', 1, null],
    ['a negative number', 'p95: -3 %', -3, '%'],
  ])('%s', (_, text, value, unit) => {
    expect(findValue(text, p95)).toEqual({ value, unit });
  });

  test.each([
    ['another name', '{"p950": 1}', 'it says nothing of p95(orders) or p95'],
    ['a longer name', 'p95_other: 3', 'it says nothing of p95(orders) or p95'],
    ['different values', 'p95: 1 ms\np95: 2 ms', 'it says p95 2 times, each time with another value'],
    ['no number', '{"p95": "fast"}', 'it says nothing of p95(orders) or p95'],
    ['nothing', '', 'it says nothing of p95(orders) or p95'],
  ])('%s is none', (...[, text, why]) => {
    expect(findValue(text, p95)).toBe(why);
  });

  test('the worst text takes no time', () => {
    for (const worst of ['p95: '.repeat(13_000), '['.repeat(64_000), `"${'\\'.repeat(64_000)}`, '|'.repeat(64_000), '> - '.repeat(16_000), `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`]) {
      const begun = performance.now();
      findValue(worst, p95);
      expect(performance.now() - begun).toBeLessThan(500);
    }
  });
});

let server: SourceServer | null = null;
afterEach(() => server?.close());

interface Left {
  readonly check?: object;
  readonly artifact?: string | Uint8Array;
  readonly page?: Reply;
}

/** A GitHub, and beside it any address, that hold what was left. */
async function read(left: Left, query: Partial<EvidenceQuery> & { readonly hosts?: readonly string[] } = {}): Promise<EvidenceReading> {
  server = await startSource(({ url }): Reply => {
    if (url.pathname.endsWith('/check-runs')) return { body: { check_runs: left.check === undefined || !url.pathname.includes('merge01') ? [] : [left.check] } };
    if (url.pathname.endsWith('/artifacts')) return { body: { artifacts: left.artifact === undefined ? [] : [{ id: 5, size_in_bytes: 100, expired: false, workflow_run: { head_sha: 'head002' } }] } };
    if (url.pathname.endsWith('/zip')) return { body: left.artifact ?? '' };
    return left.page ?? { status: 404, body: '' };
  });
  const transport = createTransport({ apiUrl: server.url, token: 't', pause: async () => undefined });
  return createEvidenceReader(transport, { env: { YARDSTICK_TOKEN: 'hunter2' }, pause: async () => undefined }).readEvidence({ repo: { owner: 'acme', repo: 'shop' }, commits: ['merge01', 'head002'], source: 'load-test', metric: { name: 'p95', args: [] }, hosts: [], ...query });
}

const done = (conclusion: string, summary: string): object => ({ id: 1, status: 'completed', conclusion, output: { title: 'Load test', summary, text: null } });

test.each<[name: string, left: Left, reading: object]>([
  ['a check run', { check: done('success', 'p95: 287 ms') }, { kind: 'value', value: { value: 287, unit: 'ms' }, from: 'check run load-test at merge01', passed: true }],
  ['a check run that failed', { check: done('failure', 'p95: 900 ms') }, { kind: 'value', value: { value: 900, unit: 'ms' }, passed: false }],
  ['one that runs', { check: { id: 1, status: 'in_progress', output: {} } }, { kind: 'absent', why: 'check run load-test at merge01 is not over yet' }],
  ['one that says nothing', { check: done('success', 'all good') }, { kind: 'absent', why: expect.stringMatching(/says nothing of p95/) }],
  ['an artefact at the second commit', { artifact: zipSync({ 'k6/summary.json': new TextEncoder().encode('{"p95": 287}') }) }, { kind: 'value', value: { value: 287, unit: null }, from: 'artefact load-test at head002', passed: null }],
  ['an artefact that is no archive', { artifact: 'x' }, { kind: 'absent', why: expect.stringMatching(/can’t be read/) }],
  ['nothing of that name', {}, { kind: 'absent', why: 'no check run and no artefact has this name' }],
])('%s', async (...[, left, reading]) => {
  expect(await read(left)).toMatchObject(reading);
});

describe('an address', () => {
  const own = { source: 'http://127.0.0.1/run/7?format=json' };
  /** The listed host is the server of this test: its port is known when it runs. */
  const readAt = async (page: Reply, source = '/run/7?format=json'): Promise<EvidenceReading> => {
    const listening = await startSource(() => page);
    try {
      return await read({}, { source: `${listening.url}${source}`, hosts: [new URL(listening.url).host] }).finally(() => void asked.push(...listening.asked.map(({ url, headers }) => ({ path: url.pathname + url.search, headers }))));
    } finally {
      listening.close();
    }
  };
  const asked: { path: string; headers: object }[] = [];

  test('on a listed host is fetched, without any secret', async () => {
    expect(await readAt({ body: { p95: 287 } })).toMatchObject({ kind: 'value', value: { value: 287, unit: null } });
    expect(asked.at(-1)?.path).toBe('/run/7?format=json');
    expect(JSON.stringify(asked.at(-1)?.headers)).not.toMatch(/authorization|hunter2/i);
  });

  test.each([['a redirect', { status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' }, 'setup', /redirects are not followed/], ['trouble', { status: 503, body: '' }, 'transient', /in trouble/]] as const)('%s', async (...[, page, lasting, message]) => {
    expect(await readAt(page)).toMatchObject({ kind: 'failed', lasting, message: expect.stringMatching(message) });
  });

  test.each([
    ['on another host', own.source, ['ci.example.com']],
    ['on another port', own.source, ['127.0.0.1:81']],
    ['with a log-in', 'http://me:pw@ci.example.com/x', ['ci.example.com']],
    ['that is none', 'http://[', ['[']],
  ])('%s is for its owner', async (...[, source, hosts]) => {
    expect(await read({ page: { body: { p95: 1 } } }, { source, hosts })).toMatchObject({ kind: 'owner' });
    expect(server?.asked).toHaveLength(0);
  });

  test('of a cloud’s own services is refused although it is listed', async () => {
    expect(await read({}, { source: 'http://169.254.169.254/latest', hosts: ['169.254.169.254'] })).toMatchObject({ kind: 'failed', lasting: 'setup', message: expect.stringMatching(/cloud’s own services/) });
  });
});
