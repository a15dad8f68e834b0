// Measures whether a long past costs anything: `npm run bench:records -- [few] [many]`. Two stores on one PostgreSQL, asked in turn, so that whatever else the machine does falls on both.
import { openQueue } from '../app/jobs/queue.ts';
import { findMissingLocks } from '../app/jobs/missing-locks.ts';
import { callDue } from '../app/ledger/due.ts';
import { readFigures } from '../app/ledger/figures.ts';
import { migrate, openPostgres } from '../app/store/database.ts';
import { forgetOld } from '../app/store/retention.ts';
import { startPostgres } from '../test/app/postgres.ts';
import { compareInTurn } from './app-compare.ts';
import type { Store } from './app-compare.ts';
import { passDeliveries } from './app-delivery.ts';
import { seededRepo, seedRecords, seedWaiting } from './app-seed.ts';

const ROUNDS = 30;
const PASSED = 64;
const WAITING = 100_000;

const [few = 10_000, many = 1_000_000] = process.argv.slice(2).map(Number);
const postgres = await startPostgres();
let number = 2_000_000;
const NOTHING = () => Promise.resolve({ status: 200, headers: {}, body: [] });
const take = (count: number): readonly number[] => Array.from({ length: count }, () => (number += 1));

const MEASURED: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  [`${PASSED} deliveries`]: (store) => passDeliveries(store, take(PASSED)),
  'a delivery alone': (store) => passDeliveries(store, take(1)),
  'the clock': (store) => callDue(store, new Date()),
  'the sweep of a repository': ({ db }) => findMissingLocks(NOTHING, seededRepo(3), { db, installation: 4, now: new Date() }),
  'a scrape': ({ db, queue }) => Promise.all([queue.depth(), readFigures(db, new Date())]),
  'retention, nothing to do': ({ db }) => forgetOld(db, { now: new Date(), days: 30 }),
};

try {
  const small = await storeWith(few);
  const large = await storeWith(many);
  console.log(`medians of ${ROUNDS} rounds, ms: ${few} records, ${many} records`);
  for (const [name, work] of Object.entries(MEASURED)) await compareInTurn(name, work, { small, large, rounds: ROUNDS });
  await seedWaiting(large.db, WAITING);
  await seedWaiting(small.db, WAITING);
  console.log(`with ${WAITING} deliveries waiting:`);
  const { 'a scrape': scrape } = MEASURED;
  if (scrape !== undefined) await compareInTurn('a scrape', scrape, { small, large, rounds: ROUNDS });
  for (const { db, queue } of [small, large]) {
    await queue.stop();
    await db.destroy();
  }
} finally {
  await postgres.stop();
}

async function storeWith(records: number): Promise<Store> {
  const database = await openPostgres(await postgres.database());
  await migrate(database.db);
  await seedRecords(database.db, records);
  return { db: database.db, queue: await openQueue(database, (error) => console.error(error.message)) };
}
