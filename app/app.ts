// Wires the App: the door takes webhooks in and answers, the desk works them off.
import { version } from '../src/version.ts';
import { createCrowd } from './front/crowd.ts';
import { appRoutes } from './front/routes.ts';
import { openFront } from './front/server.ts';
import { createWebhook } from './front/webhook.ts';
import type { Desk, OpenDesk } from './desk/desk.ts';
import { createInbox, createJournalledInbox } from './inbox/inbox.ts';
import type { Inbox } from './inbox/inbox.ts';
import { openIntake } from './inbox/intake.ts';
import { lockFolder } from './inbox/lock-file.ts';
import { briefly } from './log.ts';
import type { Log } from './log.ts';
import { createDoorMetrics } from './metrics.ts';
import type { Settings } from './settings.ts';
import { openTracing } from './tracing/tracing.ts';

export interface App {
  readonly url: string;
  /** Stops taking, finishes or gives back what was begun, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** @param openDesk where the desk sits: in this thread or in one of its own */
export async function startApp(settings: Settings, log: Log, openDesk: OpenDesk): Promise<App> {
  // Closed in the reverse order of opening, also where the next part cannot be opened.
  const opened = new AsyncDisposableStack();
  try {
    const url = await openAll(settings, log, { openDesk, opened });
    log.info({ url, version, store: settings.databaseUrl === null ? 'embedded' : 'postgresql' }, 'listening');
    return { url, stop: () => opened.disposeAsync().then(() => log.info('stopped')) };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Resolves with the address of the door. */
async function openAll(settings: Settings, log: Log, { openDesk, opened }: { readonly openDesk: OpenDesk; readonly opened: AsyncDisposableStack }): Promise<string> {
  if (settings.databaseUrl === null) opened.defer(await lockFolder(settings.dataFolder));
  const crowd = createCrowd();
  const desk = await openDesk(settings, log, crowd);
  opened.defer(desk.stop);
  const inbox = await openInbox(settings, desk, log);
  opened.defer(inbox.close);
  const webhook = createWebhook({ secrets: [settings.webhookSecret, ...(settings.webhookSecretOld === null ? [] : [settings.webhookSecretOld])], accept: inbox.accept, crowd });
  const metrics = createDoorMetrics();
  const tracing = await openTracing(settings, log);
  opened.defer(tracing.close);
  const front = await openFront(appRoutes({ webhook, metrics, desk: withInbox(desk, inbox), log, tracing }), { ...settings, onError: (error, path) => log.error({ path, err: briefly(error) }, 'request failed') });
  opened.defer(front.close);
  return front.url;
}

/** The desk, ready where the inbox is too. */
function withInbox(desk: Desk, inbox: Inbox): Desk {
  const readiness: Desk['readiness'] = async () => {
    const [found, trouble] = await Promise.all([desk.readiness(), inbox.notReady()]);
    return { ...found, shut: found.shut ?? trouble };
  };
  return { ...desk, readiness };
}

async function openInbox({ databaseUrl, dataFolder }: Settings, desk: Desk, log: Log): Promise<Inbox> {
  if (databaseUrl === null) {
    const onTrouble = (error: unknown): void => log.error({ err: briefly(error) }, 'the inbox cannot be stored, tried again');
    const onDamage = (file: string): void => log.error({ file }, 'a part of the journal cannot be read, the file is kept');
    return createJournalledInbox({ folder: `${dataFolder}/journal`, store: desk.store, settle: desk.settle, onTrouble, onDamage });
  }
  const intake = await openIntake(databaseUrl);
  const inbox = createInbox(async (frame, count) => {
    await intake.keep(frame, count);
    void desk.wake().catch(() => undefined);
  });
  return { ...inbox, close: intake.close };
}
