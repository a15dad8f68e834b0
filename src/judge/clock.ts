// Chosen clock hours beside all the others: what happened to these tells the chosen ones' level from a day on which everything was high.
import type { Blocks } from './blocks.ts';
import { indicator, type Scene } from './fit.ts';

export interface Hours {
  /** Buckets of the hours that count, and of the rest. */
  readonly chosen: Blocks;
  readonly others: Blocks;
  /** Does the effect perhaps reach into this bucket (counted from the window's start)? */
  readonly isShoulder: (bucket: number) => boolean;
}

/**
 * All hours in one row, with three effects that don't depend on each other: on the hours that count, on those next to them in height, and on the
 * rest. An effect at peak never ends sharply at a full hour; what it does elsewhere is no part of the promise.
 */
export function besideOthers({ chosen, others, isShoulder }: Hours): Scene {
  const before = Math.max(chosen.before, others.before);
  const length = before + Math.max(chosen.values.length - chosen.before, others.values.length - others.before);
  const counts = (i: number): boolean => Number.isFinite(chosen.values[i - before + chosen.before]);
  const values = Float64Array.from({ length }, (_, i) => Math.log((counts(i) ? chosen.values[i - before + chosen.before] : others.values[i - before + others.before]) ?? Number.NaN));
  const after = (is: (i: number) => boolean): Float64Array => indicator(length, (i) => i >= before && is(i));
  return {
    values: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)), before, perDay: chosen.perDay,
    effect: after(counts), beside: [after((i) => !counts(i) && isShoulder(i - before)), after((i) => !counts(i) && !isShoulder(i - before))],
  };
}
