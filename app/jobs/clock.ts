// What the App does by the clock: what is due at its instant; every ten minutes it heals, and lets go of what is old.
import type { Log } from '../log.ts';
import { callDue } from '../ledger/due.ts';
import { forgetOld } from '../store/retention.ts';
import { heal } from './heal.ts';
import type { HealTools } from './heal.ts';

export interface ClockTools extends HealTools {
  readonly log: Log;
  readonly wake: () => void;
  /** How long what is worked off is kept. */
  readonly retentionDays: number;
  /** Told how many processes share the work. */
  readonly share: (processes: number) => void;
}

const EVERY_MS = 10 * 60_000;
const COUNT_EVERY_MS = 10_000;
/** How late an appointment is kept at most. */
const DUE_EVERY_MS = 15_000;

/** Returns what stops it. */
export function startClock(tools: ClockTools): () => Promise<void> {
  const sweeps = repeat(() => lookAround(tools), EVERY_MS);
  const calls = repeat(() => callForDue(tools), DUE_EVERY_MS);
  const counts = repeat(() => countProcesses(tools), COUNT_EVERY_MS);
  return async () => {
    // A sweep of a large organisation may take long; what it found is queued, the rest is found again.
    await Promise.race([Promise.all([sweeps(), calls(), counts()]), new Promise((resolve) => void setTimeout(resolve, 2000).unref())]);
  };
}

/** At once, and then again and again: one in work, at most one waiting. Returns what ends it. */
function repeat(work: () => Promise<void>, everyMs: number): () => Promise<void> {
  let current = work();
  let waits = false;
  const timer = setInterval(() => {
    if (waits) return;
    waits = true;
    current = current.then(() => {
      waits = false;
      return work();
    });
  }, everyMs);
  return () => {
    clearInterval(timer);
    return current;
  };
}

async function callForDue(tools: ClockTools): Promise<void> {
  try {
    if ((await callDue(tools, tools.now())) > 0) tools.wake();
  } catch (error) {
    tools.log.warn({ err: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }, 'could not see what is due, tried again');
  }
}

/** While it is unknown, what was known last holds. */
async function countProcesses({ queue, share }: ClockTools): Promise<void> {
  await queue.processes().then(share, () => undefined);
}

async function lookAround(tools: ClockTools): Promise<void> {
  try {
    const healed = await heal(tools);
    const forgotten = await forgetOld(tools.db, { now: tools.now(), days: tools.retentionDays });
    tools.wake();
    tools.log.info({ ...healed, forgotten }, 'looked around');
  } catch (error) {
    tools.log.warn({ err: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }, 'could not look around, tried again in ten minutes');
  }
}
