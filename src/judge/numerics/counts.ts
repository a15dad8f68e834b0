// Exact comparisons of counts: gamma posteriors (Jeffreys' prior) with the burstiness that the history shows.
import { betaCdf } from './beta.ts';
import { gammaCdf } from './gamma.ts';

/** Days of "no burstiness" that are believed before looking. */
const priorDays = 5;

/** Variance over mean of whole days, drawn towards 1 (Poisson). `exposure`: what each day's count is expected to be in proportion to. */
export function dispersion(counts: readonly number[], exposure: readonly number[] = counts.map(() => 1)): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exposed = exposure.reduce((sum, value) => sum + value, 0);
  if (total === 0 || exposed === 0) return 1;
  const terms = counts.flatMap((count, i) => {
    const expected = (exposure[i]! * total) / exposed;
    return expected > 0 ? [(count - expected) ** 2 / expected] : [];
  });
  const degrees = terms.length - 1;
  const ratio = terms.reduce((sum, term) => sum + term, 0) / Math.max(degrees, 1);
  return Math.max(1, (ratio * degrees + priorDays) / (degrees + priorDays));
}

/** A count and what it was counted over (days, requests). */
export interface Tally {
  readonly count: number;
  readonly exposure: number;
}

/** P(rate ≤ bound). */
export function rateBelow({ count, exposure }: Tally, bound: number, burst: number): number {
  return gammaCdf(count / burst + 0.5, (bound * exposure) / burst);
}

/** P(rate after ÷ rate before ≤ ratio). */
export function ratioBelow(after: Tally, before: Tally, { ratio, burst }: { readonly ratio: number; readonly burst: number }): number {
  const scaled = (ratio * after.exposure) / burst;
  return betaCdf(scaled / (scaled + before.exposure / burst), after.count / burst + 0.5, before.count / burst + 0.5);
}

/** The value at which an increasing probability reaches `p`, by bisection between 0 and `high`. */
export function quantileBelow(probability: (x: number) => number, p: number, high: number): number {
  let low = 0;
  let top = high;
  for (let i = 0; i < 60; i++) {
    const middle = (low + top) / 2;
    if (probability(middle) < p) low = middle;
    else top = middle;
  }
  return (low + top) / 2;
}
