// Wires the App: the door takes webhooks in and answers, the desk works them off.
import { createCrowd } from './front/crowd.ts';
import { appRoutes } from './front/routes.ts';
import { openFront } from './front/server.ts';
import { createWebhook } from './front/webhook.ts';
import type { Desk, OpenDesk } from './desk/desk.ts';
import { createInbox, createJournalledInbox } from './inbox/inbox.ts';
import type { Inbox } from './inbox/inbox.ts';
import { openIntake } from './inbox/intake.ts';
import { lockFolder } from './inbox/lock-file.ts';
import type { Log } from './log.ts';
import { createDoorMetrics } from './metrics.ts';
import type { Settings } from './settings.ts';

export interface App {
  readonly url: string;
  /** Stops taking, finishes or gives back what was begun, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** @param openDesk where the desk sits: in this thread or in one of its own */
export async function startApp(settings: Settings, log: Log, openDesk: OpenDesk): Promise<App> {
  const unlock = settings.databaseUrl === null ? await lockFolder(settings.dataFolder) : null;
  const crowd = createCrowd();
  const desk = await openDesk(settings, log, crowd);
  const inbox = await openInbox(settings, desk, log);
  const webhook = createWebhook({ secret: settings.webhookSecret, accept: inbox.accept, crowd });
  const metrics = createDoorMetrics();
  const front = await openFront(appRoutes({ webhook, metrics, desk, log }), { ...settings, onError: (error) => log.error({ err: String(error).slice(0, 300) }, 'request failed') });
  log.info({ url: front.url, store: settings.databaseUrl === null ? 'embedded' : 'postgresql' }, 'listening');
  return {
    url: front.url,
    stop: async () => {
      await front.close();
      await inbox.close();
      await desk.stop();
      await unlock?.();
      log.info('stopped');
    },
  };
}

async function openInbox({ databaseUrl, dataFolder }: Settings, desk: Desk, log: Log): Promise<Inbox> {
  if (databaseUrl === null) {
    const onTrouble = (error: unknown): void => log.error({ err: String(error).slice(0, 300) }, 'the inbox cannot be stored, tried again');
    return createJournalledInbox({ folder: `${dataFolder}/journal`, store: desk.store, settle: desk.settle, onTrouble });
  }
  const intake = await openIntake(databaseUrl);
  const { accept } = createInbox(async (frame, count) => {
    await intake.keep(frame, count);
    void desk.wake().catch(() => undefined);
  });
  return { accept, close: intake.close };
}
