// The database's host vanishes without a word, and another answers at its address: what waits is given up, what comes after goes on.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIntake } from '../../app/inbox/intake.ts';
import { migrate, openPostgres } from '../../app/store/database.ts';
import { openPool } from '../../app/store/pool.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

/** GitHub waits for its answer so long. */
const GITHUB_MS = 10_000;

let postgres: Postgres;
let target: URL;
let way: Server;
const pairs: [Socket, Socket][] = [];
beforeAll(async () => {
  if (!HAS_POSTGRES) return;
  postgres = await startPostgres();
  target = new URL(await postgres.database());
  const database = await openPostgres(target.href);
  await migrate(database.db);
  await database.close();
  way = createServer((from) => {
    const to = connect(Number(target.port), target.hostname);
    for (const socket of [from, to]) socket.on('error', () => undefined);
    from.pipe(to).pipe(from);
    pairs.push([from, to]);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
}, 240_000);
afterAll(async () => {
  if (!HAS_POSTGRES) return;
  for (const socket of pairs.flat()) socket.destroy();
  way.close();
  await postgres.stop();
});

const urlOverWay = (): string => {
  const url = new URL(target.href);
  url.port = String((way.address() as AddressInfo).port);
  return url.href;
};

/** What is connected hears nothing more, not even an end; who connects anew does. */
function fallSilent(): void {
  for (const [from, to] of pairs.splice(0)) {
    from.unpipe(to);
    to.unpipe(from);
    from.pause();
    to.destroy();
  }
}

describe.runIf(HAS_POSTGRES)('a database that falls silent', () => {
  test('is given up by the door while GitHub still waits, also by those behind', async () => {
    const intake = await openIntake(urlOverWay());
    await intake.keep(Buffer.from('a'), 1);
    fallSilent();
    const began = performance.now();
    await expect(intake.keep(Buffer.from('b'), 1)).rejects.toThrow('the database: no answer');
    await intake.keep(Buffer.from('c'), 1);
    expect(performance.now() - began).toBeLessThan(GITHUB_MS);
    await intake.close();
  });

  test('is given up in a transaction too, and the connection with it', async () => {
    const pool = await openPool({ connectionString: urlOverWay(), max: 1 }, { connectMs: 10_000, silenceMs: () => 1500 });
    const client = await pool.connect();
    await client.query('begin');
    fallSilent();
    await expect(client.query('select 1')).rejects.toThrow('the database: no answer');
    client.release();
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  test('is not who has nothing to say: between queries, and for who waits as long as it takes', async () => {
    let silenceMs = 1000;
    const pool = await openPool({ connectionString: urlOverWay(), max: 1 }, { connectMs: 10_000, silenceMs: () => silenceMs });
    const client = await pool.connect();
    await client.query('begin');
    await new Promise((resolve) => void setTimeout(resolve, 2000));
    await client.query('commit');
    silenceMs = 0;
    await client.query('select pg_sleep(2)');
    silenceMs = 1000;
    await expect(client.query('select pg_sleep(5)')).rejects.toThrow('the database: no answer');
    client.release();
    await pool.end();
  });
});
