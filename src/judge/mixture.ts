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

export function meanOf(mixture: Mixture): number {
  return mixture.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
}

/** P(effect ≤ x). */
export function cdf(mixture: Mixture, x: number): number {
  let sum = 0;
  for (const { weight, mean, scale, df } of mixture) sum += weight * studentCdf((x - mean) / scale, df);
  return sum;
}

/** The x at which P(effect ≤ x) = p: Newton's steps, halved where they leave the bracket. */
export function quantileOf(mixture: Mixture, p: number): number {
  // What a component of little weight adds is beyond the digits that are told.
  const heavy = mixture.filter(({ weight }) => weight > 1e-3);
  const share = heavy.reduce((sum, { weight }) => sum + weight, 0);
  let low = Math.min(...heavy.map(({ mean, scale }) => mean - 60 * scale));
  let high = Math.max(...heavy.map(({ mean, scale }) => mean + 60 * scale));
  let x = meanOf(heavy) / share;
  for (let i = 0; i < 60 && high - low > 1e-9; i++) {
    const excess = cdf(heavy, x) - p * share;
    if (excess < 0) low = x;
    else high = x;
    const next = x - excess / densityOf(heavy, x);
    if (Math.abs(next - x) < 1e-9) break;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}

function densityOf(mixture: Mixture, x: number): number {
  let sum = 0;
  for (const { weight, mean, scale, df } of mixture) {
    const z = (x - mean) / scale;
    sum += ((weight * studentPeak(df)) / scale) * (1 + (z * z) / df) ** (-(df + 1) / 2);
  }
  return sum;
}
