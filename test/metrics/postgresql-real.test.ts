// Against a real PostgreSQL: the provider gives back the rows that were written, binds the range, and can't be made to write.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { createProvider } from '../../src/metrics/registry.ts';
import type { Series } from '../../src/ports/metrics.ts';
import { freePort, installed, openWorkshop, until } from './real-server.ts';
import { sourceAt } from './vendors.ts';

/** Debian keeps each version's programs in a folder of its own, and `initdb` off the PATH. */
const folders = ((): readonly string[] => {
  try {
    return readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin/`);
  } catch {
    return [];
  }
})();
const bin = folders[0] ?? '';
const present = installed('PostgreSQL', [[`${bin}initdb`, '--version'], [`${bin}postgres`, '--version'], ['openssl', 'version']], 'postgresql openssl');

const end = Date.parse('2026-03-01T10:00:00Z') / 1000;
const begin = end - 7 * 86_400;
const times = Array.from({ length: (end - begin) / 300 }, (_, i) => begin + i * 300).filter((time) => time < end - 20_000 || time >= end - 9200);
const value = (time: number): number => Math.round(10_000 + 5000 * Math.sin(time / 13_751)) / 100;
const ranged = 'WHERE at >= $1 AND at <= $2';

/** PostgreSQL refuses to run as root: then it runs as its own user. */
const asRoot = process.getuid?.() === 0;
const run = (program: string, args: readonly string[]): readonly [string, readonly string[]] => (asRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]);

describe.skipIf(!present)('a real PostgreSQL', () => {
  const workshop = openWorkshop('postgresql');
  let port = 0;

  beforeAll(async () => {
    const { folder } = workshop;
    const data = join(folder, 'data');
    if (asRoot) {
      const [user = '0', group = '0'] = ['-u', '-g'].map((flag) => execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
      chownSync(folder, Number(user), Number(group));
    }
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'password'), 'secret');
    const exec = (program: string, args: readonly string[]): void => void execFileSync(...(run(program, args) as [string, string[]]), { stdio: 'ignore', cwd: folder });
    exec(`${bin}initdb`, ['-D', data, '-U', 'boss', '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`, '--no-sync', '-E', 'UTF8', '--locale=C']);
    exec('openssl', ['req', '-new', '-x509', '-days', '1', '-nodes', '-subj', '/CN=localhost', '-out', join(data, 'server.crt'), '-keyout', join(data, 'server.key')]);
    port = await freePort();
    workshop.start(...(run(`${bin}postgres`, ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'ssl=on', '-c', 'TimeZone=Asia/Tokyo', '-c', 'DateStyle=German'])), { cwd: folder });
    await until('PostgreSQL answers', load);
  });
  afterAll(workshop.close);

  async function load(): Promise<boolean> {
    const client = new Client({ host: '127.0.0.1', port, user: 'boss', password: 'secret', database: 'postgres' });
    await client.connect();
    try {
      await client.query(`CREATE TABLE latency (at timestamptz, wall timestamp, epoch bigint, ms double precision);
        CREATE ROLE reader LOGIN PASSWORD 'a/b@c'; GRANT SELECT, INSERT ON latency TO reader`);
      await client.query("INSERT INTO latency SELECT to_timestamp(t), to_timestamp(t) AT TIME ZONE 'UTC', t, v FROM unnest($1::bigint[], $2::float8[]) AS rows(t, v)", [times, times.map(value)]);
      return true;
    } finally {
      await client.end();
    }
  }

  const read = (query: string, said: { readonly password?: string; readonly database?: string; readonly mode?: string; readonly timeout?: number } = {}): Promise<Series> => createProvider(
    sourceAt(`postgres://reader:\${YARDSTICK_PASSWORD}@127.0.0.1:${port}/${said.database ?? 'postgres'}?sslmode=${said.mode ?? 'disable'}`, { type: 'postgresql', headers: new Map() }),
    { env: { YARDSTICK_PASSWORD: said.password ?? 'a/b@c' }, readFile: async () => '', timeout: said.timeout ?? 20 },
  ).readSeries({ query, from: begin, to: end, step: 300, now: end });

  test.each([
    ['instants with a zone', `SELECT at, ms FROM latency ${ranged}`],
    ['wall clock in UTC', 'SELECT wall, ms FROM latency WHERE wall >= $1 AND wall <= $2 ORDER BY random()'],
    ['epoch seconds', 'SELECT epoch, ms FROM latency WHERE to_timestamp(epoch) BETWEEN $1 AND $2;'],
    ['an expression with a name, and a comment at its end', `WITH all_of_it AS (SELECT at, ms FROM latency ${ranged}) SELECT at AS ts, ms::numeric AS value FROM all_of_it -- every row`],
  ])('every point: %s', async (...[, query]) => {
    const { points, step, conditions } = await read(query);
    expect(points).toEqual(times.map((time) => [time, value(time)]));
    expect([step, conditions]).toEqual([300, []]);
  });

  test('days', async () => {
    const { points, step } = await read(`SELECT at::date, count(*) FROM latency ${ranged} GROUP BY 1`);
    expect(step).toBe(86_400);
    expect(points.map(([time]) => time % 86_400)).toEqual(Array.from({ length: points.length }, () => 0));
    expect(points.reduce((sum, [, count]) => sum + count, 0)).toBe(times.filter((time) => time <= end - (end % 86_400) - 1).length - times.filter((time) => time < begin - (begin % 86_400) + 86_400).length);
  });

  test.each([
    ['null, NaN and infinite values are left out', `SELECT at, CASE extract(minute FROM at) WHEN 0 THEN NULL WHEN 5 THEN 'NaN' WHEN 10 THEN 'Infinity' ELSE ms END FROM latency ${ranged}`, 'dropped'],
    ['no rows', `SELECT at, ms FROM latency ${ranged} AND ms < 0`, 'no-data'],
    ['several columns', `SELECT at, min(ms), max(ms) FROM latency ${ranged} GROUP BY 1`, 'several-series'],
    ['several rows an instant', `SELECT date_trunc('day', at), ms FROM latency ${ranged}`, 'several-series'],
  ])('%s', async (...[, query, kind]) => {
    expect((await read(query)).conditions.map((condition) => condition.kind)).toContain(kind);
  });

  test.each<[name: string, query: string, kind: typeof SetupError | typeof TransientError, message: RegExp]>([
    ['no range', 'SELECT at, ms FROM latency', SetupError, /no range of time/],
    ['a wrong column', `SELECT at, mss FROM latency ${ranged}`, SetupError, /refuses the query \(42703\): column "mss" does not exist/],
    ['a statement that writes', 'INSERT INTO latency (at, wall) VALUES ($1, $2)', SetupError, /refuses the query \(42601\)/],
    ['a second statement', `SELECT at, ms FROM latency ${ranged}) AS x; DELETE FROM latency; SELECT * FROM (SELECT 1, 2`, SetupError, /refuses the query \(42601\)/],
    ['a function that writes', `SELECT at, nextval('s') FROM latency ${ranged}`, SetupError, /refuses the query/],
    ['a writing expression', `WITH gone AS (DELETE FROM latency ${ranged} RETURNING at, ms) SELECT * FROM gone`, SetupError, /refuses/],
    ['a table it may not read', `SELECT now(), 1 FROM pg_authid WHERE now() BETWEEN $1 AND $2`, SetupError, /permission denied/],
    ['a first column that is no time', `SELECT ms::text || 'x', ms FROM latency ${ranged}`, SetupError, /no instant/],
    ['one column', `SELECT at FROM latency ${ranged}`, SetupError, /one column/],
    ['too many rows', 'SELECT $1::timestamptz + n * interval \'1 second\', n FROM generate_series(1, 200001) n WHERE $2::timestamptz IS NOT NULL', SetupError, /more than 200000 rows/],
  ])('%s is told', async (...[, query, kind, message]) => {
    const error = await read(query).then(() => new Error('read after all'), (thrown: Error) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
  });

  test('a slow query is ended by the server', async () => {
    await expect(read('SELECT now(), pg_sleep(30)::text FROM latency WHERE at >= $1 AND at <= $2', { timeout: 1 })).rejects.toThrow(/gave no whole answer in time \(canceling statement due to statement timeout\)/);
  });

  test('the log-in', async () => {
    const wrong = await read(`SELECT at, ms FROM latency ${ranged}`, { password: 'wrong-password' }).catch((error: Error) => error);
    expect(wrong).toBeInstanceOf(SetupError);
    expect((wrong as Error).message).toMatch(/refuses the log-in \(28P01\)/);
    expect((wrong as Error).message).not.toContain('wrong-password');
    await expect(read(`SELECT at, ms FROM latency ${ranged}`, { database: 'none' })).rejects.toThrow(/refuses the log-in \(3D000\)/);
  });

  test('TLS: a certificate that nobody vouches for is refused, unless that was said', async () => {
    await expect(read(`SELECT at, ms FROM latency ${ranged}`, { mode: 'verify-full' })).rejects.toThrow(/no TLS that can be checked: self-signed certificate/);
    expect((await read(`SELECT at, ms FROM latency ${ranged}`, { mode: 'no-verify' })).points).toHaveLength(times.length);
  });

  test('a server that is not there may come back; a cloud’s own address never', async () => {
    const at = (url: string): Promise<Series> => createProvider(sourceAt(url, { type: 'postgresql' }), { env: {}, readFile: async () => '', timeout: 2 }).readSeries({ query: `SELECT ${ranged}`, from: begin, to: end, step: 300, now: end });
    await expect(at('postgres://x:y@127.0.0.1:9/z')).rejects.toThrow(TransientError);
    await expect(at('postgres://x:y@169.254.169.254/z')).rejects.toThrow(/cloud’s own services/);
    await expect(at('mysql://x:y@127.0.0.1/z')).rejects.toThrow(/starts with postgres:/);
  });
});
