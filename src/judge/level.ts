// "m < 300 ms": the mean of the hours that count, against its bound.
import type { Quantity } from '../model/hypothesis.ts';
import { fillBuckets } from './blocks.ts';
import { findHole, type Case } from './case.ts';
import { filterSeries, type Series } from './clean.ts';
import { mean } from './numerics/statistics.ts';
import { hoursThatCount } from './select.ts';
import { hour, levelResolution } from './settings.ts';
import { definite, open, type Finding } from './verdict.ts';

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export function boundsOf(op: '<=' | '>=', bound: Quantity, other: Quantity | null): Bounds {
  if (other !== null) return { low: Math.min(bound.value, other.value), high: Math.max(bound.value, other.value) };
  return op === '<=' ? { low: -Infinity, high: bound.value } : { low: bound.value, high: Infinity };
}

/** The window was seen whole: its mean is known but for what is missing, and for what nobody would tell apart from the bound. */
export function judgeLevel(found: Case, { low, high }: Bounds): Finding {
  const { trial, after, before, remarks } = found;
  const selective = trial.criterion.hours.kind !== 'all';
  const hole = selective ? null : findHole(found);
  if (hole !== null) return hole;
  const counts = hoursThatCount(found, trial.criterion.hours);
  const hours = hourlyMeans(filterSeries(after, counts), found);
  if (hours.length === 0) return open('not-exercised', { remarks });
  const estimate = mean(hours);
  const error = 2 * deviation(hours, estimate) / Math.sqrt(Math.max(hours.length / 6, 1));
  const known = { estimate, interval: [estimate - error, estimate + error] as const, remarks };
  const near = Math.max(error * Math.sqrt(Math.max(found.missing, 0)), levelResolution * Math.abs(estimate));
  const inside = estimate > low && estimate < high;
  if (Math.min(Math.abs(estimate - low), Math.abs(estimate - high)) <= near) return open('too-close', known);
  if (!inside) return definite('missed', 'value', known);
  const past = mean(hourlyMeans(filterSeries(before, counts), found));
  return definite('met', past > low && past < high ? 'already-true' : 'value', known);
}

function hourlyMeans(series: Series, { start, trial }: Case): readonly number[] {
  const { values } = fillBuckets(series, { start, window: trial.window, width: hour }, (ordered) => mean(ordered));
  return [...values].filter(Number.isFinite);
}

function deviation(values: readonly number[], centre: number): number {
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}
