// Serves the App from its environment, and stops it when it is told to.
import { startApp } from '../app.ts';
import type { App } from '../app.ts';
import { endOnCrash } from '../crash.ts';
import { openDeskThread } from '../desk/thread.ts';
import { createLog } from '../log.ts';
import { createRedaction, secretsOf } from '../redaction.ts';
import { parseSettings } from '../settings.ts';
import type { Command } from './table.ts';

export const run: Command = async ({ env }) => {
  const settings = parseSettings(env);
  const log = createLog(settings.logLevel, createRedaction(secretsOf(settings)));
  let running: App | null = null;
  endOnCrash(log, () => running?.stop() ?? Promise.resolve());
  const app = await startApp(settings, log, openDeskThread);
  running = app;
  let stopping: Promise<void> | null = null;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= app.stop().then(() => process.exit(0), () => process.exit(1));
    });
  }
  return null;
};
