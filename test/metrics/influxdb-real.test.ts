// Against a real InfluxDB 1: the provider gives back the series that was written, and a hole stays one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProvider } from '../../src/metrics/registry.ts';
import type { Series } from '../../src/ports/metrics.ts';
import { freePort, installed, openWorkshop, until } from './real-server.ts';
import { sourceAt } from './vendors.ts';

const present = installed('InfluxDB', [['influxd', 'version']], 'influxdb');

const end = Date.parse('2026-03-01T10:00:00Z') / 1000;
const begin = end - 7 * 86_400;
const times = Array.from({ length: (end - begin) / 300 }, (_, i) => begin + i * 300).filter((time) => time < end - 20_000 || time >= end - 9200);
const value = (time: number): number => Math.round(10_000 + 5000 * Math.sin(time / 13_751)) / 100;

describe.skipIf(!present)('a real InfluxDB 1', () => {
  const workshop = openWorkshop('influxdb');
  let url = '';

  beforeAll(async () => {
    const [http, rpc] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${http}`;
    const { folder } = workshop;
    writeFileSync(join(folder, 'influxdb.conf'), `reporting-disabled = true
reporting-enabled = false
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  auth-enabled = true
`);
    workshop.start('influxd', ['-config', join(folder, 'influxdb.conf')], { env: { ...process.env, HOME: folder } });
    await until('InfluxDB answers', async () => (await fetch(`${url}/ping`)).status === 204);
    const post = async (path: string, body: string): Promise<void> => {
      const answer = await fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': path.startsWith('/query') ? 'application/x-www-form-urlencoded' : 'text/plain' } });
      if (!answer.ok) throw new Error(await answer.text());
    };
    const say = (statement: string): Promise<void> => post('/query?u=boss&p=secret', new URLSearchParams({ q: statement }).toString());
    await say("CREATE USER boss WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
    await say('CREATE DATABASE web');
    await say("CREATE USER reader WITH PASSWORD 'a/b@c'");
    await say('GRANT READ ON web TO reader');
    const lines = times.flatMap((time) => ['orders', 'search'].map((service, i) => `latency,service=${service} p95=${value(time) + i} ${time}`));
    await post('/write?db=web&precision=s&u=boss&p=secret', lines.join('\n'));
  });
  afterAll(workshop.close);

  const read = (query: string, said: { readonly password?: string; readonly database?: string } = {}): Promise<Series> => createProvider(
    sourceAt(url.replace('//', '//reader:${YARDSTICK_PASSWORD}@'), { type: 'influxdb', headers: new Map(), database: said.database ?? null }),
    { env: { YARDSTICK_PASSWORD: said.password ?? 'a/b@c' }, readFile: async () => '' },
  ).readSeries({ query, from: begin, to: end, step: 300, now: end });

  test('every point, and no other', async () => {
    const { points, conditions } = await read('SELECT mean("p95") FROM "web"."autogen"."latency" WHERE "service" = \'orders\' AND time >= $from AND time <= $to GROUP BY time($step) fill(none)');
    expect(points).toEqual(times.map((time) => [time, value(time)]));
    expect(conditions).toEqual([]);
  });

  test('windows without points that are filled with null are counted, not taken for zero', async () => {
    const { points, conditions } = await read('SELECT mean("p95") FROM "latency" WHERE "service" = \'orders\' AND time >= $from AND time < $to GROUP BY time($step)', { database: 'web' });
    expect(points).toEqual(times.map((time) => [time, value(time)]));
    expect(conditions).toEqual([{ kind: 'dropped', count: (end - begin) / 300 - times.length }]);
  });

  test.each([
    ['several series', 'SELECT mean("p95") FROM "web"."autogen"."latency" WHERE time >= $from AND time <= $to GROUP BY time($step), "service" fill(none)', 'several-series'],
    ['several columns', 'SELECT mean("p95"), max("p95") FROM "web"."autogen"."latency" WHERE time >= $from AND time <= $to GROUP BY time($step) fill(none)', 'several-series'],
    ['no data', 'SELECT mean("p95") FROM "web"."autogen"."nothing" WHERE time >= $from AND time <= $to GROUP BY time($step)', 'no-data'],
  ])('%s', async (...[, query, kind]) => {
    expect(await read(query)).toMatchObject({ points: [], conditions: [{ kind }] });
  });

  test('what it refuses is told in its words', async () => {
    await expect(read('SELEC mean($from) $to')).rejects.toThrow(/refuses the query.*found SELEC/s);
    await expect(read('SELECT mean("p95") INTO "copy" FROM "web"."autogen"."latency" WHERE time >= $from AND time <= $to')).rejects.toThrow(/refuses/);
    await expect(read('SELECT 1 WHERE time >= $from AND time <= $to', { password: 'wrong-password' })).rejects.toThrow(/refuses the token \(401\)/);
  });
});
