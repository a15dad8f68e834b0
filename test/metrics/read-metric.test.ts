// One metric of the catalogue, from its template to its points.
import { afterEach, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { readMetric } from '../../src/metrics/read-metric.ts';
import { startSource, type SourceServer } from './source-server.ts';

let server: SourceServer | null = null;
afterEach(() => server?.close());
const from = 1_772_000_100;
const range = { from, to: from + 600, step: 300, now: from + 9000 };
const readFile = async (): Promise<string> => 'time,value\n2026-02-25T06:15:00Z,3\n2026-02-25T06:20:00Z,NaN\n';

async function query(type: 'prometheus' | 'graphite', arg: string): Promise<string> {
  server = await startSource(() => ({ body: type === 'graphite' ? [] : { status: 'success', data: { resultType: 'matrix', result: [] } } }));
  const config = completeConfig([{ sources: { s: { type, url: server.url } }, metrics: { m: { source: 's', query: 'lat{service="{service}"}', parameters: { service: { pattern: '.+' } } } } }]);
  return (await readMetric({ name: 'm', args: [arg] }, { config, surroundings: { env: {}, readFile }, range })).queries[0] ?? '';
}

test.each([
  ['a plain name', 'orders', 'lat{service="orders"}'],
  ['a quote that would end the string', 'x"} or up{a="', 'lat{service="x\\"} or up{a=\\""}'],
  ['a backslash before the quote', 'x\\', 'lat{service="x\\\\"}'],
  ['another placeholder', '{service}', 'lat{service="{service}"}'],
  ['a replacement pattern', "$&$'", 'lat{service="$&$\\\'"}'],
])('PromQL: %s', async (...[, arg, expected]) => {
  expect(await query('prometheus', arg)).toBe(expected);
});

test.each(['a`b', 'a\u0000b'])('PromQL refuses %j', async (arg) => {
  await expect(query('prometheus', arg)).rejects.toThrow(/can't be put into a query/);
});

test.each(['*', 'a,b', 'a b', '{a,b}', "a'"])('a language without quotes refuses %j', async (arg) => {
  await expect(query('graphite', arg)).rejects.toThrow(/can't be put into a query/);
});

test('a rate joins bad and total by instant', async () => {
  server = await startSource(({ body }) => ({ body: { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values: new URLSearchParams(body).get('query') === 'sum(bad)' ? [[from, '1'], [from + 300, '2']] : [[from, '10'], [from + 600, '30']] }] } } }));
  const config = completeConfig([{ sources: { s: { type: 'prometheus', url: server.url } }, metrics: { m: { source: 's', kind: 'rate', bad: 'sum(bad)', total: 'sum(total)' } } }]);
  expect(await readMetric({ name: 'm', args: [] }, { config, surroundings: { env: {}, readFile }, range })).toMatchObject({ points: [[from, 1, 10]], conditions: [{ kind: 'unpaired', count: 2 }], expected: 3, missing: 2 });
});

test('a CSV of the repository', async () => {
  const config = completeConfig([{ sources: { s: { type: 'csv', url: 'm.csv' } }, metrics: { m: { source: 's', query: 'value' }, n: { source: 's', query: 'other' } } }]);
  expect(await readMetric({ name: 'm', args: [] }, { config, surroundings: { env: {}, readFile }, range })).toMatchObject({ points: [[from, 3]], conditions: [{ kind: 'dropped', count: 1 }] });
  await expect(readMetric({ name: 'n', args: [] }, { config, surroundings: { env: {}, readFile }, range })).rejects.toThrow(/no column "other"/);
});
