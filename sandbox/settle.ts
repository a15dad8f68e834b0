// Waits until the App has answered: what happened was told to it, and it has nothing left to do.
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from './app-process.ts';
import type { GitHub } from './github/github.ts';
import type { Delivery } from './github/store.ts';

/** What there was before something happened. */
export interface Mark {
  readonly deliveries: number;
  readonly requests: number;
}

/** To be taken before doing something that the App is to hear of. */
export function mark({ store, requests }: GitHub): Mark {
  return { deliveries: store.deliveries.length, requests: requests.length };
}

const EVERY_MS = 40;
/** The emulator tells of something a moment after it was done. */
const UNTOLD_MS = 10_000;
const PATIENCE_MS = 60_000;

interface Wait {
  readonly since: Mark;
  /** Whether a delivery is what the App is to hear of; null where it acts by itself. */
  readonly hears: ((delivery: Delivery) => boolean) | null;
}

/** Resolves with the milliseconds until the App's last write, null where it wrote nothing; gives up after a minute. */
export async function settled(github: GitHub, app: Pick<AppProcess, 'waiting'>, { since, hears }: Wait): Promise<number | null> {
  const began = performance.now();
  const at = Date.now();
  const spent = (): number => performance.now() - began;
  const told = (): boolean => hears === null || github.store.deliveries.slice(since.deliveries).some(hears);
  while (!told() && spent() < UNTOLD_MS) await pause(EVERY_MS);
  // Twice, since one event follows another: a label that the App sets is told to it as well.
  for (let quiet = 0, before = -1; quiet < 2 && spent() < PATIENCE_MS; ) {
    const waits = (await app.waiting()) > 0 || before !== github.store.deliveries.length;
    before = github.store.deliveries.length;
    quiet = waits ? 0 : quiet + 1;
    if (quiet < 2) await pause(EVERY_MS);
  }
  const written = github.requests.slice(since.requests).findLast(({ viewer, method, path }) => viewer === 'yardstick[bot]' && method !== 'GET' && path !== '/graphql');
  return written === undefined ? null : Math.max(0, written.at - at);
}

/** A delivery of this event, about this pull request or issue. */
export function about(event: string, number: number): (delivery: Delivery) => boolean {
  return (delivery) => delivery.event === event && [delivery.payload['number'], (delivery.payload['issue'] as { readonly number?: number } | undefined)?.number].includes(number);
}
