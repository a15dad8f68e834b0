// Seeded chance: the same seed gives the same trials on every machine.

export interface Chance {
  /** Between 0 and 1. */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  /** Between, evenly on the logarithm. */
  readonly ratio: (low: number, high: number) => number;
  readonly normal: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly happens: (probability: number) => boolean;
  /** How many of something rare come when `mean` are expected. */
  readonly count: (mean: number) => number;
}

/** Mulberry32: 32 bits of state, good enough for drawing trials and short enough to be read. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  return {
    uniform,
    between,
    ratio: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    // Box and Muller's transform; one of its two numbers is enough.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (list) => list[Math.floor(uniform() * list.length)]!,
    happens: (probability) => uniform() < probability,
    count: (mean) => countOf(mean, uniform),
  };
}

/** Poisson, by multiplying waiting times (Knuth); in pieces where e to the minus mean would vanish. */
function countOf(mean: number, uniform: () => number): number {
  if (mean > 30) return countOf(30, uniform) + countOf(mean - 30, uniform);
  const least = Math.exp(-mean);
  let product = uniform();
  let count = 0;
  for (; product > least; count++) product *= uniform();
  return count;
}
