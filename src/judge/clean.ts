// From raw points to a series that can be judged: sorted, finite, one value an instant, with what was dropped on the way.
import type { Points } from './blocks.ts';
import { median } from './numerics/statistics.ts';
import type { Point } from './trial.ts';

export interface Series extends Points {
  /** The denominators of a rate; null for others. */
  readonly totals: Float64Array | null;
  /** Seconds between two points, by the median; 300 for fewer than three. */
  readonly step: number;
  /** NaN, ±Inf and unreadable points that were left out. */
  readonly dropped: number;
  /** Share of instants that came with different values: more than one series was given. */
  readonly contradictions: number;
}

/** Points in time order; where an instant comes twice, the last one counts. `columns` is 3 for rates with their totals. */
export function cleanSeries(points: readonly Point[], columns: 2 | 3): Series {
  const finite = points.filter((point) => point.length >= columns && Number.isFinite(point[0]) && Number.isFinite(point[1]) && (columns === 2 || Number.isFinite(point[2])));
  const ordered = isSorted(finite) ? finite : finite.toSorted((a, b) => a[0]! - b[0]!);
  const kept = ordered.filter((point, i) => point[0] !== ordered[i + 1]?.[0]);
  const twice = kept.length === ordered.length ? 0 : ordered.filter((point, i) => point[0] === ordered[i + 1]?.[0] && point[1] !== ordered[i + 1]?.[1]).length;
  const times = Float64Array.from(kept, (point) => point[0]!);
  return {
    times,
    values: Float64Array.from(kept, (point) => point[1]!),
    totals: columns === 3 ? Float64Array.from(kept, (point) => point[2]!) : null,
    step: stepOf(times),
    dropped: points.length - finite.length,
    contradictions: twice / Math.max(ordered.length, 1),
  };
}

function isSorted(points: readonly Point[]): boolean {
  return points.every((point, i) => i === 0 || points[i - 1]![0]! <= point[0]!);
}

function stepOf(times: Float64Array): number {
  if (times.length < 3) return 300;
  return median(times.subarray(1).map((time, i) => time - times[i]!));
}

/** The points for which `keep` holds. */
export function filterSeries(series: Series, keep: (time: number, i: number) => boolean): Series {
  const { times } = series;
  const kept = new Int32Array(times.length);
  let count = 0;
  for (let i = 0; i < times.length; i++) if (keep(times[i]!, i)) kept[count++] = i;
  if (count === times.length) return series;
  const pick = (column: Float64Array): Float64Array => {
    const picked = new Float64Array(count);
    for (let i = 0; i < count; i++) picked[i] = column[kept[i]!]!;
    return picked;
  };
  return { ...series, times: pick(series.times), values: pick(series.values), totals: series.totals === null ? null : pick(series.totals) };
}

/** The same points with other values. */
export function mapSeries(series: Series, value: (i: number) => number): Series {
  return { ...series, values: series.values.map((_, i) => value(i)) };
}

/**
 * A counter that only grows is turned into what it grew by; where it falls, it was reset and counts from 0 again (as Prometheus does).
 * Null for what is no counter: at least 95 of 100 steps must not fall, the fall of a reset must end below half, and the whole must have grown fourfold.
 */
export function increases(series: Series): { readonly series: Series; readonly resets: number } | null {
  const { values, times } = series;
  const falls = [...values.keys()].filter((i) => i > 0 && values[i]! < values[i - 1]!);
  const rises = [...values.keys()].filter((i) => i > 0 && values[i]! > values[i - 1]!).length;
  if (values.length < 20 || falls.length > 0.05 * values.length || rises < 0.5 * values.length) return null;
  if (falls.some((i) => values[i]! > values[i - 1]! / 2)) return null;
  const grown = values.map((value, i) => (i === 0 ? Number.NaN : value >= values[i - 1]! ? value - values[i - 1]! : value));
  return { series: filterSeries({ ...series, values: grown, times }, (_, i) => i > 0), resets: falls.length };
}
