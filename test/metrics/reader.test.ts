// Several metrics read together: each has its answer, within the time there is, and the same question is asked once.
import { afterEach, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { createMetricReader } from '../../src/metrics/reader.ts';
import type { Config } from '../../src/model/config.ts';
import type { LockedMetric } from '../../src/model/experiment.ts';
import { startSource, type Reply, type SourceServer } from './source-server.ts';

let server: SourceServer | null = null;
afterEach(() => server?.close());

const from = 1_772_000_100;
const range = { from, to: from + 600, step: 300, now: from + 9000, patienceMs: 5000 };
const reader = createMetricReader({ env: {}, readFile: async () => 'time,value\n2026-02-25T06:15:00Z,3\n', pause: async () => undefined });
const matrix = (...series: readonly (readonly (readonly [number, string])[])[]): Reply => ({ body: { status: 'success', data: { resultType: 'matrix', result: series.map((values, i) => ({ metric: { pod: `p${i}` }, values })) } } });

/** A catalogue over a source that answers by query; null never answers. */
async function catalogue(answers: Readonly<Record<string, Reply | null>>): Promise<Config> {
  server = await startSource(({ body }) => answers[new URLSearchParams(body).get('query') ?? ''] ?? null);
  return completeConfig([{
    sources: { prom: { type: 'prometheus', url: server.url }, file: { type: 'csv', url: 'm.csv' } },
    metrics: {
      p95: { unit: 'ms', better: 'lower', source: 'prom', query: 'max(p95) by ("{service}")', samples: 'n("{service}")', parameters: { service: { values: ['orders', 'search'] } } },
      errors: { kind: 'rate', source: 'prom', bad: 'sum(bad)', total: 'sum(total)' },
      both: { source: 'prom', query: 'max(both)' }, down: { source: 'prom', query: 'max(down)' }, wrong: { source: 'prom', query: 'max(wrong)' }, slow: { source: 'prom', query: 'max(slow)' },
      bill: { source: 'file', cadence: '1d' }, survey: { source: 'manual' }, named: { unit: 'ms' },
    },
  }]);
}

async function locked(config: Config, ...names: readonly string[]): Promise<readonly LockedMetric[]> {
  const refs = names.map((name) => {
    const [, bare = name, arg] = /^(\w+)\((\w+)\)$/.exec(name) ?? [];
    return { name: bare, args: arg === undefined ? [] : [arg] };
  });
  return (await reader.lock(refs, config)).map((metric, i) => {
    if (metric === null) throw new Error(`${names[i] ?? ''} is not in the catalogue`);
    return metric;
  });
}

test('a lock holds the queries as they will be sent', async () => {
  const config = await catalogue({});
  expect(await locked(config, 'p95(orders)', 'errors', 'bill', 'survey', 'named')).toMatchObject([
    { name: 'p95(orders)', unit: 'ms', better: 'lower', source: 'prom', sourceType: 'prometheus', queries: ['max(p95) by ("orders")'], samples: 'n("orders")' },
    { name: 'errors', kind: 'rate', queries: ['sum(bad)', 'sum(total)'], samples: null },
    { name: 'bill', sourceType: 'csv', queries: [''], cadence: 86_400 },
    { name: 'survey', source: 'manual', sourceType: 'manual', queries: null },
    { name: 'named', source: null, sourceType: null, queries: null },
  ]);
});

test.each([['an unknown name', 'nothing', []], ['an argument that is not allowed', 'p95', ['payments']], ['no argument', 'p95', []]])('%s is not locked', async (...[, name, args]) => {
  expect(await reader.lock([{ name, args }], await catalogue({}))).toEqual([null]);
});

test('each metric has its own answer, in order', async () => {
  const config = await catalogue({
    'max(p95) by ("orders")': matrix([[from, '1'], [from + 300, '2']]), 'n("orders")': matrix([[from, '4'], [from + 300, '0']]),
    'sum(bad)': matrix([[from, '1']]), 'sum(total)': matrix([[from, '10']]),
    'max(both)': matrix([[from, '1']], [[from, '2']]), 'max(down)': { status: 503, body: '' }, 'max(wrong)': { status: 400, body: '{"error":"parse error"}' },
  });
  expect(await reader.read(await locked(config, 'p95(orders)', 'errors', 'both', 'down', 'wrong', 'bill', 'survey', 'named'), config.sources, range)).toMatchObject([
    { kind: 'series', points: [[from, 1]], step: 300, missing: 2, conditions: [{ kind: 'repeated', count: 1 }], queries: ['max(p95) by ("orders")'] },
    { kind: 'series', points: [[from, 1, 10]] },
    { kind: 'series', points: [], conditions: [{ kind: 'several-series', count: 2 }] },
    { kind: 'failed', lasting: 'transient', message: expect.stringMatching(/in trouble \(503\)/) },
    { kind: 'failed', lasting: 'setup', message: expect.stringMatching(/parse error/), remedy: expect.any(String) },
    { kind: 'series', points: [[from, 3]] },
    { kind: 'failed', lasting: 'setup', message: expect.stringMatching(/`survey` has no query/) },
    { kind: 'failed', lasting: 'setup', message: expect.stringMatching(/`named` has no source/) },
  ]);
});

test('one question is asked once', async () => {
  const config = await catalogue({ 'max(both)': matrix([[from, '1']]) });
  const [both] = await locked(config, 'both');
  const readings = await reader.read([both, both, both].flatMap((metric) => metric ?? []), config.sources, range);
  expect(readings.map(({ kind }) => kind)).toEqual(['series', 'series', 'series']);
  expect(server?.asked).toHaveLength(1);
});

test('the time is for all of them: what is slow fails, what is there counts', async () => {
  const config = await catalogue({ 'max(both)': matrix([[from, '1']]) });
  const begun = performance.now();
  const readings = await reader.read(await locked(config, 'slow', 'both', 'down'), config.sources, { ...range, patienceMs: 300 });
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(readings).toMatchObject([{ kind: 'failed', lasting: 'transient', message: expect.stringMatching(/no answer within 0.3 s|no whole answer/) }, { kind: 'series' }, { kind: 'failed', lasting: 'transient' }]);
});

test('no more than eight at once', async () => {
  const config = await catalogue({});
  const [slow] = await locked(config, 'slow');
  const many = Array.from({ length: 20 }, (_, i) => ({ ...slow, queries: [`max(slow${i})`] }) as LockedMetric);
  await reader.read(many, config.sources, { ...range, patienceMs: 300 });
  expect(server?.asked).toHaveLength(8);
});

test('a source that was taken out of the configuration is named', async () => {
  const config = await catalogue({});
  expect(await reader.read(await locked(config, 'both'), new Map(), range)).toMatchObject([{ kind: 'failed', lasting: 'setup', message: expect.stringMatching(/`prom` is not in the configuration any more/) }]);
});

test('another unit than was agreed is a failure, not a number', async () => {
  server = await startSource(() => ({ body: { status: 'ok', series: [{ interval: 300, scope: '*', unit: [{ name: 'second' }, null], pointlist: [[from * 1000, 5]] }] } }));
  const config = completeConfig([{ sources: { s: { type: 'datadog', url: server.url } }, metrics: { m: { source: 's', unit: 'ms', query: 'avg:m{*}' } } }]);
  expect(await reader.read(await locked(config, 'm'), config.sources, range)).toMatchObject([{ kind: 'failed', lasting: 'setup', message: 'the source `s` gives `m` in second, and ms was agreed' }]);
});
