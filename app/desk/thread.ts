// The desk in a thread of its own: however busy it is, the door answers GitHub at once.
import { Worker } from 'node:worker_threads';
import { InternalError, SetupError } from '../../src/errors.ts';
import { callThrough } from './calls.ts';
import type { Desk, OpenDesk } from './desk.ts';
import type { Beginning, Opening } from './thread-main.ts';
import { briefly } from '../log.ts';

/** Megabytes of JavaScript objects: what lives is little, and garbage of a burst needs no room. */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 24 };

/** Who asks how it goes is answered at once by a desk that works, ms: one that does not within this hangs. */
const PATIENCE_MS = 5000;
/** What is stored may wait for the database, and a stop for what was begun: who calls has a limit of its own. */
const CALLS = { store: Infinity, settle: Infinity, wake: Infinity, stop: Infinity, metrics: PATIENCE_MS, readiness: PATIENCE_MS, ping: PATIENCE_MS };

/** A thread that has begun to load; it opens the desk when it is told the settings. */
export interface DeskThread {
  readonly openDesk: OpenDesk;
  /** Ends it, where nothing comes of it. */
  readonly abandon: () => Promise<void>;
}

export function beginDeskThread(): DeskThread {
  const here = import.meta.url;
  const worker = new Worker(new URL(here.endsWith('.ts') ? './thread-main.ts' : './desk.js', here), { resourceLimits: HEAP });
  const ended = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(new InternalError('the desk ended while it opened')));
  });
  // Whoever opens the desk is told.
  ended.catch(() => undefined);
  return { openDesk: (...given) => openDeskIn(worker, ended, given), abandon: async () => void (await worker.terminate()) };
}

/** @param begun rejects where the thread ends before the desk is open */
async function openDeskIn(worker: Worker, begun: Promise<never>, [settings, log, crowd]: Parameters<OpenDesk>): Promise<Desk> {
  const { target, gone } = callThrough<Desk>(worker, CALLS);
  let leaving = false;
  const opened = new Promise<void>((resolve, reject) => {
    worker.once('message', ({ refused }: Opening) => (refused === null ? resolve() : reject(new SetupError(refused.message, refused.remedy))));
  });
  worker.postMessage({ settings, crowd: crowd.memory } satisfies Beginning);
  await Promise.race([opened, begun]);
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  worker.on('error', (error) => log.error({ err: briefly(error), stack: (error as Error).stack }, 'the desk failed'));
  void ended.then(() => {
    gone(new InternalError('the desk is gone'));
    // Half an App must not look alive: whoever watches the process starts it again, and nothing acknowledged is lost.
    if (!leaving) process.exit(1);
  });
  return {
    ...target,
    stop: async () => {
      leaving = true;
      await target.stop();
      await ended;
    },
  };
}
