// Work that lies open and that no job will come for: the sweep gives it one, `db verify` tells of it.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { QUEUE } from './queue.ts';

/** Where a queue keeps its jobs; there is none before its first start. */
const JOBS = 'pgboss.job';

export interface LostWork {
  readonly key: string;
  readonly installation: number;
}

/** What has been open since before this instant and has no job that waits or runs. */
export async function readLost(db: Kysely<Tables>, before: Date): Promise<readonly LostWork[]> {
  const { rows: [queue] } = await sql<{ there: boolean }>`select to_regclass(${JOBS}) is not null as there`.execute(db);
  const hasJob = queue?.there ? sql`exists (select 1 from ${sql.table(JOBS)} where name = ${QUEUE} and state <= 'active' and singleton_key = open.key)` : sql`false`;
  const { rows } = await sql<{ key: string; installation: string }>`
    select key, max(installation) as installation from (
      select work_key as key, installation from delivery where done_at is null and work_key is not null and received_at <= ${before}
      union all select work_key, installation from look where asked_at <= ${before}
    ) as open
    where not ${hasJob}
    group by key`.execute(db);
  return rows.map(({ key, installation }) => ({ key, installation: Number(installation) }));
}
