// Fits "level + time of day + weekday + one effect" to blocks of a metric, for every way the level may wander.
import type { Blocks } from './blocks.ts';
import { createMixture, type Component, type Mixture } from './mixture.ts';
import { whiten, type Wander } from './whiten.ts';

/** What is tried: how the level wanders, and how much weekdays differ (variance, in units of a block's noise variance). */
export interface Assumptions {
  readonly wanders: readonly Wander[];
  readonly weekdays: readonly number[];
  /** Columns of the weekday effect: one a weekday, or one a weekday and time of day. */
  readonly weekly: 'day' | 'block';
}

type Part = Omit<Component, 'weight'> & { readonly logWeight: number };

/** Blocks and what happens in them: 1 where the effect is, 0 elsewhere; and columns that explain a part of their own. */
export interface Scene extends Blocks {
  readonly effect: Float64Array;
  readonly beside: readonly Float64Array[];
}

/** The effect is a step at the window's start, and nothing is beside it. */
export function createScene(blocks: Blocks): Scene {
  return { ...blocks, effect: indicator(blocks.values.length, (i) => i >= blocks.before), beside: [] };
}

/** The belief about the effect's size; null when there are too few blocks to tell it from noise. */
export function fitEffect(scene: Scene, assumptions: Assumptions): Mixture | null {
  const { values, perDay, effect, beside } = scene;
  const present = Array.from(values, Number.isFinite);
  const fixed = [...phaseColumns(scene, present), ...beside];
  const df = present.filter(Boolean).length - fixed.length - 1;
  if (df < 3 || !effect.some((is, i) => is === 1 && present[i])) return null;
  const random = weekColumns(scene, assumptions.weekly);
  const columns = [...fixed, ...random, effect, values];
  const parts: Part[] = [];
  for (const wander of assumptions.wanders) {
    const { rows, halfLogDeterminant } = whiten(columns, wander, { present, blocksPerDay: perDay });
    const rest = eliminate(productsOf(rows), fixed.length, 0);
    for (const weekday of assumptions.weekdays) {
      const { gram, halfLogDeterminant: explained } = weekday === 0 ? withoutFirst(rest, random.length) : withPrior(rest, random.length, weekday);
      const part = regress(gram, { df, prior: -halfLogDeterminant - explained });
      if (part !== null) parts.push(part);
    }
  }
  return parts.length === 0 ? null : createMixture(parts);
}

/** One column for each time of day that has a value. */
function phaseColumns({ values, before, perDay }: Blocks, present: readonly boolean[]): Float64Array[] {
  const phases = Array.from({ length: perDay }, (_, phase) => indicator(values.length, (i) => modulo(i - before, perDay) === phase));
  return phases.filter((column) => column.some((is, i) => is === 1 && present[i]));
}

function weekColumns({ values, before, perDay }: Blocks, weekly: 'day' | 'block'): Float64Array[] {
  const length = weekly === 'day' ? 7 : 7 * perDay;
  const width = weekly === 'day' ? perDay : 1;
  return Array.from({ length }, (_, slot) => indicator(values.length, (i) => Math.floor(modulo(i - before, 7 * perDay) / width) === slot));
}

export function indicator(length: number, is: (i: number) => boolean): Float64Array {
  return Float64Array.from({ length }, (_, i) => (is(i) ? 1 : 0));
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}

/** Inner products of columns (lower triangle), and ½ ln of the determinant of those that were eliminated on the way. */
interface Products {
  readonly gram: readonly Float64Array[];
  readonly halfLogDeterminant: number;
}

function productsOf(rows: readonly Float64Array[]): Products {
  const gram = rows.map((row, a) => Float64Array.from({ length: a + 1 }, (_, b) => product(row, rows[b]!)));
  return { gram, halfLogDeterminant: 0 };
}

/** Two sums at a time: an addition need not wait for the last one. */
function product(a: Float64Array, b: Float64Array): number {
  const even = a.length - (a.length % 2);
  let first = 0;
  let second = 0;
  for (let i = 0; i < even; i += 2) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
  }
  return first + second + (even < a.length ? a[even]! * b[even]! : 0);
}

/** What is left of the others once the first `count` columns have explained their part; `ridge` draws their coefficients to 0 (Cholesky, column by column). */
function eliminate({ gram, halfLogDeterminant }: Products, count: number, ridge: number): Products {
  const left = gram.map((row) => row.slice());
  let determinant = halfLogDeterminant;
  for (let k = 0; k < count; k++) {
    const pivot = Math.sqrt(Math.max(left[k]![k]! + ridge, 1e-12));
    determinant += Math.log(pivot);
    for (let i = k + 1; i < left.length; i++) {
      const row = left[i]!;
      const factor = row[k]! / pivot;
      row[k] = factor;
      for (let j = k + 1; j <= i; j++) row[j] = row[j]! - factor * left[j]![k]!;
    }
  }
  return withoutFirst({ gram: left, halfLogDeterminant: determinant }, count);
}

function withoutFirst({ gram, halfLogDeterminant }: Products, count: number): Products {
  return { gram: gram.slice(count).map((row) => row.subarray(count)), halfLogDeterminant };
}

/** Weekday effects are drawn from a normal of this variance. */
function withPrior(products: Products, count: number, variance: number): Products {
  const { gram, halfLogDeterminant } = eliminate(products, count, 1 / variance);
  return { gram, halfLogDeterminant: halfLogDeterminant + (count * Math.log(variance)) / 2 };
}

/** The effect, its deviation, and how well it explains the data (restricted likelihood, flat in the effect and in ln of the noise). */
function regress(gram: readonly Float64Array[], { df, prior }: { readonly df: number; readonly prior: number }): Part | null {
  const square = gram[0]![0]!;
  if (!(square > 1e-10)) return null;
  const mean = gram[1]![0]! / square;
  const rest = Math.max(gram[1]![1]! - mean * gram[1]![0]!, 1e-12);
  return { logWeight: prior - Math.log(square) / 2 - (df / 2) * Math.log(rest), mean, scale: Math.sqrt(rest / df / square), df };
}
