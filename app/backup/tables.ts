// Which tables a backup holds: all of ours. The queue's are not among them: its jobs are made anew from what lies open.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** In the order of their names. */
export async function tablesOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_catalog.pg_tables where schemaname = current_schema() and tablename not like 'kysely\\_%' order by tablename`.execute(db);
  return rows.map(({ name }) => name);
}
