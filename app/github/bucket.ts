// So many in a stretch of time: what was taken comes back evenly, and who comes too early waits their turn.

export interface Bucket {
  readonly left: () => number;
  /** Resolves when so many may be spent; first come, first served. */
  readonly take: (amount: number) => Promise<void>;
}

interface BucketOptions {
  readonly most: number;
  /** In which it comes back, ms. */
  readonly over: number;
  readonly now: () => number;
  /** Among how many the whole is divided, each of which has a bucket of its own. */
  readonly sharers: () => number;
}

export function createBucket({ most, over, now, sharers }: BucketOptions): Bucket {
  const rate = (): number => most / over / sharers();
  let level = most / sharers();
  let at = now();
  const refill = (): number => {
    level = Math.min(most / sharers(), level + (now() - at) * rate());
    at = now();
    return level;
  };
  return {
    left: refill,
    take: (amount) => {
      // May go below nothing: whoever comes next then waits for it to come back first.
      const missing = amount - refill();
      level -= amount;
      return missing <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, Math.ceil(missing / rate())));
    },
  };
}
