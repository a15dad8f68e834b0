// Group commit: while one batch is on its way the next one gathers, so that many callers share one sync.

/** Adds an item; resolves once the batch that holds it is through, rejects if it failed. */
export type Batcher<T> = (item: T) => Promise<void>;

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param most weight of one batch; an item that alone weighs more goes alone
 * @param weigh one each unless said
 */
export function createBatcher<T>(flush: (items: readonly T[]) => Promise<void>, most: number, weigh: (item: T) => number = () => 1): Batcher<T> {
  let waiting: Waiting<T>[] = [];
  let running = false;
  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, fitting(waiting.map(({ item }) => weigh(item)), most));
      waiting = waiting.slice(batch.length);
      await flush(batch.map(({ item }) => item)).then(
        () => { for (const { resolve } of batch) resolve(); },
        (error: unknown) => { for (const { reject } of batch) reject(error); },
      );
    }
    running = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // One turn of the loop later, so that what arrives together goes together.
      if (!running) setImmediate(() => { if (!running) void drain(); });
    });
}

/** How many from the front weigh no more than `most` together; one at least. */
function fitting(weights: readonly number[], most: number): number {
  let sum = 0;
  const beyond = weights.findIndex((weight) => (sum += weight) > most);
  return beyond < 0 ? weights.length : Math.max(1, beyond);
}
