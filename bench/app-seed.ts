// Fills an App's store with a long past: as many rows as wanted in every table that grows, over 64 repositories, and vacuumed.
import { sql } from 'kysely';
import type { Db } from '../app/store/database.ts';

const REPOSITORIES = 64;
/** Bets that somebody still waits for; the rest are history. */
const OPEN = 500;

/** The name of a seeded repository, from 0 to 63. */
export function seededRepo(index: number): { readonly owner: string; readonly repo: string } {
  return { owner: `acme-${index % REPOSITORIES}`, repo: 'shop' };
}

/** The payloads are short: what is measured is how many rows there are, not how full the disk is. */
export async function seedRecords(db: Db, records: number): Promise<void> {
  const repo = sql.raw(`'acme-' || n % ${REPOSITORIES} || '/shop'`);
  const installation = sql.raw(`n % ${REPOSITORIES} + 1`);
  const hash = sql.raw(`md5(n::text) || substr(md5(n::text), 1, 8)`);
  // Over the last 25 days, the newest last, as a store would have them.
  const at = sql.raw(`now() - interval '25 days' * (1 - n / ${records}::float8)`);
  const rows = sql`generate_series(1, ${sql.raw(String(records))}) as n`;
  const fill = [
    sql`insert into delivery (id, received_at, event, action, sender, installation, work_key, payload, done_at, outcome)
      select ${hash}, ${at}, 'pull_request', 'opened', 'ana', ${installation}, ${repo} || '#' || n, decode(md5(n::text), 'hex'), ${at}, 'gated: out of scope' from ${rows}`,
    sql`insert into check_run (repo, head_sha, id, digest, posted_at) select ${repo}, ${hash}, n, md5(n::text), ${at} from ${rows}`,
    sql`insert into audit (at, delivery, actor, subject, what, detail) select ${at}, ${hash}, 'ana', ${repo} || '#' || n, 'gated: out of scope', '{"verdict":"pass"}' from ${rows}`,
    sql`insert into bet (repo, key, installation, title, stage, is_open, intent, silent, owner, record_number, locked_at, due_at, seen_at)
      select ${repo}, ${repo} || '#' || n, ${installation}, 'Scale up', case when n <= ${sql.raw(String(OPEN))} then 'measuring' else 'decided' end, n <= ${sql.raw(String(OPEN))}, 'save', false, 'ana', n, ${at}, ${at} + interval '40 days', ${at} from ${rows}`,
    sql`insert into verdict (repo, key, outcome, at, early) select ${repo}, ${repo} || '#' || n, 'validated', ${at}, false from ${rows}`,
    sql`insert into decision (repo, key, what, actor, at) select ${repo}, ${repo} || '#' || n, 'keep', 'ana', ${at} from ${rows}`,
    sql`insert into waiver (repo, number, installation, actor, reason, at, seen_at) select ${repo}, n, ${installation}, 'ana', 'a sale', ${at}, ${at} from ${rows}`,
    sql`insert into merged_change (repo, number, key, seen_at) select ${repo}, n, case when n % 2 = 0 then ${repo} || '#' || n end, ${at} from ${rows}`,
    sql`insert into appointment (repo, subject, installation, number, at) select ${repo}, '#' || n, ${installation}, n, now() + interval '1 hour' * (1 + n % 1000) from ${rows}`,
  ];
  for (const statement of fill) await statement.execute(db);
  await sql`vacuum analyze`.execute(db);
}

/** So many deliveries that nobody has worked off, each of a pull request of its own. */
export async function seedWaiting(db: Db, deliveries: number): Promise<void> {
  await sql`insert into delivery (id, received_at, event, action, sender, installation, work_key)
    select 'waits-' || n, now(), 'pull_request', 'opened', 'ana', n % 64 + 1, 'acme-' || n % 64 || '/shop#waits-' || n from generate_series(1, ${sql.raw(String(deliveries))}) as n`.execute(db);
  await sql`vacuum analyze delivery`.execute(db);
}
