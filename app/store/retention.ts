// Lets go of what is old, a little at a time: a large heap of it is never locked at once, and replicas never wait for each other.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Db } from './database.ts';

const BATCH = 1000;
const DAY_MS = 86_400_000;
/** GitHub archives checks after 400 days and deletes them ten days later: then there is none to remember. https://docs.github.com/en/rest/checks */
const CHECKS_DAYS = 410;

/** Deliveries that are worked off, merges that left nothing to measure, and checks that GitHub has let go of itself. What is open, the audit trail and the bets stay. */
export async function forgetOld(db: Db, { now, days }: { readonly now: Date; readonly days: number }): Promise<number> {
  const before = new Date(now.getTime() - days * DAY_MS);
  const deliveries = await inBatches(db, sql`delete from delivery where ctid = any (array (
    select ctid from delivery where received_at < ${before} and done_at is not null order by received_at limit ${BATCH} for update skip locked))`);
  await inBatches(db, sql`delete from merged_change where ctid = any (array (
    select ctid from merged_change where seen_at < ${before} and key is null order by seen_at limit ${BATCH} for update skip locked))`);
  const gone = new Date(now.getTime() - CHECKS_DAYS * DAY_MS);
  await inBatches(db, sql`delete from check_run where ctid = any (array (
    select ctid from check_run where posted_at < ${gone} order by posted_at limit ${BATCH} for update skip locked))`);
  return deliveries;
}

/** What another replica holds is left to it. Rows go by their place (`ctid`): by their names PostgreSQL may read the whole table. */
async function inBatches(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  for (let all = 0; ; ) {
    const gone = Number((await statement.execute(db)).numAffectedRows ?? 0);
    all += gone;
    if (gone < BATCH) return all;
  }
}
