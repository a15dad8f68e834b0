// Serves the App from its environment, and stops it when it is told to.
import { startApp } from './app.ts';
import type { App } from './app.ts';
import { endOnCrash } from './crash.ts';
import type { OpenDesk } from './desk/desk.ts';
import { briefly, createLog } from './log.ts';
import type { Log } from './log.ts';
import { createRedaction, secretsOf } from './redaction.ts';
import { parseSettings } from './settings.ts';

/** Kubernetes waits 30 s unless told, compose as long as its file says: within it the end is ours. */
const PATIENCE_MS = 24_500;

/** Resolves once the App listens. @throws SetupError where the environment, or what it names, will not do */
export async function serve(env: Readonly<Record<string, string | undefined>>, openDesk: OpenDesk): Promise<void> {
  const settings = parseSettings(env);
  const log = createLog(settings.logLevel, createRedaction(secretsOf(settings)));
  let running: App | null = null;
  endOnCrash(log, () => running?.stop() ?? Promise.resolve());
  const opening = startApp(settings, log, openDesk);
  let stopping: Promise<void> | null = null;
  // Heard from the beginning: who is told to stop while it opens closes again what it has opened.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= stop(opening, log);
    });
  }
  running = await opening;
}

/** Ends the process: with 1 where something, a database that is gone, would hold it for longer than whoever stops it waits. */
async function stop(opening: Promise<App>, log: Log): Promise<void> {
  const late = setTimeout(() => {
    log.error('the stop took too long: what was begun is noticed by the other replicas, or at the next start');
    process.exit(1);
  }, PATIENCE_MS);
  const app = await opening.catch(() => null);
  // What could not be opened is told by whoever opened it.
  if (app === null) return clearTimeout(late);
  await app.stop().then(() => process.exit(0), (error: unknown) => {
    log.error({ err: briefly(error) }, 'the stop failed');
    process.exit(1);
  });
}
