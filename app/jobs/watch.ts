// Work that is looked for again and again: at once while there is some or somebody knocks, else after a rest.
import { setTimeout as pause } from 'node:timers/promises';

export interface Watch {
  /** There may be something: the rest is over, also the next one where a look is on its way. */
  readonly wake: () => void;
  /** No further look; resolves when the last one is through. */
  readonly stop: () => Promise<void>;
}

/** @param look looks once, says whether there may be more at once, and never throws */
export function startWatch(look: () => Promise<boolean>, restMs: number): Watch {
  const stopping = new AbortController();
  let alarm = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      if (await look()) continue;
      await pause(restMs, undefined, { signal: alarm.signal }).catch(() => undefined);
      alarm = new AbortController();
    }
  })();
  return {
    wake: () => alarm.abort(),
    stop: () => {
      stopping.abort();
      alarm.abort();
      return loop;
    },
  };
}
