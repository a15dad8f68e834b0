// Stores of one file's own: an embedded database, or a folder and a PostgreSQL in which its tests make what they need. All gone after them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { migrate, openEmbedded } from '../../app/store/database.ts';
import type { Database, Db } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

/** A migrated embedded database. */
export function useEmbedded(name: string): () => Db {
  const root = mkdtempSync(join(tmpdir(), `yardstick-${name}-`));
  let database: Database | null = null;
  beforeAll(async () => {
    database = await openEmbedded(root);
    await migrate(database.db);
  }, 120_000);
  afterAll(async () => {
    await database?.close();
    rmSync(root, { recursive: true, force: true });
  });
  return () => {
    if (database === null) throw new Error('the database is not there yet');
    return database.db;
  };
}

/** `postgres` is null where this machine has none. */
export function usePlaces(name: string): { readonly root: string; readonly postgres: () => Postgres | null } {
  const root = mkdtempSync(join(tmpdir(), `yardstick-${name}-`));
  let postgres: Postgres | null = null;
  beforeAll(async () => {
    postgres = HAS_POSTGRES ? await startPostgres() : null;
  }, 120_000);
  afterAll(async () => {
    await postgres?.stop();
    rmSync(root, { recursive: true, force: true });
  });
  return { root, postgres: () => postgres };
}
