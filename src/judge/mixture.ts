// What is believed about an effect: a mixture of Student's t distributions, one for each way the metric may behave.
import { studentCdf, studentPeak } from './numerics/beta.ts';

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

/** Views of the same data in equal shares. */
export function blend(views: readonly Mixture[]): Mixture {
  return views.flatMap((view) => view.map((part) => ({ ...part, weight: part.weight / views.length })));
}

/** The same belief, about a quantity moved by a constant. */
export function shift(mixture: Mixture, by: number): Mixture {
  return mixture.map((part) => ({ ...part, mean: part.mean + by }));
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

/** The density at x. */
export function density(mixture: Mixture, x: number): number {
  let sum = 0;
  for (const { weight, mean, scale, df } of mixture) {
    const z = (x - mean) / scale;
    sum += ((weight * studentPeak(df)) / scale) * (1 + (z * z) / df) ** (-(df + 1) / 2);
  }
  return sum;
}

/** The x at which P(effect ≤ x) = p, by bisection. */
export function quantileOf(mixture: Mixture, p: number): number {
  let low = Math.min(...mixture.map(({ mean, scale }) => mean - 60 * scale));
  let high = Math.max(...mixture.map(({ mean, scale }) => mean + 60 * scale));
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (cdf(mixture, middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
