// What cannot be read or is refused by the database is set aside, so that nothing waits behind it. A person has to look.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Log } from '../log.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { storeDeliveries } from './store.ts';

export interface StoreTools {
  readonly db: Db;
  readonly queue: Queue;
  readonly log: Log;
}

/** Stores what frames hold, all at once or, where that fails, frame by frame. */
export async function storeFrames({ db, queue, log }: StoreTools, frames: readonly Uint8Array[]): Promise<void> {
  try {
    await db.transaction().execute((trx) => storeDeliveries(trx, queue, frames.flatMap(decodeFrame)));
  } catch {
    for (const frame of frames) tellAside(log, await db.transaction().execute((trx) => storeOrSetAside(trx, queue, frame)));
  }
}

/**
 * Stores what one frame holds, delivery by delivery where the whole is refused; gives for each part that was set aside the reason.
 * @throws what another try may mend, such as a database that is away
 */
export async function storeOrSetAside(trx: Transaction<Tables>, queue: Pick<Queue, 'enqueue'>, frame: Uint8Array): Promise<readonly string[]> {
  const whole = await attempt(trx, () => storeDeliveries(trx, queue, decodeFrame(frame)));
  if (whole === null) return [];
  const deliveries = readFrame(frame);
  if (deliveries === null) return [await setAside(trx, frame, whole)];
  const reasons: string[] = [];
  for (const delivery of deliveries) {
    const why = await attempt(trx, () => storeDeliveries(trx, queue, [delivery]));
    if (why !== null) reasons.push(await setAside(trx, await encodeFrame([delivery]), `${delivery.id}: ${why}`));
  }
  return reasons;
}

export function tellAside(log: Log, reasons: readonly string[]): void {
  for (const why of reasons) log.error({ err: why }, 'a webhook cannot be stored and is set aside: see `yardstick db verify`');
}

async function setAside(trx: Transaction<Tables>, frame: Uint8Array, why: string): Promise<string> {
  const reason = why.slice(0, 300).replaceAll('\0', '');
  await trx.insertInto('set_aside').values({ at: new Date(), frame: Buffer.from(frame), why: reason }).execute();
  return reason;
}

/** Classes of SQLSTATE that say nothing of what was to be stored: connection, rollback, resources, state, intervention, system. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const PASSING = /^(?:08|40|53|55|57|58)/;

/** null: done. Else it is undone, and this is why. */
async function attempt(trx: Transaction<Tables>, work: () => Promise<void>): Promise<string | null> {
  await sql`savepoint attempt`.execute(trx);
  try {
    await work();
    await sql`release savepoint attempt`.execute(trx);
    return null;
  } catch (error) {
    if (PASSING.test(String((error as { readonly code?: unknown }).code))) throw error;
    // Where it is the connection that broke, this fails too.
    await sql`rollback to savepoint attempt`.execute(trx);
    return error instanceof Error ? error.message : 'unknown';
  }
}

function readFrame(frame: Uint8Array): ReturnType<typeof decodeFrame> | null {
  try {
    return decodeFrame(frame);
  } catch {
    return null;
  }
}
