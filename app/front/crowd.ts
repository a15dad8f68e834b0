// How many webhooks wait for their answer, where every thread of the process can see it.
import { setTimeout as pause } from 'node:timers/promises';

/** GitHub waits ten seconds and never asks again, so a crowd is answered before anything else is done. */
export interface Crowd {
  /** What another thread is given to see the same. */
  readonly memory: SharedArrayBuffer;
  readonly enter: () => void;
  readonly leave: () => void;
  readonly isThere: () => boolean;
}

const CROWD = 8;
/** What makes room for a crowd waits no longer than this. */
const YIELD_MAX_MS = 5000;

export function createCrowd(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)): Crowd {
  const waiting = new Int32Array(memory);
  return {
    memory,
    enter: () => void Atomics.add(waiting, 0, 1),
    leave: () => void Atomics.sub(waiting, 0, 1),
    isThere: () => Atomics.load(waiting, 0) >= CROWD,
  };
}

/** Resolves when it is no longer loud at the door, or when that has been waited for long enough. */
export async function quiet(isCrowded: Crowd['isThere']): Promise<void> {
  const end = performance.now() + YIELD_MAX_MS;
  while (isCrowded() && performance.now() < end) await pause(20);
}
