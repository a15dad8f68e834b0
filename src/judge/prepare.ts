// Brings a metric onto the scale that is judged: hours that count, over the control, adjusted for the condition's load, in logarithms of blocks.
import { fillBuckets, foldMedians, type Blocks, type Frame } from './blocks.ts';
import type { Case } from './case.ts';
import { filterSeries, mapSeries, type Series } from './clean.ts';
import { overControl } from './control.ts';
import { mean, median, quantileOfSorted } from './numerics/statistics.ts';
import type { Metric } from '../model/config.ts';
import { besideOthers } from './clock.ts';
import { busiestHours, holder, hoursThatCount } from './select.ts';
import { day, hour, leastHoursBefore } from './settings.ts';
import { open, type Finding } from './verdict.ts';
import { chosenHours, views, type Sight } from './views.ts';

/** Blocks of logarithms, so many a day; null where the points are too far apart for them. */
export type Fold = (perDay: number) => Blocks | null;
export type DayFold = (perDay: 1) => Blocks;

export interface Prepared extends Sight {
  /** Only some hours count, so that missing ones are no holes. */
  readonly selective: boolean;
  /** The metric's typical level before, in its own unit; relative to the control where there is one. */
  readonly baseline: number;
}

/** The metric as it is judged, or why it can't be. */
export function prepare(found: Case): Prepared | Finding {
  const { trial, remarks, start } = found;
  const { hours, against } = trial.criterion;
  const counts = hoursThatCount(found, hours);
  const chosen = filterSeries(found.series, counts);
  const frame: Frame = { start, window: trial.window, width: trial.metric.kind === 'cost' ? day : Math.max(hour, Math.round(Math.min(found.series.step, day))) };
  if (hours.kind !== 'all') {
    const obstacle = findUnexercised(found, chosen);
    if (obstacle !== null) return obstacle;
  }
  const compared = against.kind === 'control' ? overControl(chosen, found, against.metric.name) : chosen;
  if (compared === null) return open('control-lost', { remarks });
  const filling: Filling = { frame, aggregate: trial.metric.aggregate, mean: trial.metric.kind === 'count' || trial.metric.kind === 'cost' };
  const buckets = fillHours(compared, filling);
  const adjusted = hours.kind === 'when' ? withoutLoad(buckets, found, { frame, chosen, name: hours.metric.name }) : buckets;
  const fold = folder(adjusted, hours.kind === 'all' ? null : hours.kind === 'peak' ? Math.min(2, hours.busiest) : 1);
  const days = fold(1)!;
  const past = days.values.subarray(0, days.before);
  if (past.length > 0 && past.every((value) => value === -Infinity)) return open('zero-baseline', { remarks });
  const selective = hours.kind !== 'all';
  const clock = hours.kind === 'peak' && against.kind !== 'control' && frame.width === hour ? besideOthers({ chosen: buckets, others: fillHours(filterSeries(found.series, (time) => !counts(time)), filling), isShoulder: shoulderOf(found, hours.busiest) }) : null;
  return { fold: finite(fold), views: selective ? chosenHours : views, clock, selective, baseline: Math.exp(median(past.subarray(-7))) };
}

/** Logarithms after folding: an hour without any event is a low hour, not a missing one. `least` null: half the hours make a block. */
function folder({ values, before, perDay }: Blocks, least: number | null): Fold {
  return (blocksPerDay) => {
    if (blocksPerDay > perDay) return null;
    const folded = foldMedians({ values, before, perDay }, { perDay: blocksPerDay, least: Math.min(least ?? Infinity, Math.max(perDay / blocksPerDay / 2, 1)) });
    return { ...folded, values: folded.values.map((value) => (value < 0 ? Number.NaN : Math.log(value))) };
  };
}

/** A block of nothing has no logarithm: it is left out. */
function finite(fold: Fold): Fold {
  return (perDay) => {
    const blocks = fold(perDay);
    return blocks === null ? null : { ...blocks, values: blocks.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) };
  };
}

/** As many hours again as are at peak, the next ones in height. */
function shoulderOf({ before, start }: Case, busiest: number): (bucket: number) => boolean {
  const wide = busiestHours(before, 2 * busiest);
  return (bucket) => wide.has(Math.floor((start + (bucket + 0.5) * hour) / hour) % 24);
}

function findUnexercised({ before, after, start, remarks, trial }: Case, chosen: Series): Finding | null {
  const clockHours = (from: number, to: number): number => new Set([...chosen.times].filter((time) => time >= from && time < to).map((time) => Math.floor(time / hour))).size;
  // Looking ahead there is no window yet.
  if (after.times.length > 0 && clockHours(start, Infinity) === 0) return open('not-exercised', { remarks });
  const past = clockHours(-Infinity, trial.deployedAt);
  return past < leastHoursBefore && before.times.length > 0 ? open('not-exercised-before', { remarks, detail: String(past) }) : null;
}

interface Filling {
  readonly frame: Frame;
  readonly aggregate: Metric['aggregate'];
  readonly mean: boolean;
}

/** Hourly medians (or what the metric's aggregation is); hourly means where the medians are ever zero, as those of rare things are. */
function fillHours(series: Series, { frame, aggregate, mean: wantsMean }: Filling): Blocks {
  const typical = wantsMean ? null : fillBuckets(series, frame, aggregates[aggregate ?? 'median']);
  return typical !== null && typical.values.every((value) => !(value <= 0)) ? typical : fillBuckets(series, frame, aggregates.mean);
}

const aggregates = {
  median: (ordered: Float64Array): number => quantileOfSorted(ordered, 0.5),
  mean: (ordered: Float64Array): number => mean(ordered),
  p95: (ordered: Float64Array): number => quantileOfSorted(ordered, 0.95),
  max: (ordered: Float64Array): number => ordered.at(-1)!,
} as const;

/** Under a condition the metric still follows its load: what the baseline shows of that is taken out. */
function withoutLoad(buckets: Blocks, { trial }: Case, { frame, chosen, name }: { readonly frame: Frame; readonly chosen: Series; readonly name: string }): Blocks {
  const held = holder(trial.others.get(name) ?? []);
  const loads = fillBuckets(mapSeries(chosen, (i) => Math.log(held(chosen.times[i]!))), frame, (ordered) => quantileOfSorted(ordered, 0.5));
  const pairs = [...buckets.values.subarray(0, buckets.before)].flatMap((value, i): readonly [number, number][] => (value > 0 && Number.isFinite(loads.values[i]!) ? [[loads.values[i]!, Math.log(value)]] : []));
  const x = mean(pairs.map(([load]) => load));
  const y = mean(pairs.map(([, value]) => value));
  const square = pairs.reduce((sum, [load]) => sum + (load - x) ** 2, 0);
  const slope = square > 0 ? pairs.reduce((sum, [load, value]) => sum + (load - x) * (value - y), 0) / square : 0;
  return { ...buckets, values: buckets.values.map((value, i) => (slope === 0 ? value : value * Math.exp(-slope * (loads.values[i]! - x)))) };
}
