// Measures what a long queue costs: `npm run bench:queue -- [few] [many]`. Two queues on one PostgreSQL, asked in turn, so that whatever else the machine does falls on both.
import { sql } from 'kysely';
import { openQueue } from '../app/jobs/queue.ts';
import { requeueLost } from '../app/jobs/requeue.ts';
import { migrate, openPostgres } from '../app/store/database.ts';
import { startPostgres } from '../test/app/postgres.ts';
import { compareInTurn } from './app-compare.ts';
import type { Store } from './app-compare.ts';
import { seedWaiting } from './app-seed.ts';

const ROUNDS = 20;
const INSTALLATIONS = 64;
const TAKEN = 8;
const AT_ONCE = 1000;

const [few = 2000, many = 100_000] = process.argv.slice(2).map(Number);
const held = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
let fresh = 0;

async function takeAndSettle({ db, queue }: Store, notOf: readonly number[]): Promise<void> {
  const jobs = await queue.take(TAKEN, notOf);
  if (jobs.length > 0) await db.transaction().execute((trx) => queue.complete(jobs, trx));
}

const MEASURED: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  [`${TAKEN} jobs taken and completed`]: (store) => takeAndSettle(store, []),
  'the same, four of 64 installations open': (store) => takeAndSettle(store, held(INSTALLATIONS - 4)),
  'a look while all are held': ({ queue }) => queue.take(TAKEN, held(INSTALLATIONS)),
  'one more job': ({ queue }) => queue.enqueue([{ key: `acme/new#${(fresh += 1)}`, installation: 1, urgent: false }]),
  'a scrape of depth and age': ({ queue }) => queue.depth(),
  'the sweep for work without a job': ({ db, queue }) => db.transaction().execute((trx) => requeueLost(trx, queue, new Date())),
};

const postgres = await startPostgres();
try {
  const small = await storeWith(few);
  const large = await storeWith(many);
  console.log(`medians of ${ROUNDS} rounds, ms: ${few} jobs waiting, ${many} jobs waiting`);
  for (const [name, work] of Object.entries(MEASURED)) await compareInTurn(name, work, { small, large, rounds: ROUNDS });
  for (const { db, queue } of [small, large]) {
    await queue.stop();
    await db.destroy();
  }
} finally {
  await postgres.stop();
}

async function storeWith(jobs: number): Promise<Store> {
  const database = await openPostgres(await postgres.database());
  const { db } = database;
  await migrate(db);
  const queue = await openQueue(database, (error) => console.error(error.message));
  await seedWaiting(db, jobs);
  const { rows } = await sql<{ key: string; installation: string }>`select work_key as key, installation from delivery where done_at is null`.execute(db);
  for (let from = 0; from < rows.length; from += AT_ONCE) await queue.enqueue(rows.slice(from, from + AT_ONCE).map(({ key, installation }) => ({ key, installation: Number(installation), urgent: false })));
  await sql`vacuum analyze`.execute(db);
  return { db, queue };
}
