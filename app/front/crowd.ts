// How many webhooks wait for their answer, where every thread of the process can see it.

/** GitHub waits ten seconds and never asks again, so a crowd is answered before anything else is done. */
export interface Crowd {
  /** What another thread is given to see the same. */
  readonly memory: SharedArrayBuffer;
  readonly enter: () => void;
  readonly leave: () => void;
  readonly isThere: () => boolean;
}

const CROWD = 8;

export function createCrowd(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)): Crowd {
  const waiting = new Int32Array(memory);
  return {
    memory,
    enter: () => void Atomics.add(waiting, 0, 1),
    leave: () => void Atomics.sub(waiting, 0, 1),
    isThere: () => Atomics.load(waiting, 0) >= CROWD,
  };
}
