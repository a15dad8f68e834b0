// Restores a backup into an empty database: all of it or nothing. Older ones are brought forward.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { SetupError } from '../../src/errors.ts';
import { storeOrSetAside } from '../inbox/set-aside.ts';
import { openQueue } from '../jobs/queue.ts';
import { requeueLost } from '../jobs/requeue.ts';
import { migrate, stepsOf } from '../store/database.ts';
import type { Database, Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { readBackup } from './format.ts';
import type { Head, Row } from './format.ts';
import { tablesOf } from './tables.ts';
import type { Counts } from './write.ts';

/** Of one statement: rows, and characters, however large a row is. */
const MOST = { rows: 200, size: 16 * 1024 * 1024 };
/** Frames of an intake that are sorted at once. */
const FRAMES = 16;

/** Reads the whole file and changes nothing. @throws SetupError where it could not be restored */
export async function inspectBackup(file: string): Promise<{ readonly head: Head; readonly counts: Counts }> {
  const { head, rows } = await beginReading(file);
  const counts: Record<string, number> = {};
  for await (const { table } of rows) counts[table] = (counts[table] ?? 0) + 1;
  return { head, counts };
}

/** Fills the database, in one transaction that is kept only if the backup is whole to its end; then what is open has its jobs again. @throws SetupError where nothing was changed */
export async function restoreBackup(database: Database, file: string): Promise<Counts> {
  const { head, rows } = await beginReading(file);
  const counts: Record<string, number> = {};
  await database.db.transaction().execute(async (trx) => {
    await requireEmpty(trx);
    await makeSchema(trx, head);
    for await (const batch of batchesOf(rows)) {
      await insertRows(trx, batch);
      for (const { table } of batch) counts[table] = (counts[table] ?? 0) + 1;
    }
    await moveSequences(trx);
    await migrate(trx);
    await sortIntake(trx);
  });
  await giveJobs(database);
  return counts;
}

/** What is no backup, or one of a newer version, is refused by its head. */
async function beginReading(file: string): Promise<{ readonly head: Head; readonly rows: AsyncIterable<Row> }> {
  const parts = readBackup(file);
  const { value: head } = await parts.next();
  return { head: head as Head, rows: parts as AsyncIterable<Row> };
}

/** To the step that the rows have; the later ones then find them. */
async function makeSchema(trx: Transaction<Tables>, { migrations }: Head): Promise<void> {
  const done = await stepsOf(trx);
  if (done.length > migrations.length) {
    throw new SetupError(`The backup is of an older schema (${migrations.length} steps) than the database has (${done.length})`, 'Restore it into a database that no App was started on: it is then brought forward. Nothing was changed.');
  }
  await migrate(trx, migrations.at(-1));
}

async function requireEmpty(db: Db): Promise<void> {
  for (const table of await tablesOf(db)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) throw new SetupError(`The database is not empty: ${table} has rows`, 'Make a new database (or name a new DATA_FOLDER), restore into it, and start the App on it. Nothing was changed.');
  }
}

async function* batchesOf(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  let size = 0;
  for await (const row of rows) {
    if (batch[0] !== undefined && (batch.length === MOST.rows || size + row.row.length > MOST.size || batch[0].table !== row.table)) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(row);
    size += row.row.length;
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

/** What lay in an intake is sorted here, since the embedded database has none. */
async function sortIntake(trx: Transaction<Tables>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ frame: Buffer }>`delete from intake where id in (select id from intake order by id limit ${FRAMES}) returning frame`.execute(trx);
    for (const { frame } of rows) await storeOrSetAside(trx, NO_QUEUE, frame);
    if (rows.length < FRAMES) return;
  }
}

/** There is none yet: every open key gets its job at the end. */
const NO_QUEUE = { enqueue: () => Promise.resolve() };

/** Were it killed before this, the App would do so at its start. */
async function giveJobs(database: Database): Promise<void> {
  const queue = await openQueue(database, () => undefined);
  try {
    await database.db.transaction().execute((trx) => requeueLost(trx, queue, new Date()));
  } finally {
    await queue.stop();
  }
}
