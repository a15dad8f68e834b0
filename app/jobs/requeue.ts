// Open work whose job is gone gets one again: given up while GitHub was away, lost with a queue, or come in just as the job of its key began.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { readLost } from './lost.ts';
import type { Queue } from './queue.ts';

/** Keys in one statement. */
const ROWS = 500;

/** What has been open since before this instant and has no job; how many keys those are. */
export async function requeueLost(trx: Transaction<Tables>, queue: Queue, before: Date): Promise<number> {
  const lost = await readLost(trx, before);
  for (let from = 0; from < lost.length; from += ROWS) {
    await queue.enqueue(lost.slice(from, from + ROWS).map((work) => ({ ...work, urgent: false })), trx);
  }
  return lost.length;
}

/** Which of these keys have something open. */
export async function readOpenKeys(trx: Transaction<Tables>, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select work_key as key from delivery where done_at is null and work_key = any(${keys})
    union select work_key from look where work_key = any(${keys})`.execute(trx);
  return new Set(rows.map(({ key }) => key));
}
