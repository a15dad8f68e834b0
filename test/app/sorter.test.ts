// What the doors commit is sorted into the store, whatever is in it, and by several replicas at once.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyDatabase } from '../../app/backup/verify.ts';
import type { Delivery } from '../../app/inbox/delivery.ts';
import { decodeFrame, encodeFrame } from '../../app/inbox/frame.ts';
import { startSorter } from '../../app/inbox/intake.ts';
import { storeFrames } from '../../app/inbox/set-aside.ts';
import { storeDeliveries } from '../../app/inbox/store.ts';
import { openQueue } from '../../app/jobs/queue.ts';
import type { Queue } from '../../app/jobs/queue.ts';
import { migrate, openPostgres } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { until } from './running-app.ts';

const opened = (number: number, more: object = {}) => ({ action: 'opened', number, pull_request: { number, head: { sha: 'a'.repeat(40) }, base: { ref: 'main', sha: 'b'.repeat(40) } }, repository: { id: 3, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, installation: { id: 7 }, sender: { login: 'ana' }, ...more });
const delivery = (id: string, payload: object, event = 'pull_request'): Delivery => ({ id, event, receivedAt: new Date().toISOString(), payload: Buffer.from(JSON.stringify(payload)) });

describe.skipIf(!HAS_POSTGRES)('on PostgreSQL', () => {
  let postgres: Postgres;
  let database: Database;
  let queue: Queue;
  beforeAll(async () => {
    postgres = await startPostgres();
    database = await openPostgres(await postgres.database());
    await migrate(database.db);
    queue = await openQueue(database, () => undefined);
  }, 120_000);
  beforeEach(async () => {
    await sql`delete from delivery`.execute(database.db);
    await sql`delete from intake`.execute(database.db);
    await sql`delete from set_aside`.execute(database.db);
    await sql`delete from pgboss.job where name = 'work'`.execute(database.db);
  });
  afterAll(async () => {
    await queue.stop();
    await database.close();
    await postgres.stop();
  });

  const keep = (frame: Buffer, deliveries = 1) => database.db.insertInto('intake').values({ received_at: new Date(), deliveries, frame }).execute();
  const ids = async () => (await database.db.selectFrom('delivery').select('id').orderBy('id').execute()).map(({ id }) => id);
  /** Sorts until so many are stored, or for five seconds; resolves with the lines that were logged. */
  const sort = async (count: number): Promise<readonly string[]> => {
    const lines: string[] = [];
    const sorter = startSorter({ db: database.db, queue, log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }), isCrowded: () => false, onSorted: () => undefined });
    await until(ids, ({ length }) => length >= count, 5000);
    await sorter.stop();
    return lines;
  };

  test('a NUL in what GitHub signed is left out', async () => {
    await keep(await encodeFrame([delivery('sender', opened(1, { sender: { login: 'a\0b' } })), delivery('action', opened(2, { action: 'open\0ed' })), delivery('name', opened(3, { repository: { name: 'sh\0op', owner: { login: 'acme' } } })), delivery('plain', opened(4))]), 4);
    expect(await sort(4)).toEqual([]);
    const rows = await database.db.selectFrom('delivery').select(['id', 'action', 'sender', 'work_key']).orderBy('id').execute();
    expect(rows).toMatchObject([{ id: 'action', action: 'opened' }, { id: 'name' }, { id: 'plain', work_key: 'acme/shop#4' }, { id: 'sender', sender: 'ab', work_key: 'acme/shop#1' }]);
  });

  const aside = async () => (await database.db.selectFrom('set_aside').select(['frame', 'why']).orderBy('id').execute()).map(({ frame, why }) => ({ frame: Buffer.from(frame), why }));

  test('a frame that cannot be read is set aside, and told; those behind it are sorted', async () => {
    await keep(Buffer.from('rotten'));
    for (const number of [1, 2]) await keep(await encodeFrame([delivery(`d${number}`, opened(number))]));
    const lines = await sort(2);
    expect(await ids()).toEqual(['d1', 'd2']);
    expect(await aside()).toEqual([{ frame: Buffer.from('rotten'), why: expect.any(String) }]);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, msg: expect.stringContaining('set aside') });
    expect((await verifyDatabase(database.db)).findings).toMatchObject([{ what: expect.stringContaining('1 webhooks or batches of them could not be stored') }]);
    expect((await database.db.selectFrom('intake').selectAll().execute())).toEqual([]);
  });

  test('of a frame the deliveries that the database refuses are set aside, no others', async () => {
    // Not what GitHub sends: an id that no index can hold.
    const endless = randomBytes(6000).toString('hex');
    const frame = await encodeFrame([delivery('d1', opened(1)), delivery(endless, opened(2)), delivery('d3', opened(3))]);
    await keep(frame, 3);
    await sort(2);
    expect(await ids()).toEqual(['d1', 'd3']);
    const [only, ...others] = await aside();
    expect(others).toEqual([]);
    expect(decodeFrame(only?.frame ?? frame).map(({ id }) => id)).toEqual([endless]);
    // The same where no intake is.
    await sql`delete from delivery`.execute(database.db);
    const lines: string[] = [];
    await storeFrames({ db: database.db, queue, log: pino({}, { write: (line: string) => void lines.push(line) }) }, [frame]);
    expect([await ids(), lines.length]).toEqual([['d1', 'd3'], 1]);
  });

  test('what a database that is going away does not take is not set aside', async () => {
    const shutting = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
    const gone: Queue = { ...queue, enqueue: () => Promise.reject(shutting) };
    const frame = await encodeFrame([delivery('d1', opened(1))]);
    await expect(storeFrames({ db: database.db, queue: gone, log: pino({ level: 'silent' }) }, [frame])).rejects.toBe(shutting);
    expect([await ids(), await aside()]).toEqual([[], []]);
  });

  test('replicas that store the same pull requests in another order never wait for each other crosswise', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
    let failed = 0;
    const replica = async (name: string, order: readonly number[]) => {
      for (let round = 0; round < 40; round += 1) {
        const batch = order.map((number) => delivery(`${name} ${round} ${number}`, opened(number)));
        await database.db.transaction().execute((trx) => storeDeliveries(trx, queue, batch)).catch(() => (failed += 1));
        if (name === 'a') await sql`delete from pgboss.job where name = 'work'`.execute(database.db).catch(() => undefined);
      }
    };
    await Promise.all([replica('a', numbers), replica('b', numbers.toReversed())]);
    expect(failed).toBe(0);
  });
});
