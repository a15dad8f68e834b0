// Writes a backup: every row of one instant, while the App goes on. Nothing in the store is changed by it, whichever version wrote it.
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { SetupError } from '../../src/errors.ts';
import { readFrame } from '../inbox/frame.ts';
import { readJournal } from '../inbox/journal.ts';
import { stepsOf } from '../store/database.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { FORMAT, VERSION, createSeal, rowLine } from './format.ts';
import type { Head } from './format.ts';
import { tablesOf } from './tables.ts';
import { openTarget } from './target.ts';

/** Rows that are asked for at once. */
const FETCH = 500;

export type Counts = Readonly<Record<string, number>>;

interface Matter {
  /** ISO 8601. */
  readonly now: string;
  /** null where the store has none. */
  readonly journal: Journal | null;
}

interface Journal {
  readonly folder: string;
  /** Told of each segment of which a part cannot be read: that is not in the backup. */
  readonly onDamage: (segment: string) => void;
}

/** Writes the file whole or not at all; `-` is standard output. @throws SetupError where it cannot be written */
export async function writeBackup(db: Db, file: string, matter: Matter): Promise<Counts> {
  const target = await openTarget(file);
  const counts: Record<string, number> = {};
  try {
    await db.transaction().setIsolationLevel('repeatable read').execute(async (trx) => {
      await pipeline(linesOf(trx, matter, counts), createZstdCompress(), async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) await target.write(chunk);
      });
    });
    await target.keep();
  } catch (error) {
    await target.drop();
    throw error;
  }
  return counts;
}

async function* linesOf(trx: Transaction<Tables>, { now, journal }: Matter, counts: Record<string, number>): AsyncGenerator<string> {
  const seal = createSeal();
  const sealed = (line: string): string => {
    seal.add(line);
    return `${line}\n`;
  };
  yield sealed(JSON.stringify({ format: FORMAT, version: VERSION, writtenAt: now, migrations: await stepsOf(trx) } satisfies Head));
  const tables = await tablesOf(trx);
  for (const table of tables) {
    for await (const row of rowsOf(trx, table)) {
      counts[table] = (counts[table] ?? 0) + 1;
      yield sealed(rowLine({ table, row }));
    }
  }
  for await (const row of journal === null ? [] : framesOf(trx, journal, tables)) {
    counts[INTAKE] = (counts[INTAKE] ?? 0) + 1;
    yield sealed(rowLine({ table: INTAKE, row }));
  }
  yield `${JSON.stringify({ rows: counts, sha256: seal.digest() })}\n`;
}

const INTAKE = 'intake' satisfies keyof Tables;

/** What a process that was killed had acknowledged may be in its journal alone: written as what lies in an intake, it is sorted by whoever restores it. */
async function* framesOf(trx: Transaction<Tables>, { folder, onDamage }: Journal, tables: readonly string[]): AsyncGenerator<string> {
  let last: number | null = null;
  for await (const { segment, frame } of readJournal(folder)) {
    const deliveries = frame === null ? null : readFrame(frame);
    if (frame === null || deliveries === null) {
      onDamage(segment);
      continue;
    }
    if (!tables.includes(INTAKE)) throw new SetupError(`${folder} has deliveries that a database of this version cannot hold`, 'Start the App once and stop it: it stores them.');
    last ??= Number((await trx.selectFrom(INTAKE).select(({ fn }) => fn.max('id').as('last')).executeTakeFirst())?.last ?? 0);
    last += 1;
    yield JSON.stringify({ id: last, received_at: deliveries[0]?.receivedAt, deliveries: deliveries.length, frame: `\\x${frame.toString('hex')}` });
  }
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
