// What the App does by the clock: it heals after its start and every ten minutes, and lets go of old deliveries.
import type { Log } from '../log.ts';
import type { Db } from '../store/database.ts';
import { heal } from './heal.ts';
import type { HealTools } from './heal.ts';

export interface ClockTools extends HealTools {
  readonly log: Log;
  readonly wake: () => void;
}

const EVERY_MS = 10 * 60_000;
/** GitHub shows deliveries for three days; a month is enough to look into what happened. */
const KEEP_DAYS = 30;

/** Returns what stops it. */
export function startClock(tools: ClockTools): () => Promise<void> {
  let current: Promise<void> = tick(tools);
  const timer = setInterval(() => {
    current = current.then(() => tick(tools));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    // A sweep of a large organisation may take long; what it found is queued, the rest is found again.
    await Promise.race([current, new Promise((resolve) => void setTimeout(resolve, 2000).unref())]);
  };
}

async function tick(tools: ClockTools): Promise<void> {
  try {
    const healed = await heal(tools);
    const forgotten = await forget(tools.db, tools.now());
    tools.wake();
    tools.log.info({ ...healed, forgotten }, 'looked around');
  } catch (error) {
    tools.log.warn({ err: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }, 'could not look around, tried again in ten minutes');
  }
}

/** What is worked off goes after its time; what is open, and the audit trail, stay. */
async function forget(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_DAYS * 86_400_000);
  const { numDeletedRows } = await db.deleteFrom('delivery').where('received_at', '<', before).where('done_at', 'is not', null).executeTakeFirst();
  return Number(numDeletedRows);
}
