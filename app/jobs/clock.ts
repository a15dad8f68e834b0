// What the App does by the clock: what is due at its instant; every ten minutes it heals, and lets go of what is old.
import { briefly } from '../log.ts';
import type { Log } from '../log.ts';
import { callDue } from '../ledger/due.ts';
import { forgetOld } from '../store/retention.ts';
import { createHealer } from './heal.ts';
import type { Healed, HealTools } from './heal.ts';
import { beginRound, endRound } from './rounds.ts';

export interface ClockTools extends HealTools {
  readonly log: Log;
  readonly wake: () => void;
  /** How long what is worked off is kept. */
  readonly retentionDays: number;
  /** Told how many processes share the work. */
  readonly share: (processes: number) => void;
}

const EVERY_MS = 10 * 60_000;
/** Replicas sweep by turns. One that starts does so at once, unless others just began to: replicas that start together. */
const APART_MS = { first: 10_000, later: EVERY_MS - 30_000 };
/** The round's name in the store. */
export const SWEEP = 'sweep';
/** Of what a round could not do, so much is told one by one. */
const TOLD_MAX = 10;
const FORGET_EVERY_MS = 3_600_000;
const COUNT_EVERY_MS = 10_000;
/** How late an appointment is kept at most. */
const DUE_EVERY_MS = 15_000;

/** Returns what stops it. */
export function startClock(tools: ClockTools): () => Promise<void> {
  const heal = createHealer(tools);
  const sweeps = repeat((isFirst) => lookAround(tools, heal, isFirst ? APART_MS.first : APART_MS.later), EVERY_MS);
  const forgets = repeat(() => forget(tools), FORGET_EVERY_MS);
  const calls = repeat(() => callForDue(tools), DUE_EVERY_MS);
  const counts = repeat(() => countProcesses(tools), COUNT_EVERY_MS);
  return async () => {
    // A sweep of a large organisation may take long; what it found is queued, the rest is found again.
    await Promise.race([Promise.all([sweeps(), forgets(), calls(), counts()]), new Promise((resolve) => void setTimeout(resolve, 2000).unref())]);
  };
}

/** At once, and then again and again: one in work, at most one waiting. Returns what ends it. */
function repeat(work: (isFirst: boolean) => Promise<void>, everyMs: number): () => Promise<void> {
  let current = work(true);
  let waits = false;
  const timer = setInterval(() => {
    if (waits) return;
    waits = true;
    current = current.then(() => {
      waits = false;
      return work(false);
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
    tools.log.warn({ err: briefly(error) }, 'could not see what is due, tried again');
  }
}

/** While it is unknown, what was known last holds. */
async function countProcesses({ queue, share }: ClockTools): Promise<void> {
  await queue.processes().then(share, () => undefined);
}

async function lookAround(tools: ClockTools, heal: () => Promise<Healed>, afterMs: number): Promise<void> {
  const { db, log, now } = tools;
  try {
    if (!(await beginRound(db, SWEEP, { now: now(), afterMs }))) return;
    const { failed, ...healed } = await heal();
    tools.wake();
    for (const what of failed.slice(0, TOLD_MAX)) log.warn({ err: what }, 'could not look there, tried again in ten minutes');
    log.info({ ...healed, failed: failed.length }, 'looked around');
    await endRound(db, SWEEP, now());
  } catch (error) {
    log.error({ err: briefly(error) }, 'could not look around, tried again in ten minutes');
  }
}

async function forget({ db, log, now, retentionDays }: ClockTools): Promise<void> {
  try {
    const forgotten = await forgetOld(db, { now: now(), days: retentionDays });
    if (forgotten > 0) log.info({ forgotten }, 'let go of old deliveries');
  } catch (error) {
    log.warn({ err: briefly(error) }, 'could not let go of what is old, tried again in an hour');
  }
}
