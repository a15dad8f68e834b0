// Which hours count: all, the busiest of the baseline, those under a condition, or named days.
import { fillBuckets, type Points } from './blocks.ts';
import type { Case } from './case.ts';
import { cleanSeries } from './clean.ts';
import { median, quantileOfSorted } from './numerics/statistics.ts';
import { day, hour } from './settings.ts';
import type { Point } from './trial.ts';
import type { Hours } from '../model/hypothesis.ts';

/** The UTC clock hours with the highest baseline level: the median over days of the hour's median; of equal ones the earlier (judging.md). */
export function busiestHours(before: Points, count: number): ReadonlySet<number> {
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

/** The value of another metric in the clock hour of an instant: its median over that hour; the hour of the deployment is two, one on each side of it. */
function hourHolder(points: readonly Point[], deployedAt: number): (time: number) => number {
  const series = cleanSeries(points, 2);
  const byHour = new Map<number, number[]>();
  const hourOf = (time: number): number => Math.floor(time / hour) + (time < deployedAt ? 0 : 0.5);
  series.times.forEach((time, i) => {
    const list = byHour.get(hourOf(time));
    if (list === undefined) byHour.set(hourOf(time), [series.values[i]!]);
    else list.push(series.values[i]!);
  });
  const known = new Map([...byHour].map(([index, values]) => [index, median(values)]));
  // What was measured before the deployment says nothing of the time after it.
  const heldBefore = holder(points.filter(([time]) => time! < deployedAt));
  const heldAfter = holder(points.filter(([time]) => time! >= deployedAt));
  return (time) => known.get(hourOf(time)) ?? (time < deployedAt ? heldBefore : heldAfter)(time);
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
      const value = hourHolder(trial.others.get(hours.metric.name) ?? [], trial.deployedAt);
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
