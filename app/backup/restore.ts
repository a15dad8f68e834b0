// Restores a backup into an empty database: all of it or nothing. Older ones are brought forward.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { SetupError } from '../../src/errors.ts';
import { decodeFrame } from '../inbox/frame.ts';
import { storeDeliveries } from '../inbox/store.ts';
import { openQueue } from '../jobs/queue.ts';
import { requeueLost } from '../jobs/requeue.ts';
import { migrate, stepsOf } from '../store/database.ts';
import type { Database, Db } from '../store/database.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import type { Tables } from '../store/tables.ts';
import { readBackup } from './format.ts';
import type { Head, Row } from './format.ts';
import { tablesOf } from './tables.ts';
import type { Counts } from './write.ts';

/** Rows in one statement. */
const ROWS = 200;

/** Reads the whole file before anything is changed. */
export async function inspectBackup(file: string): Promise<{ readonly head: Head; readonly counts: Counts }> {
  let head: Head | null = null;
  const counts: Record<string, number> = {};
  for await (const part of readBackup(file)) {
    if ('format' in part) head = part;
    else counts[part.table] = (counts[part.table] ?? 0) + 1;
  }
  const unknown = head?.migrations.find((name) => !Object.hasOwn(MIGRATIONS, name));
  if (head === null || unknown !== undefined) throw new SetupError(`${file} was written by a newer Yardstick (step ${unknown})`, 'Restore it with that version, or a later one.');
  return { head, counts };
}

/** Fills the database; deliveries that were open have their jobs again. */
export async function restoreBackup(database: Database, file: string): Promise<Counts> {
  const { head, counts } = await inspectBackup(file);
  const { db } = database;
  await requireEmpty(db);
  await makeSchema(db, head);
  await db.transaction().execute(async (trx) => {
    for await (const rows of batches(file)) await insertRows(trx, rows);
    await moveSequences(trx);
  });
  await migrate(db);
  await reopen(database);
  return counts;
}

/** To the step that the rows have; the later ones then find them. */
async function makeSchema(db: Db, { migrations }: Head): Promise<void> {
  const done = await stepsOf(db);
  if (done.length > 0 && done.length !== migrations.length) {
    throw new SetupError(`The backup is of an older schema (${migrations.length} steps) than the database has (${done.length})`, 'Restore it into a database that no App was started on: it is then brought forward. Nothing was changed.');
  }
  await migrate(db, migrations.at(-1));
}

async function requireEmpty(db: Db): Promise<void> {
  for (const table of await tablesOf(db)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) throw new SetupError(`The database is not empty: ${table} has rows`, 'Make a new database (or name a new DATA_FOLDER), restore into it, and start the App on it. Nothing was changed.');
  }
}

async function* batches(file: string): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for await (const part of readBackup(file)) {
    if ('format' in part) continue;
    if (batch.length === ROWS || (batch[0] !== undefined && batch[0].table !== part.table)) {
      yield batch;
      batch = [];
    }
    batch.push(part);
  }
  if (batch.length > 0) yield batch;
}

async function insertRows(trx: Transaction<Tables>, rows: readonly Row[]): Promise<void> {
  const table = sql.table(rows[0]?.table ?? '');
  await sql`insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, ${`[${rows.map(({ row }) => row).join(',')}]`}::json)`.execute(trx);
}

/** Numbers that the database gives go on after those that are there. */
async function moveSequences(trx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns where table_schema = current_schema() and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows) {
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.ref(column)}), 0) + 1, false) from ${sql.table(table)}`.execute(trx);
  }
}

/** What lay in an intake is sorted here, since the embedded database has none; every open key gets its job. */
async function reopen(database: Database): Promise<void> {
  const queue = await openQueue(database, () => undefined);
  try {
    await database.db.transaction().execute(async (trx) => {
      const frames = await trx.deleteFrom('intake').returning('frame').execute();
      for (const { frame } of frames) await storeDeliveries(trx, queue, decodeFrame(frame));
      await requeueLost(trx, queue, new Date());
    });
  } finally {
    await queue.stop();
  }
}
