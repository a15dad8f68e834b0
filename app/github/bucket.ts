// So many in a stretch of time: what was taken comes back evenly, and who comes too early waits their turn.

export interface Bucket {
  readonly left: () => number;
  /** As much as there is when nothing was spent. */
  readonly full: () => number;
  /** How long until so many may be spent, behind all who took before; ms. */
  readonly wait: (amount: number) => number;
  /** May go below nothing: whoever comes next then waits for it to come back first. */
  readonly take: (amount: number) => void;
  /** What was taken and not spent. */
  readonly giveBack: (amount: number) => void;
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
    full: () => most / sharers(),
    wait: (amount) => Math.max(0, Math.ceil((amount - refill()) / rate())),
    take: (amount) => {
      level = refill() - amount;
    },
    giveBack: (amount) => {
      level = refill() + amount;
    },
  };
}
