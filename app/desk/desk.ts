// The desk: the store, the queue and the engine behind it. It works off what the door took in.
import { createForgeReader } from '../../src/github/reader.ts';
import { createConnections } from '../github/connections.ts';
import { createPace } from '../github/pace.ts';
import { quiet } from '../front/crowd.ts';
import type { Crowd } from '../front/crowd.ts';
import { startSorter } from '../inbox/intake.ts';
import { storeFrames } from '../inbox/set-aside.ts';
import { createArrivals } from '../jobs/arrivals.ts';
import { startClock, SWEEP } from '../jobs/clock.ts';
import { startDispatcher } from '../jobs/dispatcher.ts';
import type { Dispatcher } from '../jobs/dispatcher.ts';
import { heed } from '../jobs/heed.ts';
import type { HealTools } from '../jobs/heal.ts';
import { isOvertaken } from '../jobs/open-work.ts';
import { openQueue } from '../jobs/queue.ts';
import type { Queue } from '../jobs/queue.ts';
import { lastRound } from '../jobs/rounds.ts';
import { createSpread } from '../jobs/spread.ts';
import { takeTurn } from '../jobs/turn.ts';
import { readFigures } from '../ledger/figures.ts';
import { briefly } from '../log.ts';
import type { Log } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { within } from '../patience.ts';
import type { Settings } from '../settings.ts';
import { createCheckMemory } from '../store/check-memory.ts';
import { isMigrated, migrate, openEmbedded, openPostgres } from '../store/database.ts';
import type { Db } from '../store/database.ts';
import { openTracing } from '../tracing/tracing.ts';

/** What the door asks of the desk, which may sit in another thread. */
export interface Desk {
  /** Puts what frames hold into the store; the same frame twice is harmless. */
  readonly store: (frames: readonly Uint8Array[]) => Promise<void>;
  /** Brings the embedded database's files to disk. */
  readonly settle: () => Promise<void>;
  /** There is something in the intake. */
  readonly wake: () => Promise<void>;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
  readonly readiness: () => Promise<Readiness>;
  /** Resolves at once, unless the thread hangs. */
  readonly ping: () => Promise<void>;
  /** Finishes or gives back what was begun, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** What is wrong, in words; null where nothing is. */
export interface Readiness {
  /** Webhooks cannot be stored. */
  readonly shut: string | null;
  /** They can, but nothing is done with them: no reason to turn them away. */
  readonly stuck: string | null;
}

export type OpenDesk = (settings: Settings, log: Log, crowd: Crowd) => Promise<Desk>;

/** Of the 25 seconds that a stop may take, those that jobs in work have. */
const PATIENCE_MS = 18_000;
/** Work that lies longer than this while none is done means that something is stuck, seconds. A long queue that moves, at GitHub's limits, does not. */
const STUCK = { age: 3600, idle: 900 };
/** Whoever asks how it goes waits no longer for the database: less than the door waits for the desk. */
const DATABASE_MS = 4000;

/** Opens the desk in this thread. */
export async function openDesk(settings: Settings, log: Log, crowd: Crowd): Promise<Desk> {
  // Closed in the reverse order of opening, also where the next part cannot be opened, or one cannot be closed.
  const opened = new AsyncDisposableStack();
  try {
    return await openAll(settings, log, { crowd, opened });
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openAll(settings: Settings, log: Log, { crowd, opened }: { readonly crowd: Crowd; readonly opened: AsyncDisposableStack }): Promise<Desk> {
  const database = settings.databaseUrl === null ? await openEmbedded(settings.dataFolder) : await openPostgres(settings.databaseUrl);
  opened.defer(database.close);
  const { db, settle } = database;
  await migrate(db);
  const queue = await openQueue(database, (error) => log.error({ err: briefly(error) }, 'queue'));
  opened.defer(queue.stop);
  database.expectAnswers();
  const pace = createPace();
  const connections = createConnections(settings, pace);
  const memory = createCheckMemory(db);
  const metrics = createMetrics({
    left: pace.left, held: () => pace.held().length,
    database: () => within(DATABASE_MS, 'the database', Promise.all([queue.depth(), readFigures(db, new Date()), lastRound(db, SWEEP)]).then(([waiting, ledger, sweptAt]) => ({ ...waiting, ...ledger, sweptAt }))),
  });
  const tracing = await openTracing(settings, log);
  opened.defer(tracing.close);
  const arrivals = createArrivals();
  const healing: HealTools = { db, queue, app: connections.app, of: connections.of, now: () => new Date() };
  const dispatcher = startDispatcher({
    db, queue, log, held: pace.held, isCrowded: crowd.isThere, onTurn: metrics.turn, onEnd: metrics.ended,
    turn: (job, work) => tracing.turn(job, work, () => {
      const isNews = arrivals.watch();
      const { installation } = job.data;
      const transport = tracing.over(connections.of(installation));
      return takeTurn(job, work, {
        transport, memory, configPath: settings.configPath, signingKey: settings.signingKey, allowances: settings.allowances, now: () => new Date().toISOString(),
        onFailed: metrics.failed, heed: (notices) => heed(notices, installation, { ...healing, log }), spread: createSpread({ db, reader: createForgeReader(transport, { home: null }), installation }), isOvertaken: async () => isNews() && isOvertaken(db, job.data.key, work),
      });
    }),
  });
  opened.defer(() => dispatcher.stop(PATIENCE_MS));
  const hear = (): void => {
    arrivals.heard();
    dispatcher.wake();
  };
  const share = (processes: number): void => {
    pace.share(processes);
    arrivals.share(processes);
  };
  const sorter = settings.databaseUrl === null ? null : startSorter({ db, queue, log, isCrowded: crowd.isThere, onSorted: hear });
  if (sorter !== null) opened.defer(sorter.stop);
  opened.defer(startClock({ ...healing, log, wake: dispatcher.wake, share, retentionDays: settings.retentionDays }));
  return {
    store: async (frames) => {
      await quiet(crowd.isThere);
      await storeFrames({ db, queue, log }, frames);
      hear();
    },
    settle: () => settle?.() ?? Promise.resolve(),
    wake: () => Promise.resolve(sorter?.wake()),
    metrics: metrics.render,
    readiness: () => readReadiness(db, { queue, dispatcher }),
    ping: () => Promise.resolve(),
    stop: () => opened.disposeAsync(),
  };
}

async function readReadiness(db: Db, { queue, dispatcher }: { readonly queue: Queue; readonly dispatcher: Dispatcher }): Promise<Readiness> {
  try {
    if (!(await within(DATABASE_MS, 'the database', isMigrated(db)))) return { shut: 'the database is not migrated', stuck: null };
    const { oldestSeconds } = await within(DATABASE_MS, 'the database', queue.depth());
    const isStuck = oldestSeconds > STUCK.age && dispatcher.idleSeconds() > STUCK.idle;
    return { shut: null, stuck: isStuck ? `the oldest delivery has waited for ${Math.round(oldestSeconds)} s, and nothing was done for ${Math.round(dispatcher.idleSeconds())} s` : null };
  } catch {
    return { shut: 'the database does not answer', stuck: null };
  }
}
