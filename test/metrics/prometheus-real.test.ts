// Against a real Prometheus with real samples: what `yardstick query` prints is what the API says.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAtDesk } from '../cli/sample-desk.ts';
import { freePort, installed, openWorkshop, until } from './real-server.ts';

const present = installed('Prometheus', [['prometheus', '--version'], ['promtool', '--version']], 'prometheus');

// The desk's clock stands at 2026-03-01T10:00Z; samples each minute over two days, with a hole of six hours.
const end = Date.parse('2026-03-01T10:00:00Z') / 1000;
const begin = end - 2 * 86_400;
const hole = (time: number): boolean => time > end - 20 * 3600 && time <= end - 14 * 3600;
const value = (time: number): number => 100 + Math.round(50 * Math.sin(time / 13_751));

describe.skipIf(!present)('a real Prometheus', () => {
  const workshop = openWorkshop('prometheus');
  const { folder } = workshop;
  let url = '';

  beforeAll(async () => {
    const times = Array.from({ length: (end - begin) / 60 }, (_, i) => begin + i * 60).filter((time) => !hole(time));
    const lines = ['latency_ms', 'other_ms'].flatMap((name, i) => [`# TYPE ${name} gauge`, ...times.map((time) => `${name}{service="orders"} ${value(time) + i} ${time}`)]);
    // Collected each 5 minutes, and every other sample lost.
    const sparse = times.filter((time) => time % 600 === 0).map((time) => `sparse_ms{service="orders"} ${value(time)} ${time}`);
    writeFileSync(join(folder, 'samples.txt'), `${[...lines, '# TYPE sparse_ms gauge', ...sparse].join('\n')}\n# EOF\n`);
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'samples.txt'), join(folder, 'data')], { stdio: 'ignore' });
    writeFileSync(join(folder, 'prometheus.yml'), 'scrape_configs: []\n');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    workshop.start('prometheus', [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, '--storage.tsdb.retention.time=10y', `--web.listen-address=127.0.0.1:${port}`]);
    await until('Prometheus answers', async () => (await fetch(`${url}/-/ready`)).ok);
    writeFileSync(join(folder, 'yardstick.yml'), `sources:
  prom: { type: prometheus, url: '${url}' }
metrics:
  latency: { unit: ms, source: prom, query: 'latency_ms{service="{service}"}', parameters: { service: { values: [orders, none, "it's \\"x\\" \\\\d"] } } }
  mean: { unit: ms, source: prom, query: 'avg_over_time(latency_ms[5m])' }
  both: { source: prom, query: '{__name__=~"latency_ms|other_ms"}' }
  selector: { source: prom, query: 'sparse_ms{service="orders"}' }
  expression: { source: prom, query: 'max(sparse_ms{service="orders"}) / 2' }
  counted: { source: prom, query: '2 * sparse_ms', samples: 'sum(count_over_time(sparse_ms[299s]))' }
  uncounted: { source: prom, query: '2 * sparse_ms' }
  broken: { source: prom, query: 'sum(' }
`);
  });
  afterAll(workshop.close);

  const run = async (metric: string) => runAtDesk(['query', metric, '--config', 'yardstick.yml', '--from', new Date(begin * 1000).toISOString(), '--json'], { cwd: folder });

  test('a lone selector: the samples themselves, and the hole is missing although Prometheus fills its edge', async () => {
    const { code, out } = await run('latency(orders)');
    const read = JSON.parse(out) as { points: [number, number][]; missing: number; conditions: { kind: string; count: number }[] };
    expect(code).toBe(0);
    expect(read.points.every(([time, found]) => found === value(time) || found === value(time - 60))).toBe(true);
    expect(read.points.filter(([time]) => hole(time) && hole(time - 300))).toEqual([]);
    expect(read.missing).toBe((6 * 3600) / 300);
  });

  test('an expression: the numbers of the API', async () => {
    const { out } = await run('mean');
    const { points } = JSON.parse(out) as { points: [number, number][] };
    const answer = (await (await fetch(`${url}/api/v1/query_range?${new URLSearchParams({ query: 'avg_over_time(latency_ms[5m])', start: String(begin), end: String(end), step: '300' }).toString()}`)).json()) as { data: { result: { values: [number, string][] }[] } };
    expect(points.length).toBeGreaterThan(400);
    expect(points).toEqual(answer.data.result[0]?.values.map(([time, text]) => [time, Number(text)]));
  });

  test.each([['selector', 1], ['expression', 0.5], ['counted', 2]])('half of the samples are lost, which no returned point shows: %s', async (metric, factor) => {
    const read = JSON.parse((await run(metric)).out) as { points: [number, number][]; missing: number; expected: number };
    const kept = Array.from({ length: (end - begin) / 600 }, (_, i) => begin + i * 600).filter((time) => !hole(time));
    expect(read.points).toEqual(kept.map((time) => [time, factor * value(time)]));
    expect(read.missing).toBe(read.expected - kept.length);
    const uncounted = JSON.parse((await run('uncounted')).out) as { points: unknown[] };
    expect(uncounted.points.length).toBeGreaterThan(1.9 * kept.length);
  });

  test('an argument with every quote is a value like any other', async () => {
    expect(JSON.parse((await run(`latency(it's "x" \\d)`)).out)).toMatchObject({ points: [], conditions: [{ kind: 'no-data' }] });
  });

  test.each([
    ['no data', 'latency(none)', 3, 'no-data'],
    ['several series', 'both', 3, 'several-series'],
    ['a query it refuses', 'broken', 2, 'parse error'],
    ['a metric that is none', 'latencyy', 2, 'did you mean'],
  ])('%s', async (...[, metric, code, said]) => {
    const result = await run(metric);
    expect(result.out).toContain(said);
    expect(result.code).toBe(code);
  });
});
