// Buckets and blocks of a metric, counted backwards and forwards from the start of the window, so that the daily cycle cancels.
import { median, sorted } from './numerics/statistics.ts';

/** Values at equal steps; NaN where there are none. `values[before]` is the first one of the window. */
export interface Blocks {
  readonly values: Float64Array;
  readonly before: number;
  readonly perDay: number;
}

export interface Points {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export interface Frame {
  /** Epoch seconds of the window's start. */
  readonly start: number;
  /** Seconds of the window. */
  readonly window: number;
  /** Seconds of a bucket. */
  readonly width: number;
}

/** Buckets of what `aggregate` makes of their points (sorted values), from the first point to the end of the window. */
export function fillBuckets({ times, values }: Points, { start, window, width }: Frame, aggregate: (ordered: Float64Array) => number): Blocks {
  const after = Math.max(Math.round(window / width), 1);
  const first = times.length === 0 ? 0 : Math.min(Math.floor((times[0]! - start) / width), 0);
  const buckets = new Float64Array(after - first).fill(Number.NaN);
  for (let from = 0; from < times.length; ) {
    const bucket = Math.floor((times[from]! - start) / width);
    let to = from + 1;
    while (to < times.length && Math.floor((times[to]! - start) / width) === bucket) to++;
    if (bucket < after) buckets[bucket - first] = aggregate(sorted(values.subarray(from, to)));
    from = to;
  }
  return { values: buckets, before: -first, perDay: 86_400 / width };
}

export interface Fold {
  readonly perDay: number;
  /** The least buckets with a value that a block needs. */
  readonly least: number;
}

/** Blocks of several buckets: the median of those that have a value. Incomplete blocks at both ends are left out. */
export function foldMedians(buckets: Blocks, { perDay, least }: Fold): Blocks {
  const size = Math.max(Math.round(buckets.perDay / perDay), 1);
  const before = Math.floor(buckets.before / size);
  const after = Math.floor((buckets.values.length - buckets.before) / size);
  const offset = buckets.before - before * size;
  const values = Float64Array.from({ length: before + after }, (_, i) => {
    const kept = buckets.values.subarray(offset + i * size, offset + (i + 1) * size).filter(Number.isFinite);
    return kept.length >= least ? median(kept) : Number.NaN;
  });
  return { values, before, perDay };
}
