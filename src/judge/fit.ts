// Fits "level + time of day + weekday + one effect" to blocks of a metric, for every way the level may wander.
import type { Blocks } from './blocks.ts';
import { createMixture, type Component, type Mixture } from './mixture.ts';
import { shapeColumns, type Shape } from './shapes.ts';
import { whiten, type Wander } from './whiten.ts';

/** What is tried: how the level wanders, and how much weekdays differ (variance, in units of a block's noise variance). */
export interface Assumptions {
  readonly wanders: readonly { readonly weight: number; readonly slow: Wander; readonly fast: Wander | null }[];
  readonly weekdays: readonly number[];
  readonly shapes: readonly Shape[];
  /** Columns of the weekday effect: one a weekday, or one a weekday and time of day. */
  readonly weekly: 'day' | 'block';
}

type Part = Omit<Component, 'weight'> & { readonly logWeight: number };

/** The belief about the mean effect over the window, beside what `known` columns explain; null when there are too few blocks to tell noise from effect. */
export function fitEffect(blocks: Blocks, assumptions: Assumptions, known: readonly Float64Array[] = []): Mixture | null {
  const { values, before, perDay } = blocks;
  const present = Array.from(values, Number.isFinite);
  const count = present.filter(Boolean).length;
  const fixed = [...phaseColumns(blocks), ...known];
  const df = count - fixed.length - 1;
  if (df < 3 || !present.slice(before).some(Boolean)) return null;
  const random = weekColumns(blocks, assumptions.weekly);
  const shapes = shapeColumns(assumptions.shapes, blocks);
  const columns = [...fixed, ...random, ...shapes, values];
  const parts: Part[] = [];
  for (const wander of assumptions.wanders) {
    const { rows, halfLogDeterminant } = whiten(columns, [wander.slow, wander.fast], { present, blocksPerDay: perDay });
    const gram = productsOf(rows);
    for (const weekday of assumptions.weekdays) {
      const solved = eliminate(gram, { fixed: fixed.length, random: weekday === 0 ? 0 : random.length, skip: random.length, weekday });
      const prior = Math.log(wander.weight) - halfLogDeterminant - solved.halfLogDeterminant;
      parts.push(...regress(solved, { df, prior, shapes: assumptions.shapes }));
    }
  }
  return createMixture(parts);
}

/** One column for each time of day. */
function phaseColumns({ values, before, perDay }: Blocks): Float64Array[] {
  return Array.from({ length: perDay }, (_, phase) => indicator(values.length, (i) => modulo(i - before, perDay) === phase));
}

function weekColumns({ values, before, perDay }: Blocks, weekly: 'day' | 'block'): Float64Array[] {
  const length = weekly === 'day' ? 7 : 7 * perDay;
  const width = weekly === 'day' ? perDay : 1;
  return Array.from({ length }, (_, slot) => indicator(values.length, (i) => Math.floor(modulo(i - before, 7 * perDay) / width) === slot));
}

function indicator(length: number, is: (i: number) => boolean): Float64Array {
  return Float64Array.from({ length }, (_, i) => (is(i) ? 1 : 0));
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}

/** All inner products of the rows (lower triangle). */
function productsOf(rows: readonly Float64Array[]): Float64Array[] {
  return rows.map((row, a) => {
    const products = new Float64Array(a + 1);
    for (let b = 0; b <= a; b++) {
      const other = rows[b]!;
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += row[i]! * other[i]!;
      products[b] = sum;
    }
    return products;
  });
}

interface Elimination {
  readonly fixed: number;
  /** Random columns in use: all of `skip`, or none. */
  readonly random: number;
  readonly skip: number;
  readonly weekday: number;
}

/** What is left of the shapes and the values (last) once time of day and weekday have explained their part. */
interface Solved {
  readonly shapeShape: readonly number[];
  readonly shapeValue: readonly number[];
  readonly valueValue: number;
  readonly halfLogDeterminant: number;
}

/** Cholesky's factor of the nuisance columns, and the Schur complement of the others. Random columns are drawn to 0 by their variance. */
function eliminate(gram: readonly Float64Array[], { fixed, random, skip, weekday }: Elimination): Solved {
  const nuisance = fixed + random;
  const order = Array.from({ length: gram.length - skip + random }, (_, i) => (i < nuisance ? i : i - nuisance + fixed + skip));
  const factor: Float64Array[] = [];
  const left: number[] = [];
  let halfLogDeterminant = random === 0 ? 0 : (random * Math.log(weekday)) / 2;
  for (let a = 0; a < order.length; a++) {
    const source = gram[order[a]!]!;
    const width = Math.min(a, nuisance);
    const row = new Float64Array(width + 1);
    for (let b = 0; b < width; b++) {
      const other = factor[b]!;
      let sum = source[order[b]!]!;
      for (let c = 0; c < b; c++) sum -= row[c]! * other[c]!;
      row[b] = sum / other[b]!;
    }
    let own = source[order[a]!]! + (a >= fixed && a < nuisance ? 1 / weekday : 0);
    for (let c = 0; c < width; c++) own -= row[c]! * row[c]!;
    if (a < nuisance) {
      row[a] = Math.sqrt(Math.max(own, 1e-12));
      halfLogDeterminant += Math.log(row[a]!);
    } else left.push(own);
    factor.push(row);
  }
  return { ...complement(gram, { order, factor, nuisance }), shapeShape: left.slice(0, -1), valueValue: left.at(-1)!, halfLogDeterminant };
}

function complement(gram: readonly Float64Array[], { order, factor, nuisance }: { readonly order: readonly number[]; readonly factor: readonly Float64Array[]; readonly nuisance: number }): Pick<Solved, 'shapeValue'> {
  const last = order.length - 1;
  const value = factor[last]!;
  const shapeValue = order.slice(nuisance, last).map((source, i) => {
    const row = factor[nuisance + i]!;
    let sum = gram[order[last]!]![source]!;
    for (let c = 0; c < nuisance; c++) sum -= row[c]! * value[c]!;
    return sum;
  });
  return { shapeValue };
}

/** For each shape the effect, its deviation, and how well it explains the data (restricted likelihood, flat in the effect and in ln of the noise). */
function regress(solved: Solved, { df, prior, shapes }: { readonly df: number; readonly prior: number; readonly shapes: readonly Shape[] }): Part[] {
  return shapes.flatMap(({ weight }, j) => {
    const square = solved.shapeShape[j]!;
    if (!(square > 1e-10)) return [];
    const mean = solved.shapeValue[j]! / square;
    const rest = Math.max(solved.valueValue - mean * solved.shapeValue[j]!, 1e-12);
    const logWeight = Math.log(weight) + prior - Math.log(square) / 2 - (df / 2) * Math.log(rest);
    return [{ logWeight, mean, scale: Math.sqrt(rest / df / square), df }];
  });
}
