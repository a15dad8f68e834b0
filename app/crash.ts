// What nobody caught ends the process, or its thread, with code 1: told in one line, after what was begun is finished or given back.
import { briefly } from './log.ts';
import type { Log } from './log.ts';

/** Longer than a stop may take; then it ends as it is, and others notice by themselves. */
const PATIENCE_MS = 25_000;

export function endOnCrash(log: Log, giveBack: () => Promise<void>): void {
  let ending = false;
  // A rejection that nobody handled comes here too.
  process.on('uncaughtException', (error: unknown, origin) => {
    log.error({ origin, err: briefly(error), stack: error instanceof Error ? error.stack : undefined }, 'crashed');
    if (ending) return;
    ending = true;
    const end = (): never => process.exit(1);
    setTimeout(end, PATIENCE_MS);
    giveBack().then(end, end);
  });
}
