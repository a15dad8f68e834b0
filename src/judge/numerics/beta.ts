// The incomplete beta function, and Student's t distribution through it.
import { logGamma } from './gamma.ts';

const tiny = 1e-300;

/** The regularised incomplete beta function I_x(a, b): the probability that a beta variable is at most x (DLMF 8.17.22, Lentz's method). */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-15) break;
  }
  return h;
}

function nonZero(x: number): number {
  return Math.abs(x) < tiny ? tiny : x;
}

/** Student's t: the probability of at most `t` at `df` degrees of freedom (DLMF 8.17.25's relation to the incomplete beta). */
export function studentCdf(t: number, df: number): number {
  if (t === 0) return 0.5;
  if (!Number.isFinite(t)) return t > 0 ? 1 : 0;
  const square = t * t;
  // Of x and 1 - x the smaller one is formed directly: far from 0 nothing cancels.
  const tail = square < df ? 1 - betaCdf(square / (df + square), 0.5, df / 2) : betaCdf(df / (df + square), df / 2, 0.5);
  return t > 0 ? 1 - tail / 2 : tail / 2;
}

/** The height of Student's t at 0, times √df: what all densities of one `df` share. */
export function studentPeak(df: number): number {
  return Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
}
