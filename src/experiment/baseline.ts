// The hourly baseline that is stored with the record: sources forget, the record doesn't.
import type { LockedMetric, StoredBaseline } from '../model/experiment.ts';

const HOUR = 3600;
/** 28 days: what the judge wants of a history. */
export const BASELINE_HOURS = 672;

/** `[t, value]`, or `[t, bad, total]`; epoch seconds, in time order. */
export type Point = readonly number[];

/** Folds points into whole hours that end before `until` (epoch seconds); null where there are none. Numbers keep four digits. */
export function foldBaseline(points: readonly Point[], metric: Pick<LockedMetric, 'kind' | 'aggregate'>, until: number): StoredBaseline | null {
  const last = Math.floor(until / HOUR) * HOUR;
  const usable = points.filter((point) => point.every(Number.isFinite) && point[0]! < last && point[0]! >= last - BASELINE_HOURS * HOUR);
  const [first] = usable;
  if (first === undefined) return null;
  const from = Math.floor(first[0]! / HOUR) * HOUR;
  const hours = groupByHour(usable, { from, count: (last - from) / HOUR });
  const paired = first.length >= 3;
  const fold = paired ? sum : foldOf(metric, usable);
  return {
    from,
    values: hours.map((hour) => (hour.length === 0 ? null : brief(fold(hour.map((point) => point[1]!))))),
    totals: paired ? hours.map((hour) => (hour.length === 0 ? null : brief(sum(hour.map((point) => point[2]!))))) : null,
  };
}

/** The points of a stored baseline, as the judge takes them for what the source has lost. */
export function baselinePoints({ from, values, totals }: StoredBaseline): readonly Point[] {
  return values.flatMap((value, hour): readonly Point[] => {
    const time = from + hour * HOUR;
    const total = totals?.[hour] ?? null;
    if (value === null || (totals !== null && total === null)) return [];
    return [total === null ? [time, value] : [time, value, total]];
  });
}

function groupByHour(points: readonly Point[], { from, count }: { readonly from: number; readonly count: number }): readonly Point[][] {
  const hours = Array.from({ length: count }, (): Point[] => []);
  for (const point of points) hours[Math.floor((point[0]! - from) / HOUR)]?.push(point);
  return hours;
}

/** An hour in one number that can stand among finer points of the same kind: the judge mixes both. */
function foldOf({ kind, aggregate }: Pick<LockedMetric, 'kind' | 'aggregate'>, points: readonly Point[]): (values: readonly number[]) => number {
  if ((kind === 'count' || kind === 'events') && isCounter(points)) return (values) => values.at(-1) ?? 0;
  if (kind === 'events') return sum;
  if (kind === 'count' || kind === 'cost' || aggregate === 'mean') return (values) => sum(values) / values.length;
  if (aggregate === 'max') return (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);
  return (values) => quantile(values, aggregate === 'p95' ? 0.95 : 0.5);
}

/** A counter only grows, but for a reset now and then: then an hour's last reading stands for it. */
function isCounter(points: readonly Point[]): boolean {
  const falls = points.filter((point, i) => i > 0 && point[1]! < points[i - 1]![1]!).length;
  const rises = points.filter((point, i) => i > 0 && point[1]! > points[i - 1]![1]!).length;
  return points.length >= 20 && falls <= 0.05 * points.length && rises >= 0.5 * points.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  const place = (ordered.length - 1) * share;
  const low = ordered[Math.floor(place)] ?? 0;
  return low + ((ordered[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}

/** Four digits are far below any metric's noise, and make the record small. */
function brief(value: number): number {
  return Number(value.toPrecision(4));
}
