// Writes a backup: every row of one instant, while the App goes on.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { FORMAT, VERSION, createSeal, rowLine } from './format.ts';
import type { Head } from './format.ts';
import { tablesOf } from './tables.ts';

/** Rows that are asked for at once. */
const FETCH = 500;

export type Counts = Readonly<Record<string, number>>;

/** Writes the file whole or not at all: beside its place first, then under its name. Readable by its owner alone. */
export async function writeBackup(db: Db, file: string, now: string): Promise<Counts> {
  const part = `${file}.part`;
  const counts: Record<string, number> = {};
  try {
    await db.transaction().setIsolationLevel('repeatable read').execute(async (trx) => {
      // Synced before it is closed: a name must never stand for half a file.
      await pipeline(linesOf(trx, { now, counts }), createZstdCompress(), createWriteStream(part, { mode: 0o600, flush: true }));
    });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return counts;
}

async function* linesOf(trx: Transaction<Tables>, { now, counts }: { readonly now: string; readonly counts: Record<string, number> }): AsyncGenerator<string> {
  const seal = createSeal();
  const sealed = (line: string): string => {
    seal.add(line);
    return `${line}\n`;
  };
  const { rows: steps } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(trx);
  yield sealed(JSON.stringify({ format: FORMAT, version: VERSION, writtenAt: now, migrations: steps.map(({ name }) => name) } satisfies Head));
  for (const table of await tablesOf(trx)) {
    for await (const row of rowsOf(trx, table)) {
      counts[table] = (counts[table] ?? 0) + 1;
      yield sealed(rowLine({ table, row }));
    }
  }
  yield `${JSON.stringify({ rows: counts, sha256: seal.digest() })}\n`;
}

async function* rowsOf(trx: Transaction<Tables>, table: string): AsyncGenerator<string> {
  await sql`declare backup no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} as t`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(FETCH)} from backup`.execute(trx);
    for (const { row } of rows) yield row;
    if (rows.length < FETCH) break;
  }
  await sql`close backup`.execute(trx);
}
