// Takes jobs as there is room, each installation at its pace, and gives them back when the process has to go.
import { setTimeout as pause } from 'node:timers/promises';
import { InternalError, SetupError, TransientError } from '../../src/errors.ts';
import { briefly } from '../log.ts';
import type { Log } from '../log.ts';
import { createBatcher } from '../inbox/batcher.ts';
import { finishTurns, giveUp } from './finish.ts';
import { NO_WORK, readOpenWork } from './open-work.ts';
import type { OpenWork } from './open-work.ts';
import { tellOutcome } from './outcome.ts';
import { RETRIES } from './queue.ts';
import type { Job, Queue } from './queue.ts';
import { startWatch } from './watch.ts';
import type { Db } from '../store/database.ts';
import type { Turn } from './turn.ts';

/** How a turn ended: done; to be tried again; or failed for the last time, by what a person has to permit, or by an error of our own. */
export type TurnEnd = 'settled' | 'retried' | 'refused' | 'given_up';

export interface DispatcherTools {
  readonly db: Db;
  readonly queue: Queue;
  readonly turn: (job: Job, work: OpenWork) => Promise<Turn>;
  /** Webhooks that wait for their answer: GitHub waits ten seconds and never asks again, so they go first. */
  readonly isCrowded: () => boolean;
  /** Installations to leave for now. */
  readonly held: () => readonly number[];
  readonly log: Log;
  readonly onTurn: (turn: Turn) => void;
  /** Every turn, whatever became of it. */
  readonly onEnd: (end: TurnEnd) => void;
}

export interface Dispatcher {
  /** There is something new: look at once. */
  readonly wake: () => void;
  /** Seconds since this process last finished a turn, or began to look for one. */
  readonly idleSeconds: () => number;
  /** Takes no more; resolves when what was begun is finished or given back. */
  readonly stop: (patienceMs: number) => Promise<void>;
}

/** Jobs in work at once in one process. */
const ROOM = 64;
/** Others may have put something into the queue, or an installation may be open again. */
const LOOK_EVERY_MS = 500;
/** While webhooks crowd at the door, so few are taken, and so seldom. */
const CROWDED = { room: 8, everyMs: 3000 };
/** A look into a long queue takes time: afterwards as long a rest, so that it never takes more than half of the database. */
const REST = { fromMs: 10, toMs: 500 };
const TOUCH_EVERY_MS = 5000;

export function startDispatcher(tools: DispatcherTools): Dispatcher {
  const { queue, log } = tools;
  const running = new Map<string, { readonly job: Job; readonly ended: Promise<void> }>();
  const together = createBatcher<Turn>((turns) => finishTurns(tools, turns), ROOM);
  let tookAt = 0;
  let finishedAt = performance.now();
  const settle = async (turn: Turn): Promise<void> => {
    // Of a batch that failed each is settled alone: one that cannot be booked holds no other.
    await together(turn).catch(() => finishTurns(tools, [turn]));
    finishedAt = performance.now();
  };

  const begin = (job: Job, work: OpenWork): void => {
    const ended = serve(job, work, { ...tools, settle }).finally(() => {
      running.delete(job.id);
      watch.wake();
    });
    running.set(job.id, { job, ended });
  };
  /** A job that waited may be an installation's that is gone: the work is done as the one that saw it. */
  const beginOn = ({ data, ...job }: Job, work: OpenWork): void => begin({ ...job, data: { ...data, installation: work.installation ?? data.installation } }, work);
  const room = (): number => {
    if (!tools.isCrowded()) return ROOM - running.size;
    return performance.now() - tookAt > CROWDED.everyMs ? CROWDED.room - running.size : 0;
  };
  const takeSome = async (): Promise<number> => {
    const most = room();
    if (most <= 0) return 0;
    tookAt = performance.now();
    const jobs = await queue.take(most, tools.held());
    if (jobs.length === 0) return 0;
    const open = await readOpenWork(tools.db, jobs.map(({ data }) => data.key)).catch(async (error: unknown) => {
      await giveBack(jobs, 'its work could not be read');
      throw error;
    });
    for (const job of jobs) beginOn(job, open.get(job.data.key) ?? NO_WORK);
    return jobs.length;
  };
  const giveBack = (jobs: readonly Job[], why: string) => Promise.all(jobs.map((job) => queue.fail(job, why)));
  const watch = startWatch(async () => {
    const began = performance.now();
    const taken = await takeSome().catch((error: unknown) => {
      log.error({ err: briefly(error) }, 'no jobs can be taken');
      return 0;
    });
    const took = performance.now() - began;
    if (took > REST.fromMs) await pause(Math.min(took, REST.toMs));
    return taken > 0;
  }, LOOK_EVERY_MS);
  const pulse = setInterval(() => {
    queue.touch([...running.values()].map(({ job }) => job)).catch((error: unknown) => log.warn({ err: briefly(error) }, 'jobs could not be kept'));
  }, TOUCH_EVERY_MS);

  return {
    wake: watch.wake,
    idleSeconds: () => (performance.now() - finishedAt) / 1000,
    stop: async (patienceMs) => {
      await watch.stop();
      const left = () => [...running.values()];
      await Promise.race([Promise.all(left().map(({ ended }) => ended)), pause(patienceMs, undefined, { ref: false })]);
      clearInterval(pulse);
      await giveBack(left().map(({ job }) => job), 'given back: the process stops');
    },
  };
}

interface ServeTools extends Pick<DispatcherTools, 'db' | 'queue' | 'turn' | 'log' | 'onTurn' | 'onEnd'> {
  readonly settle: (turn: Turn) => Promise<void>;
}

/** Never throws: a job that failed is tried again, or given up. */
async function serve(job: Job, work: OpenWork, { turn, onTurn, onEnd, settle, ...tools }: ServeTools): Promise<void> {
  const began = performance.now();
  const about = { key: job.data.key, installation: job.data.installation, delivery: work.deliveries.at(-1), deliveries: work.deliveries.length, try: job.retryCount + 1 };
  try {
    if (work.fault !== null) throw new InternalError(work.fault);
    const done = await turn(job, work);
    await settle(done);
    onTurn(done);
    onEnd('settled');
    for (const told of done.outcomes.map(tellOutcome)) tools.log[told.refused === null ? 'info' : 'warn']({ ...about, ...told, ms: Math.round(performance.now() - began) }, told.refused === null ? 'turn' : 'turn, but the check was refused');
  } catch (error) {
    const passing = error instanceof TransientError;
    const ours = !passing && !(error instanceof SetupError);
    // PostgreSQL has no text with a NUL, and a message may quote one.
    const why = error instanceof Error ? error.message.slice(0, 300).replaceAll('\0', '') : 'unknown';
    // What failed because others were away is open until they are back: the sweep begins it anew.
    const isLast = !passing && job.retryCount >= RETRIES;
    tools.log[ours ? 'error' : 'warn']({ ...about, err: briefly(error), ...(ours && { stack: (error as Error).stack }) }, isLast ? 'turn failed, given up' : 'turn failed, tried again');
    await (isLast ? giveUp(tools, { job, work }, why) : tools.queue.fail(job, why)).catch((failure: unknown) => tools.log.error({ ...about, err: briefly(failure) }, 'job could not be given back'));
    onEnd(!isLast ? 'retried' : ours ? 'given_up' : 'refused');
  }
}
