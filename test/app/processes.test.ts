// How many processes share the work: GitHub's limits are divided among them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueue } from '../../app/jobs/queue.ts';
import { migrate, openPostgres } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

describe.skipIf(!HAS_POSTGRES)('on one PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 180_000);
  afterAll(() => postgres?.stop());

  test('each counts those that are there, itself included', async () => {
    const url = await postgres.database();
    const open = async () => {
      const database = await openPostgres(url);
      await migrate(database.db);
      return { database, queue: await openQueue(database, () => undefined) };
    };
    const one = await open();
    expect(await one.queue.processes()).toBe(1);
    const two = await open();
    expect([await one.queue.processes(), await two.queue.processes()]).toEqual([2, 2]);
    await two.queue.stop();
    expect(await one.queue.processes()).toBe(1);
    await one.queue.stop();
    for (const { database } of [one, two]) await database.close();
  }, 60_000);
});
