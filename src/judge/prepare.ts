// Brings a metric onto the scale that is judged: hours that count, logarithms, minus the control, adjusted for the condition's load.
import { fillBuckets, type Blocks, type Frame } from './blocks.ts';
import type { Case } from './case.ts';
import { filterSeries, mapSeries, type Series } from './clean.ts';
import { countFinite, mean, median, quantileOfSorted } from './numerics/statistics.ts';
import { holder, hoursThatCount } from './select.ts';
import { day, hour, leastHoursBefore } from './settings.ts';
import { open, type Finding } from './verdict.ts';
import { half, views, wholeDays, type View } from './views.ts';

export interface Prepared {
  /** Hourly values on the scale that is judged. */
  readonly buckets: Blocks;
  readonly views: readonly View[];
  readonly least: (size: number) => number;
  /** Only some hours count, so that missing ones are no holes. */
  readonly selective: boolean;
  /** The metric's typical level before, in its own unit; relative to the control where there is one. */
  readonly baseline: number;
}

/** Hourly logarithms, or why there are none. */
export function prepare(found: Case): Prepared | Finding {
  const { trial, remarks, start } = found;
  const { hours, against } = trial.criterion;
  const counts = hoursThatCount(found, hours);
  const chosen = filterSeries(found.series, counts);
  const frame: Frame = { start, window: trial.window, width: Math.max(hour, Math.round(chosen.step > day ? day : found.series.step)) };
  if (hours.kind !== 'all') {
    const obstacle = findUnexercised(found, chosen);
    if (obstacle !== null) return obstacle;
  }
  const compared = against.kind === 'control' ? overControl(chosen, found, against.metric.name) : chosen;
  if (compared === null) return open('control-lost', { remarks });
  const buckets = logBuckets(compared, { frame, aggregate: trial.metric.aggregate, mean: trial.metric.kind === 'count' || trial.metric.kind === 'cost' });
  if (buckets === null) return open('zero-baseline', { remarks });
  const adjusted = hours.kind === 'when' ? withoutLoad(buckets, found, { frame, chosen, name: hours.metric.name }) : buckets;
  const selective = hours.kind === 'peak' || hours.kind === 'when' || hours.kind === 'dates';
  const least = hours.kind === 'peak' ? (): number => Math.min(2, hours.busiest) : hours.kind === 'all' ? half : (): number => 1;
  return { buckets: adjusted, views: selective ? wholeDays : views, least, selective, baseline: Math.exp(median(buckets.values.subarray(Math.max(0, buckets.before - 7 * buckets.perDay), buckets.before))) };
}

function findUnexercised({ before, start, remarks, trial }: Case, chosen: Series): Finding | null {
  const clockHours = (from: number, to: number): number => new Set([...chosen.times].filter((time) => time >= from && time < to).map((time) => Math.floor(time / hour))).size;
  if (clockHours(start, Infinity) === 0) return open('not-exercised', { remarks });
  const past = clockHours(-Infinity, trial.deployedAt);
  return past < leastHoursBefore && before.times.length > 0 ? open('not-exercised-before', { remarks, detail: String(past) }) : null;
}

/** The metric over its control; null where the control has too little to say of the window. */
function overControl(series: Series, { start, trial }: Case, name: string): Series | null {
  const held = holder(trial.others.get(name) ?? []);
  const ratio = mapSeries(series, (i) => series.values[i]! / held(series.times[i]!));
  const kept = filterSeries(ratio, (_, i) => Number.isFinite(ratio.values[i]!));
  const inWindow = (times: Float64Array): number => times.filter((time) => time >= start).length;
  return inWindow(kept.times) < 0.9 * inWindow(series.times) ? null : kept;
}

/** Logarithms of hourly medians; of hourly means where the medians are often zero; null where even these are. */
function logBuckets(series: Series, { frame, aggregate, mean: wantsMean }: { readonly frame: Frame; readonly aggregate: string | null; readonly mean: boolean }): Blocks | null {
  const average = (ordered: Float64Array): number => mean(ordered);
  const typical = aggregate === 'mean' ? average : aggregate === 'p95' ? (ordered: Float64Array): number => quantileOfSorted(ordered, 0.95) : aggregate === 'max' ? (ordered: Float64Array): number => ordered.at(-1)! : (ordered: Float64Array): number => quantileOfSorted(ordered, 0.5);
  const medians = wantsMean ? null : fillBuckets(series, frame, typical);
  const buckets = medians !== null && medians.values.every((value) => !(value <= 0)) ? medians : fillBuckets(series, frame, average);
  const values = buckets.values.map((value) => (value > 0 ? Math.log(value) : Number.NaN));
  return countFinite(values) < 0.5 * countFinite(buckets.values) ? null : { ...buckets, values };
}

/** Under a condition the metric still follows its load: what the baseline shows of that is taken out. */
function withoutLoad(buckets: Blocks, { trial }: Case, { frame, chosen, name }: { readonly frame: Frame; readonly chosen: Series; readonly name: string }): Blocks {
  const held = holder(trial.others.get(name) ?? []);
  const loads = fillBuckets(mapSeries(chosen, (i) => Math.log(held(chosen.times[i]!))), frame, (ordered) => quantileOfSorted(ordered, 0.5));
  const pairs = [...buckets.values.subarray(0, buckets.before)].flatMap((y, i): readonly [number, number][] => (Number.isFinite(y) && Number.isFinite(loads.values[i]!) ? [[loads.values[i]!, y]] : []));
  const x = mean(pairs.map(([load]) => load));
  const y = mean(pairs.map(([, value]) => value));
  const square = pairs.reduce((sum, [load]) => sum + (load - x) ** 2, 0);
  const slope = square > 0 ? pairs.reduce((sum, [load, value]) => sum + (load - x) * (value - y), 0) / square : 0;
  return { ...buckets, values: buckets.values.map((value, i) => (slope === 0 ? value : value - slope * (loads.values[i]! - x))) };
}
