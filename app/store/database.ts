// Opens the store: PostgreSQL by its address, or the embedded one in a folder. One dialect of SQL, one code path after this file.
import { mkdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import type { Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { PgBoss } from 'pg-boss';
import { InternalError, SetupError } from '../../src/errors.ts';
import { inDataFolder } from '../refusal.ts';
import { createEmbedded, isDatabase } from './embedded.ts';
import { MIGRATIONS } from './migrations.ts';
import { openPool } from './pool.ts';
import type { Tables } from './tables.ts';
import { briefly } from '../log.ts';

export type Db = Kysely<Tables>;

export interface Database {
  readonly db: Db;
  /** What the queue is given to reach the same database. */
  readonly forQueue: ConstructorParameters<typeof PgBoss>[0] & object;
  /** What only the embedded database needs: its files brought to disk. null for PostgreSQL. */
  readonly settle: (() => Promise<void>) | null;
  /** From now on a server that falls silent is given up. Before it takes as long as it takes: migrations and backups do. */
  readonly expectAnswers: () => void;
  readonly close: () => Promise<void>;
}

/** Connections of one process: the inbox, the work, the queue, the probes. */
const CONNECTIONS = 8;
const CONNECT_MS = 10_000;
/** No query of an App at work is silent for as long, ms. */
const SILENCE_MS = 60_000;

export async function openPostgres(url: string): Promise<Database> {
  let silenceMs = 0;
  const pool = await openPool({ connectionString: url, max: CONNECTIONS, application_name: 'yardstick' }, { connectMs: CONNECT_MS, silenceMs: () => silenceMs });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, forQueue: { db: { executeSql: (text, values) => pool.query(text, values) }, backend: 'postgres' }, settle: null, expectAnswers: () => void (silenceMs = SILENCE_MS), close: () => db.destroy() };
}

/** Whether an embedded database lies in the folder: where none does, opening it makes one. */
export function hasEmbedded(folder: string): boolean {
  return isDatabase(placeIn(folder));
}

/** The caller holds the folder's lock. */
export async function openEmbedded(folder: string): Promise<Database> {
  const data = placeIn(folder);
  await inDataFolder(async () => void mkdirSync(data, { recursive: true }));
  // The optimising compiler of WebAssembly takes half a gigabyte for this module; the baseline one does as well here.
  // What the first implies when a process starts has to be said one by one later on.
  for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  const pglite: PGlite = await inDataFolder(() => createEmbedded(data));
  const { fromPglite } = await import('pg-boss');
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    forQueue: { db: fromPglite(pglite), backend: 'pglite' },
    settle: async () => {
      await pglite.exec('checkpoint');
    },
    expectAnswers: () => undefined,
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}

function placeIn(folder: string): string {
  return `${folder}/postgres`;
}

/** Brings the schema forward, to the latest step unless one is named; several processes that start at once wait for each other. Inside a transaction where one is given. */
export async function migrate(db: Db, step?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error, results } = await (step === undefined ? migrator.migrateToLatest() : migrator.migrateTo(step));
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  if (failed === undefined && /previously executed migration/.test(String(error))) {
    throw new SetupError('The database was written by a newer Yardstick', 'Start that version, or restore a backup of this one: migrations only go forward.');
  }
  throw new InternalError(`migration ${failed ?? ''} failed: ${briefly(error)}`, { cause: error });
}

/** The steps that the schema has gone, in their order, also those that only a newer version knows. None: nothing was ever stored here. */
export async function stepsOf(db: Db): Promise<readonly string[]> {
  const { rows: [table] } = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!table?.there) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Whether the schema has all that this version was written for. */
export async function isMigrated(db: Db): Promise<boolean> {
  const steps = new Set(await stepsOf(db));
  return Object.keys(MIGRATIONS).every((name) => steps.has(name));
}

/** A step of the schema that this version does not know; null: there is none. */
export async function newerStepOf(db: Db): Promise<string | null> {
  return (await stepsOf(db)).find((name) => !Object.hasOwn(MIGRATIONS, name)) ?? null;
}

/**
 * Commits without waiting for the disk. Only for what is begun again if the database forgets it: its next commit that waits brings this one to disk too, a second later it is there in any case,
 * and the end of our own process loses nothing.
 */
export async function commitSoon(trx: Transaction<Tables>): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(trx);
}
