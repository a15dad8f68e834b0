// Which hours count: all, the busiest of the baseline, those under a condition, or named days.
import { fillBuckets } from './blocks.ts';
import type { Case } from './case.ts';
import { cleanSeries, type Series } from './clean.ts';
import { median, quantileOfSorted, sorted } from './numerics/statistics.ts';
import { day, hour } from './settings.ts';
import type { Point } from './trial.ts';
import type { Hours } from '../model/hypothesis.ts';

/** The UTC clock hours with the highest baseline level: the median over days of the hour's median; of equal ones the earlier (judging.md). */
export function busiestHours(before: Series, count: number): ReadonlySet<number> {
  if (before.times.length === 0) return new Set();
  const start = Math.ceil(before.times.at(-1)! / hour + 1e-9) * hour;
  const hours = fillBuckets(before, { start, window: hour, width: hour }, (ordered) => quantileOfSorted(ordered, 0.5));
  const byClock = Array.from({ length: 24 }, (): number[] => []);
  hours.values.forEach((value, i) => byClock[(((start / hour + i - hours.before) % 24) + 24) % 24]!.push(value));
  const levels = byClock.map((values, clock) => ({ clock, level: median(values) })).filter(({ level }) => Number.isFinite(level));
  return new Set(levels.sort((a, b) => b.level - a.level || a.clock - b.clock).slice(0, count).map(({ clock }) => clock));
}

/** Another metric's value at an instant: its last one, which holds for at most two of its own steps; NaN where there is none. */
export function holder(points: readonly Point[]): (time: number) => number {
  const { times, values, step } = cleanSeries(points, 2);
  return (time) => {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low > 0 && time - times[low - 1]! <= 2 * step ? values[low - 1]! : Number.NaN;
  };
}

/** The value of another metric in the clock hour of an instant: the median over that hour of what it held. */
export function hourHolder(points: readonly Point[]): (time: number) => number {
  const series = cleanSeries(points, 2);
  const held = holder(points);
  const byHour = new Map<number, number[]>();
  series.times.forEach((time, i) => {
    const index = Math.floor(time / hour);
    const list = byHour.get(index);
    if (list === undefined) byHour.set(index, [series.values[i]!]);
    else list.push(series.values[i]!);
  });
  const known = new Map([...byHour].map(([index, values]) => [index, quantileOfSorted(sorted(values), 0.5)]));
  return (time) => known.get(Math.floor(time / hour)) ?? held(time);
}

const compare = {
  '<': (value: number, bound: number): boolean => value < bound,
  '<=': (value: number, bound: number): boolean => value <= bound,
  '>': (value: number, bound: number): boolean => value > bound,
  '>=': (value: number, bound: number): boolean => value >= bound,
} as const;

/** Does the instant lie in an hour that counts? */
export function hoursThatCount({ trial, before }: Case, hours: Hours): (time: number) => boolean {
  switch (hours.kind) {
    case 'all':
      return () => true;
    case 'peak': {
      const busiest = busiestHours(before, hours.busiest);
      return (time) => busiest.has(Math.floor(time / hour) % 24);
    }
    case 'when': {
      const value = hourHolder(trial.others.get(hours.metric.name) ?? []);
      const satisfies = compare[hours.op];
      return (time) => satisfies(value(time), hours.bound.value);
    }
    case 'dates': {
      const from = Date.parse(`${hours.from}T00:00:00Z`) / 1000;
      const to = Date.parse(`${hours.to}T00:00:00Z`) / 1000 + day;
      // The named days are judged; what was before is compared with as it was.
      return (time) => time < trial.deployedAt || (time >= from && time < to);
    }
  }
}
