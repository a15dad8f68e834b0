// A store of each earlier version is brought forward with all that lies in it, by one process or several at once; one of a newer version is left alone.
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { tablesOf } from '../../app/backup/tables.ts';
import { isMigrated, migrate, openEmbedded, openPostgres, stepsOf } from '../../app/store/database.ts';
import type { Database, Db } from '../../app/store/database.ts';
import { MIGRATIONS } from '../../app/store/migrations.ts';
import { usePlaces } from './own-store.ts';
import { HAS_POSTGRES } from './postgres.ts';

const { root, postgres } = usePlaces('upgrade');

const STEPS = Object.keys(MIGRATIONS);

/** What an App of that version may have written, table by table, in the columns that the table had when it was made. */
const ROWS: Readonly<Record<string, string>> = {
  delivery: `insert into delivery values ('d1', '2026-03-02T09:00:00Z', 'pull_request', 'opened', 'ana', 7, 'acme/shop#1', '\\x01', null, null), ('d2', '2026-03-01T09:00:00Z', 'push', null, null, null, null, null, '2026-03-01T09:00:00Z', 'ignored')`,
  check_run: `insert into check_run values ('acme/shop', repeat('a', 40), 9007199254740993, 'sha256:x', '2026-03-02T09:00:00Z')`,
  audit: `insert into audit (at, delivery, actor, subject, what, detail) values ('2026-03-02T09:00:00Z', 'd1', 'ana', 'acme/shop#1', 'gated', '{"verdict": "pass"}')`,
  intake: `insert into intake (received_at, deliveries, frame) values ('2026-03-02T09:00:00Z', 1, '\\x02')`,
  bet: `insert into bet values ('acme/shop', 'acme/shop#1', 7, 'Scale', 'measuring', true, 'improve', false, 'ana', 1, 2, '2026-03-02T09:00:00Z', '2026-03-09T09:00:00Z', '2026-03-02T09:00:00Z')`,
  verdict: `insert into verdict values ('acme/shop', 'acme/shop#1', 'validated', '2026-03-09T09:00:00Z', false, 1, 2)`,
  decision: `insert into decision values ('acme/shop', 'acme/shop#1', 'keep', 'ana', null, '2026-03-10T09:00:00Z')`,
  waiver: `insert into waiver values ('acme/shop', 3, 7, 'ben', 'the sale', '2026-03-02T09:00:00Z', null, '2026-03-02T09:00:00Z')`,
  merged_change: `insert into merged_change values ('acme/shop', 1, 'acme/shop#1', '2026-03-02T09:00:00Z')`,
  appointment: `insert into appointment values ('acme/shop', 'acme/shop#1', 7, null, '2026-03-09T09:00:00Z', null)`,
  round: `insert into round values ('sweep', '2026-03-02T09:00:00Z', null)`,
  set_aside: `insert into set_aside (at, frame, why) values ('2026-03-02T09:00:00Z', '\\x03', 'd3: rotten')`,
  look: `insert into look values ('acme/shop', 'merges', 7, 'acme', 'shop', 'sweep', '{1,2}', 1, '2026-03-02T09:00:00Z')`,
  link: `insert into link values ('acme/shop', 4, 'acme/bets#12', 7, '2026-03-02T09:00:00Z')`,
};

async function fill(db: Db): Promise<readonly string[]> {
  const tables = await tablesOf(db);
  for (const table of tables) await sql.raw(ROWS[table] ?? `no row for ${table}`).execute(db);
  return tables;
}

const rowsOf = async (db: Db, tables: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> => Object.fromEntries(await Promise.all(tables.map(async (table) => [table, (await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table)} as t order by 1`.execute(db)).rows.map(({ row }) => row)] as const)));

async function expectForward(database: Database, forward: () => Promise<unknown>): Promise<void> {
  const { db } = database;
  const tables = await fill(db);
  const before = await rowsOf(db, tables);
  await forward();
  expect(await stepsOf(db)).toEqual(STEPS);
  expect(await isMigrated(db)).toBe(true);
  const after = await rowsOf(db, tables);
  // A later version may know more of a row, never less.
  const read = (rows: readonly string[] = []): readonly object[] => rows.map((row) => JSON.parse(row) as object);
  for (const table of tables) expect(read(after[table]), table).toMatchObject(read(before[table]));
}

describe.skipIf(!HAS_POSTGRES).each(STEPS)('a PostgreSQL at %s', (step) => {
  test('comes forward with its rows, although four processes begin at once', async () => {
    const url = (await postgres()?.database()) ?? '';
    const processes = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)));
    const [first] = processes;
    if (first === undefined) throw new Error('no process');
    await migrate(first.db, step);
    await expectForward(first, () => Promise.all(processes.map(({ db }) => migrate(db))));
    for (const { close } of processes) await close();
  }, 60_000);
});

test('an embedded database of the first version comes forward with its rows', async () => {
  const folder = join(root, 'embedded');
  const old = await openEmbedded(folder);
  await migrate(old.db, STEPS[0]);
  await expectForward(old, () => migrate(old.db));
  await old.close();
}, 60_000);

test.skipIf(!HAS_POSTGRES)('a store of a newer version is refused, and nothing in it is touched', async () => {
  const database = await openPostgres((await postgres()?.database()) ?? '');
  await migrate(database.db);
  const tables = await fill(database.db);
  const before = await rowsOf(database.db, tables);
  await sql`insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', now())`.execute(database.db);
  await expect(migrate(database.db)).rejects.toThrow('written by a newer Yardstick');
  expect(await rowsOf(database.db, tables)).toEqual(before);
  await database.close();
}, 60_000);
