// One metric of the catalogue, from its template to its points.
import { afterEach, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { readMetric, type Measurement } from '../../src/metrics/read-metric.ts';
import { resolveMetric } from '../../src/metrics/resolve.ts';
import type { Config } from '../../src/model/config.ts';
import { startSource, type SourceServer } from './source-server.ts';

let server: SourceServer | null = null;
afterEach(() => server?.close());
const from = 1_772_000_100;
const range = { from, to: from + 600, step: 300, now: from + 9000 };
const readFile = async (): Promise<string> => 'time,value\n2026-02-25T06:15:00Z,3\n2026-02-25T06:20:00Z,NaN\n';

async function query(type: 'prometheus' | 'graphite' | 'influxdb', arg: string, version = 1): Promise<string> {
  const config = completeConfig([{ sources: { s: { type, version, url: 'http://source' } }, metrics: { m: { source: 's', query: 'lat{service="{service}"}', parameters: { service: { pattern: '.+' } } } } }]);
  return resolveMetric({ name: 'm', args: [arg] }, config).queries[0] ?? '';
}

async function measure(name: string, config: Config): Promise<Measurement> {
  const resolved = resolveMetric({ name, args: [] }, config);
  return readMetric({ ...resolved.metric, ...resolved }, { env: {}, readFile }, range);
}

test.each([
  ['a plain name', 'orders', 'lat{service="orders"}'],
  ['a quote that would end the string', 'x"} or up{a="', 'lat{service="x\\x22} or up{a=\\x22"}'],
  ['a backslash before the quote', 'x\\', 'lat{service="x\\\\"}'],
  ['another placeholder', '{service}', 'lat{service="{service}"}'],
  ['a replacement pattern', "$&$'", 'lat{service="$&$\\x27"}'],
])('PromQL: %s', async (...[, arg, expected]) => {
  expect(await query('prometheus', arg)).toBe(expected);
});

test.each(['a`b', 'a\u0000b'])('PromQL refuses %j', async (arg) => {
  await expect(query('prometheus', arg)).rejects.toThrow(/can't be put into a query/);
});

test('InfluxQL: both quotes', async () => {
  expect(await query('influxdb', `it's "x"`)).toBe(`lat{service="it\\'s \\"x\\""}`);
});

test('Flux would fill in what stands in ${}', async () => {
  await expect(query('influxdb', '${r.secret}', 2)).rejects.toThrow(/can't be put into a query/);
});

test.each(['*', 'a,b', 'a b', '{a,b}', "a'"])('a language without quotes refuses %j', async (arg) => {
  await expect(query('graphite', arg)).rejects.toThrow(/can't be put into a query/);
});

test('a rate joins bad and total by instant', async () => {
  server = await startSource(({ body }) => ({ body: { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values: new URLSearchParams(body).get('query') === 'sum(bad)' ? [[from, '1'], [from + 300, '2']] : [[from, '10'], [from + 600, '30']] }] } } }));
  const config = completeConfig([{ sources: { s: { type: 'prometheus', url: server.url } }, metrics: { m: { source: 's', kind: 'rate', bad: 'sum(bad)', total: 'sum(total)' } } }]);
  expect(await measure('m', config)).toMatchObject({ points: [[from, 1, 10]], conditions: [{ kind: 'unpaired', count: 2 }], expected: 3, missing: 2 });
});

test('a CSV of the repository', async () => {
  const config = completeConfig([{ sources: { s: { type: 'csv', url: 'm.csv' } }, metrics: { m: { source: 's', query: 'value' }, n: { source: 's', query: 'other' } } }]);
  expect(await measure('m', config)).toMatchObject({ points: [[from, 3]], conditions: [{ kind: 'dropped', count: 1 }] });
  await expect(measure('n', config)).rejects.toThrow(/no column "other"/);
});

const matrix = (values: readonly (readonly [number, string])[]): object => ({ status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } });

test('what `samples` has nothing for only repeats an old value', async () => {
  server = await startSource(({ body }) => ({ body: matrix(new URLSearchParams(body).get('query') === 'counts' ? [[from, '3'], [from + 300, '0']] : [[from, '1'], [from + 300, '1'], [from + 600, '1']]) }));
  const config = completeConfig([{ sources: { s: { type: 'prometheus', url: server.url } }, metrics: { m: { source: 's', query: 'avg(lat)', samples: 'counts' } } }]);
  expect(await measure('m', config)).toMatchObject({ points: [[from, 1]], conditions: [{ kind: 'repeated', count: 2 }], missing: 2 });
});

test.each([
  ['another unit is refused', 'avg:lat{*}', 'second', 0, [{ kind: 'wrong-unit', found: 'second', expected: 'ms' }]],
  ['the same under another name is not', 'avg:lat{*}', 'millisecond', 1, []],
  ['one that nobody knows proves nothing', 'avg:lat{*}', 'page', 1, []],
  ['converted in the query', 'avg:lat{*} * 1000', 'second', 1, []],
])('unit: %s', async (...[, query, unit, count, conditions]) => {
  server = await startSource(() => ({ body: { status: 'ok', series: [{ interval: 300, scope: '*', unit: [{ name: unit }, null], pointlist: [[from * 1000, 5]] }] } }));
  const config = completeConfig([{ sources: { s: { type: 'datadog', url: server.url } }, metrics: { m: { source: 's', unit: 'ms', query } } }]);
  const { points, conditions: said } = await measure('m', config);
  expect(points).toHaveLength(count);
  expect(said).toEqual(conditions);
});

test('holes are told, the longest with its place; what comes before the first point is none', async () => {
  const hour = Array.from({ length: 60 }, (_, i) => from + i * 60).filter((time) => time >= from + 600 && (time < from + 900 || time > from + 1200) && (time < from + 1800 || time > from + 2000));
  server = await startSource(() => ({ body: matrix(hour.map((time) => [time, '1'])) }));
  const config = completeConfig([{ sources: { s: { type: 'prometheus', url: server.url } }, metrics: { m: { source: 's', query: 'avg(m)' } } }]);
  const { metric, ...resolved } = resolveMetric({ name: 'm', args: [] }, config);
  const { conditions, missing } = await readMetric({ ...metric, ...resolved }, { env: {}, readFile }, { from, to: from + 3600, step: 60, now: from + 9000 });
  expect(conditions).toEqual([{ kind: 'gaps', count: 2, from: from + 840, to: from + 1260 }]);
  expect(missing).toBe(61 - hour.length);
});

test.each(['/etc/passwd', '../secrets.csv', 'metrics/../../x.csv'])('a CSV file outside of the repository (%s) is not opened', async (path) => {
  const { createCsv } = await import('../../src/metrics/csv.ts');
  expect(() => createCsv(path, async () => 'time,value\n')).toThrow('lies outside of the repository');
});
