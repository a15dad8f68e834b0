// Compares what the same work takes on two stores, asked in turn, so that whatever else the machine does falls on both.
import type { Queue } from '../app/jobs/queue.ts';
import type { Db } from '../app/store/database.ts';

export interface Store {
  readonly db: Db;
  readonly queue: Queue;
}

/** Rounds that are not counted. */
const WARM_UP = 3;

/** Prints medians in ms, small and large, and their ratio. */
export async function compareInTurn(name: string, work: (store: Store) => Promise<unknown>, { small, large, rounds }: { readonly small: Store; readonly large: Store; readonly rounds: number }): Promise<void> {
  const took = { small: [] as number[], large: [] as number[] };
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const [size, store] of round % 2 === 0 ? [['small', small] as const, ['large', large] as const] : [['large', large] as const, ['small', small] as const]) {
      const began = performance.now();
      await work(store);
      if (round >= 0) took[size].push(performance.now() - began);
    }
  }
  const [a, b] = [median(took.small), median(took.large)];
  console.log(`${name}: ${a.toFixed(2)}, ${b.toFixed(2)}, ×${(b / a).toFixed(2)}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
