// Checks a database: its shape, and that what it says of itself holds together.
import { sql } from 'kysely';
import { parseBody } from '../inbox/delivery.ts';
import { unpack } from '../inbox/payload.ts';
import { readLost } from '../jobs/lost.ts';
import { isMigrated, newerStepOf, stepsOf } from '../store/database.ts';
import type { Db } from '../store/database.ts';
import { tablesOf } from './tables.ts';
import type { Counts } from './write.ts';

export interface Finding {
  readonly what: string;
  readonly remedy: string;
}

export interface Verified {
  readonly counts: Counts;
  /** Empty: all is well. */
  readonly findings: readonly Finding[];
}

/** One check, one finding or none. */
const CHECKS: readonly ((db: Db) => Promise<Finding | null>)[] = [checkAudit, checkJobs, checkPayloads, checkSetAside];

/** Changes nothing. What another version wrote is counted and not judged. */
export async function verifyDatabase(db: Db): Promise<Verified> {
  const counts: Record<string, number> = {};
  for (const table of await tablesOf(db)) {
    const { rows: [row] } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}`.execute(db);
    counts[table] = Number(row?.count ?? 0);
  }
  const foreign = await checkVersion(db);
  if (foreign !== null) return { counts, findings: [foreign] };
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    const finding = await check(db);
    if (finding !== null) findings.push(finding);
  }
  return { counts, findings };
}

async function checkVersion(db: Db): Promise<Finding | null> {
  const newer = await newerStepOf(db);
  if (newer !== null) return { what: `it was written by a newer Yardstick (step ${newer}), so its content was not checked`, remedy: 'Check it with that version, or a later one.' };
  if (await isMigrated(db)) return null;
  return { what: `it was written by an older Yardstick (step ${(await stepsOf(db)).at(-1)}), so its content was not checked`, remedy: 'Check it with that version, or start the App of this one: it brings it forward.' };
}

async function checkAudit(db: Db): Promise<Finding | null> {
  const { rows } = await sql`select 1 from pg_trigger where tgrelid = 'audit'::regclass and tgname = 'audit_append_only' and tgenabled = 'O'`.execute(db);
  return rows.length > 0 ? null : { what: 'the audit trail is no longer append-only: its trigger is gone or disabled', remedy: 'Somebody changed the database by hand. Restore a backup, or make the trigger again as app/store/migrations.ts does.' };
}

/** Work that was acknowledged must have somebody who comes for it. */
async function checkJobs(db: Db): Promise<Finding | null> {
  const lost = await readLost(db, new Date());
  return lost.length === 0 ? null : { what: `${lost.length} pull requests or repositories have open work and no job, for example ${lost[0]?.key}`, remedy: 'Start the App, or let it run: it gives them their jobs by itself, within ten minutes of its start.' };
}

async function checkPayloads(db: Db): Promise<Finding | null> {
  const open = await db.selectFrom('delivery').where('done_at', 'is', null).where('payload', 'is not', null).select(['id', 'payload']).limit(10_000).execute();
  const bad = open.filter(({ payload }) => !isReadable(payload));
  return bad.length === 0 ? null : { what: `${bad.length} open deliveries cannot be read, for example ${bad[0]?.id}`, remedy: 'Have GitHub send them again (the App’s settings, Advanced), or restore a backup.' };
}

async function checkSetAside(db: Db): Promise<Finding | null> {
  const aside = await db.selectFrom('set_aside').select(['at', 'why']).orderBy('id').execute();
  return aside[0] === undefined ? null : { what: `${aside.length} webhooks or batches of them could not be stored, the first at ${aside[0].at.toISOString()} (${aside[0].why})`, remedy: 'Have GitHub send again what came then (the App’s settings, Advanced), and empty the table set_aside.' };
}

function isReadable(payload: Buffer | null): boolean {
  try {
    return payload !== null && parseBody(unpack(Buffer.from(payload))) !== undefined;
  } catch {
    return false;
  }
}
