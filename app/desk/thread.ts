// The desk in a thread of its own: however busy it is, the door answers GitHub at once.
import { Worker } from 'node:worker_threads';
import { InternalError, SetupError } from '../../src/errors.ts';
import { callThrough } from './calls.ts';
import type { Desk, OpenDesk } from './desk.ts';
import type { Opening } from './thread-main.ts';

/** Megabytes of JavaScript objects: what lives is little, and garbage of a burst needs no room. */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 24 };

export const openDeskThread: OpenDesk = async (settings, log, crowd) => {
  const here = import.meta.url;
  const worker = new Worker(new URL(here.endsWith('.ts') ? './thread-main.ts' : './desk.js', here), { workerData: { settings, crowd: crowd.memory }, resourceLimits: HEAP });
  const { target, gone } = callThrough<Desk>(worker, ['store', 'settle', 'wake', 'metrics', 'notReady', 'stop']);
  let leaving = false;
  await new Promise<void>((resolve, reject) => {
    worker.once('message', (opening: Opening) => (opening.refused === null ? resolve() : reject(new SetupError(opening.refused.message, opening.refused.remedy))));
    worker.once('error', reject);
    worker.once('exit', () => reject(new InternalError('the desk ended while it opened')));
  });
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  worker.on('error', (error) => log.error({ err: String(error).slice(0, 300), stack: (error as Error).stack?.slice(0, 1500) }, 'the desk failed'));
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
};
