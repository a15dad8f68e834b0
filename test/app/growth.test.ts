// A long past costs nothing: no query of a delivery, of the clock, of the sweep or of a scrape reads through a table that grows, and what is too old goes in batches.
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findMissingLocks } from '../../app/jobs/missing-locks.ts';
import { openQueue } from '../../app/jobs/queue.ts';
import type { Queue } from '../../app/jobs/queue.ts';
import { callDue } from '../../app/ledger/due.ts';
import { readFigures } from '../../app/ledger/figures.ts';
import { followUnseen } from '../../app/ledger/moves.ts';
import { isMigrated, migrate } from '../../app/store/database.ts';
import type { Db } from '../../app/store/database.ts';
import { forgetOld } from '../../app/store/retention.ts';
import { passDeliveries } from '../../bench/app-delivery.ts';
import { seededRepo, seedRecords, seedWaiting } from '../../bench/app-seed.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

const RECORDS = 50_000;
const GROWING = ['delivery', 'check_run', 'audit', 'bet', 'verdict', 'decision', 'waiver', 'merged_change', 'appointment'];

let postgres: Postgres;
let pool: Pool;
let db: Db;
let queue: Queue;
const asked: CompiledQuery[] = [];

beforeAll(async () => {
  if (!HAS_POSTGRES) return;
  postgres = await startPostgres();
  pool = new Pool({ connectionString: await postgres.database(), max: 4 });
  pool.on('error', () => undefined);
  db = new Kysely({ dialect: new PostgresDialect({ pool }), log: ({ query }) => void asked.push(query) });
  await migrate(db);
  await seedRecords(db, RECORDS);
  const forQueue = { db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) }, backend: 'postgres' as const };
  queue = await openQueue({ db, forQueue, settle: null, expectAnswers: () => undefined, close: () => db.destroy() }, () => undefined);
}, 180_000);
afterAll(async () => {
  await queue?.stop();
  await db?.destroy();
  await postgres?.stop();
});

const ONE_MERGED = () => Promise.resolve({ status: 200, headers: {}, body: [{ number: 1, title: 'Scale', body: '', merged_at: new Date().toISOString(), updated_at: new Date().toISOString(), merge_commit_sha: 'a'.repeat(40) }] });
const NOTHING = () => Promise.resolve({ status: 200, headers: {}, body: [] });

test.skipIf(!HAS_POSTGRES).each<[string, () => Promise<unknown>]>([
  ['a delivery', () => passDeliveries({ db, queue }, [900_001, 900_002, 900_003])],
  ['the clock', () => callDue({ db, queue }, new Date())],
  ['the sweep of a repository', () => findMissingLocks(ONE_MERGED, seededRepo(3), { db, installation: 4, now: new Date() })],
  ['the look for repositories that moved', () => followUnseen([], { db, transport: NOTHING, installation: 4, isolate: (_, part) => part() })],
  ['a scrape', () => Promise.all([queue.depth(), readFigures(db, new Date())])],
  ['the probe', () => isMigrated(db)],
  ['retention that finds nothing', () => forgetOld(db, { now: new Date(), days: 30 })],
  ['retention that finds something', () => forgetOld(db, { now: new Date(), days: 24 })],
])('%s reads through no table that grows', async (_, work) => {
  asked.length = 0;
  await work();
  const plans = await explainAll(asked.filter(({ sql: text }) => /\b(select|insert|update|delete)\b/i.test(text)));
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.filter(({ scanned }) => scanned.length > 0)).toEqual([]);
});

test.skipIf(!HAS_POSTGRES)('finds such a query where there is one', async () => {
  const [plan] = await explainAll([sql`select count(*) from delivery where action = 'opened'`.compile(db)]);
  expect(plan?.scanned).toEqual(['delivery']);
});

test.skipIf(!HAS_POSTGRES)('what is old and worked off goes, in batches; what is open, and the audit trail, stay', async () => {
  await seedWaiting(db, 10);
  await sql`update delivery set received_at = now() - interval '90 days' where done_at is null`.execute(db);
  asked.length = 0;
  const gone = await forgetOld(db, { now: new Date(), days: 20 });
  expect(gone).toBeGreaterThan(5_000);
  expect(asked.filter(({ sql: text }) => text.includes('delete from delivery')).length).toBe(Math.floor(gone / 1000) + 1);
  const { rows: [left] } = await sql<Record<string, string>>`select
    (select count(*) from delivery where done_at is not null and received_at < now() - interval '20 days') as old,
    (select count(*) from delivery where done_at is null) as open, (select count(*) from audit where subject like 'acme-%') as trail`.execute(db);
  expect(left).toMatchObject({ old: '0', open: '10' });
  expect(Number(left?.['trail'])).toBeGreaterThanOrEqual(RECORDS);
});

test.skipIf(!HAS_POSTGRES)('checks go when GitHub has let go of them, and not before', async () => {
  const old = sql.raw("now() - interval '1 hour' - interval '1 day' * (405 + n)");
  await sql`insert into check_run (repo, head_sha, id, digest, posted_at) select 'acme-1/shop', 'old-' || n, n, 'x', ${old} from generate_series(1, 10) as n`.execute(db);
  await forgetOld(db, { now: new Date(), days: 20 });
  const { rows } = await sql<{ sha: string }>`select head_sha as sha from check_run where head_sha like 'old-%' order by 1`.execute(db);
  expect(rows.map(({ sha }) => sha)).toEqual(['old-1', 'old-2', 'old-3', 'old-4']);
});

test.skipIf(!HAS_POSTGRES)('rows that another replica holds are not waited for', async () => {
  await db.transaction().execute(async (other) => {
    await sql`select 1 from delivery where done_at is not null order by received_at limit 10 for update`.execute(other);
    expect(await forgetOld(db, { now: new Date(), days: 15 })).toBeGreaterThan(1_000);
  });
  expect(await forgetOld(db, { now: new Date(), days: 15 })).toBe(10);
});

/** What each query would read from end to end. */
async function explainAll(queries: readonly CompiledQuery[]): Promise<readonly { readonly query: string; readonly scanned: readonly string[] }[]> {
  const plans = [];
  for (const { sql: text, parameters } of queries) {
    const { rows: [row] } = await pool.query<{ 'QUERY PLAN': readonly unknown[] }>(`explain (format json) ${text}`, [...parameters]);
    plans.push({ query: text, scanned: scansOf(row?.['QUERY PLAN'][0]).filter((table) => GROWING.includes(table)) });
  }
  return plans;
}

function scansOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { 'Node Type': kind, 'Relation Name': table } = node as { readonly 'Node Type'?: string; readonly 'Relation Name'?: string };
  return [...(kind === 'Seq Scan' && table !== undefined ? [table] : []), ...Object.values(node).flatMap(scansOf)];
}
