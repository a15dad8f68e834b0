// A control: another pool, another region, which the change did not touch.
import { fillBuckets, foldMedians } from './blocks.ts';
import type { Case } from './case.ts';
import { cleanSeries, filterSeries, mapSeries, type Series } from './clean.ts';
import { createScene, fitEffect } from './fit.ts';
import { cdf, meanOf } from './mixture.ts';
import { quantileOfSorted } from './numerics/statistics.ts';
import { holder } from './select.ts';
import { day, hour, longestHistory } from './settings.ts';
import { wholeDays } from './views.ts';

/** The metric over its control; null where the control has too little to say of the window. */
export function overControl(series: Series, { start, trial }: Case, name: string): Series | null {
  const held = holder(trial.others.get(name) ?? []);
  const ratio = mapSeries(series, (i) => series.values[i]! / held(series.times[i]!));
  const kept = filterSeries(ratio, (_, i) => Number.isFinite(ratio.values[i]!));
  const inWindow = (times: Float64Array): number => times.filter((time) => time >= start).length;
  return inWindow(kept.times) < 0.9 * inWindow(series.times) ? null : kept;
}

/** What the control itself did at the deployment, and whether that is more than it does anyway. */
export function controlChange({ trial, start, end }: Case, name: string): { readonly log: number; readonly moved: boolean } | null {
  const points = cleanSeries(trial.others.get(name) ?? [], 2);
  const used = filterSeries(points, (time, i) => points.values[i]! > 0 && time >= start - longestHistory * day && time < end);
  const hours = fillBuckets(used, { start, window: trial.window, width: Math.max(hour, used.step) }, (ordered) => Math.log(quantileOfSorted(ordered, 0.5)));
  const belief = fitEffect(createScene(foldMedians(hours, { perDay: 1, least: Math.max(hours.perDay / 2, 1) })), wholeDays[0]!.assumptions);
  if (belief === null) return null;
  const below = cdf(belief, 0);
  return { log: meanOf(belief), moved: Math.min(below, 1 - below) < 0.05 && Math.abs(meanOf(belief)) > leastMove };
}

/** Below 5 % nobody needs to be told. */
const leastMove = 0.05;
