// Which tables a backup holds: all of ours. The queue's are not among them: its jobs are made anew from what lies open.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** What others point at comes before them, so that rows can be put back in this order. */
export async function tablesOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive own as (
      select oid, relname as name from pg_catalog.pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname not like 'kysely\\_%'
    ), placed as (
      select oid, name, 0 as level from own
      union all
      select own.oid, own.name, placed.level + 1 from placed
      join pg_catalog.pg_constraint as foreign_key on foreign_key.confrelid = placed.oid and foreign_key.contype = 'f' and foreign_key.conrelid <> foreign_key.confrelid
      join own on own.oid = foreign_key.conrelid
      where placed.level < 100
    )
    select name from placed group by name order by max(level), name`.execute(db);
  return rows.map(({ name }) => name);
}
