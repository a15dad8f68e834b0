// Wires the App: store, inbox and queue behind the front, the engine behind the queue.
import { createAuth } from './github/app-auth.ts';
import { createConnections } from './github/connections.ts';
import { createPace } from './github/pace.ts';
import { appRoutes } from './front/routes.ts';
import { openFront } from './front/server.ts';
import { createWebhook } from './front/webhook.ts';
import { createInbox, createJournalledInbox } from './inbox/inbox.ts';
import type { Inbox } from './inbox/inbox.ts';
import { lockFolder } from './inbox/lock-file.ts';
import { storeEntries } from './inbox/store.ts';
import type { Entry } from './inbox/store.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Settings } from './settings.ts';
import { createCheckMemory } from './store/check-memory.ts';
import { isMigrated, migrate, openEmbedded, openPostgres } from './store/database.ts';
import type { Database } from './store/database.ts';
import { startClock } from './jobs/clock.ts';
import { startDispatcher } from './jobs/dispatcher.ts';
import { openQueue } from './jobs/queue.ts';
import type { Queue } from './jobs/queue.ts';
import { takeTurn } from './jobs/turn.ts';

export interface App {
  readonly url: string;
  /** Stops taking, finishes or gives back what was begun, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** Of the 25 seconds that a stop may take, those that jobs in work have. */
const PATIENCE_MS = 18_000;
/** Work that lies longer than this means that something is stuck. */
const QUEUE_AGE_MAX = 3600;

export async function startApp(settings: Settings, log: Log): Promise<App> {
  const unlock = settings.databaseUrl === null ? await lockFolder(settings.dataFolder) : null;
  const database = settings.databaseUrl === null ? await openEmbedded(settings.dataFolder) : await openPostgres(settings.databaseUrl);
  const { db } = database;
  await migrate(db);
  const queue = await openQueue(database, (error) => log.error({ err: error.message.slice(0, 300) }, 'queue'));
  const pace = createPace();
  const connections = createConnections(settings, createAuth(settings), pace);
  const memory = createCheckMemory(db);
  const metrics = createMetrics({ depth: queue.depth, left: pace.left });
  // Known only once the front is built, which needs the inbox first.
  const door = { isCrowded: () => false };
  const dispatcher = startDispatcher({
    db, queue, log, held: pace.held, isCrowded: () => door.isCrowded(), onTurn: metrics.turn,
    turn: (job, work) => takeTurn(job, work, { transport: connections.of(job.data.installation), memory, configPath: settings.configPath, signingKey: settings.signingKey, sources: settings.sources, now: () => new Date().toISOString() }),
  });
  const inbox = await openInbox(settings, { database, queue, log, wake: dispatcher.wake, isCrowded: () => door.isCrowded() });
  const webhook = createWebhook({ secret: settings.webhookSecret, accept: inbox.accept });
  door.isCrowded = webhook.isCrowded;
  const front = await openFront(appRoutes({ webhook, metrics: () => Promise.resolve(metrics), log, notReady: () => whyNotReady(database, queue) }), { ...settings, onError: (error) => log.error({ err: String(error).slice(0, 300) }, 'request failed') });
  log.info({ url: front.url, store: settings.databaseUrl === null ? 'embedded' : 'postgresql' }, 'listening');
  const stopClock = startClock({ db, queue, log, app: connections.app, of: connections.of, now: () => new Date(), wake: dispatcher.wake });
  return {
    url: front.url,
    stop: async () => {
      await front.close();
      await stopClock();
      await inbox.close();
      await dispatcher.stop(PATIENCE_MS);
      await queue.stop();
      await database.close();
      await unlock?.();
      log.info('stopped');
    },
  };
}

interface InboxTools {
  readonly database: Database;
  readonly queue: Queue;
  readonly log: Log;
  readonly wake: () => void;
  readonly isCrowded: () => boolean;
}

async function openInbox({ dataFolder }: Settings, { database: { db, settle }, queue, log, wake, isCrowded }: InboxTools): Promise<Inbox> {
  const store = async (entries: readonly Entry[]): Promise<void> => {
    await storeEntries({ db, queue }, entries);
    wake();
  };
  if (settle === null) return createInbox({ store });
  const onTrouble = (error: unknown): void => log.error({ err: String(error).slice(0, 300) }, 'the inbox cannot be stored, tried again');
  return createJournalledInbox({ folder: `${dataFolder}/journal`, store, settle, isCrowded, onTrouble });
}

async function whyNotReady({ db }: Database, queue: Queue): Promise<string | null> {
  try {
    if (!(await isMigrated(db))) return 'the database is not migrated';
    const { oldestSeconds } = await queue.depth();
    return oldestSeconds > QUEUE_AGE_MAX ? `the oldest delivery has waited for ${Math.round(oldestSeconds)} s` : null;
  } catch {
    return 'the database does not answer';
  }
}
