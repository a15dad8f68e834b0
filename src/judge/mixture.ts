// What is believed about an effect: a mixture of Student's t distributions, one for each way the metric may behave.
import { studentCdf } from './numerics/beta.ts';

/** One way the metric may behave, its weight, and what the effect is if it does. */
export interface Component {
  readonly weight: number;
  readonly mean: number;
  readonly scale: number;
  readonly df: number;
}

/** Weights add up to 1. */
export type Mixture = readonly Component[];

/** Components as they come with unnormalised log weights; those that could not change a third decimal are left out. */
export function createMixture(parts: readonly (Omit<Component, 'weight'> & { readonly logWeight: number })[]): Mixture {
  const top = Math.max(...parts.map((part) => part.logWeight));
  const kept = parts.map(({ logWeight, ...rest }) => ({ ...rest, weight: Math.exp(logWeight - top) })).filter(({ weight }) => weight > 1e-5);
  const sum = kept.reduce((total, { weight }) => total + weight, 0);
  return kept.map((part) => ({ ...part, weight: part.weight / sum }));
}

export function meanOf(mixture: Mixture): number {
  return mixture.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
}

/** P(effect ≤ x). */
export function cdf(mixture: Mixture, x: number): number {
  let sum = 0;
  for (const { weight, mean, scale, df } of mixture) sum += weight * studentCdf((x - mean) / scale, df);
  return sum;
}

/** The x at which P(effect ≤ x) = p, by bisection. */
export function quantileOf(mixture: Mixture, p: number): number {
  // What a component of little weight adds is beyond the digits that are told.
  const heavy = mixture.filter(({ weight }) => weight > 1e-3);
  let low = Math.min(...heavy.map(({ mean, scale }) => mean - 60 * scale));
  let high = Math.max(...heavy.map(({ mean, scale }) => mean + 60 * scale));
  const share = heavy.reduce((sum, { weight }) => sum + weight, 0);
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (cdf(heavy, middle) < p * share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
