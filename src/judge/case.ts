// A trial made ready: clean points before and after, what is missing, and the reasons why nothing can be judged at all.
import { cleanSeries, filterSeries, increases, type Series } from './clean.ts';
import { day, longestGap, longestHistory, mostMissing } from './settings.ts';
import type { Trial } from './trial.ts';
import { open, type Finding, type OpenReason, type Remark } from './verdict.ts';

export interface Case {
  readonly trial: Trial;
  /** Everything usable, from at most 35 days before the deployment to the end of the window; settling and excluded points are left out. */
  readonly series: Series;
  readonly before: Series;
  readonly after: Series;
  /** Epoch seconds of the observation window. */
  readonly start: number;
  readonly end: number;
  /** Share of the observation that is missing, and its longest hole in seconds; excluded stretches are neither. */
  readonly missing: number;
  readonly longestHole: number;
  /** Share of the window that is excluded. */
  readonly excluded: number;
  readonly historyDays: number;
  readonly remarks: readonly Remark[];
}

/** Reads the points of a trial. */
export function createCase(trial: Trial): Case {
  const start = trial.deployedAt + trial.settle;
  const end = start + trial.window;
  const columns = trial.metric.kind === 'rate' && (trial.series[0] ?? trial.history[0] ?? []).length >= 3 ? 3 : 2;
  const first = trial.series.reduce((least, point) => Math.min(least, point[0] ?? Infinity), Infinity);
  const stored = trial.history.filter((point) => (point[0] ?? Infinity) < first && (point[0] ?? Infinity) < trial.deployedAt);
  const read = cleanSeries([...stored, ...trial.series], columns);
  const counter = trial.metric.kind === 'count' || trial.metric.kind === 'events' ? increases(read) : null;
  const all = counter?.series ?? read;
  const within = (time: number): boolean => trial.exclude.some(([from, to]) => time >= from && time < to);
  const series = filterSeries(all, (time) => time >= trial.deployedAt - longestHistory * day && time < end && (time < trial.deployedAt || time >= start) && !within(time));
  const before = filterSeries(series, (time) => time < trial.deployedAt);
  const after = filterSeries(series, (time) => time >= start);
  // Every second value lost looks like a coarser step: how close they were before tells the two apart.
  const step = before.times.length < 3 ? after.step : Math.min(before.step, after.step);
  const holes = holesOf(after, trial, { start, end, step });
  const remarks: Remark[] = [];
  if (read.dropped > 0) remarks.push('points-dropped');
  if (counter !== null && counter.resets > 0) remarks.push('counter-resets');
  if (trial.metric.kind === 'rate' && columns === 2) remarks.push('bare-ratio');
  if (stored.length > 0) remarks.push('stored-baseline');
  return { trial, series, before, after, start, end, ...holes, historyDays: before.times.length === 0 ? 0 : (trial.deployedAt - before.times[0]!) / day, remarks };
}

function holesOf(after: Series, { exclude }: Trial, { start, end, step }: { readonly start: number; readonly end: number; readonly step: number }): Pick<Case, 'missing' | 'longestHole' | 'excluded'> {
  const outside = (from: number, to: number): number => exclude.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0);
  const left = end - start - outside(start, end);
  let longestHole = 0;
  let last = start;
  for (const time of [...after.times, end]) {
    longestHole = Math.max(longestHole, time - last - outside(last, time));
    last = time;
  }
  return { missing: left <= 0 ? 1 : Math.max(0, 1 - (after.times.length * step) / left), longestHole, excluded: Math.min(1, outside(start, end) / (end - start)) };
}

/** Why nothing can be judged whatever the form is; null if something can. */
export function findObstacle(found: Case): Finding | null {
  const { series: { contradictions }, before, after, trial, excluded, remarks } = found;
  const refuse = (reason: OpenReason, detail: string | null = null): Finding => open(reason, { remarks, detail });
  if (contradictions > 0.05) return refuse('several-series');
  if (excluded > 0.5) return refuse('excluded', percent(1 - excluded));
  if (before.times.length === 0 && after.times.length === 0) return refuse('no-data');
  if (after.times.length === 0) return refuse('metric-lost', new Date(trial.deployedAt * 1000).toISOString());
  if (trial.metric.kind === 'cost' && trial.window < 7 * day) return refuse('window-too-short', 'cost comes by the day: at least 7 days');
  return null;
}

/** Too much of the observation is missing; null if not. Holes up to two steps are none. */
export function findHole({ missing, longestHole, after, remarks }: Case): Finding | null {
  if (longestHole > Math.max(longestGap, 2 * after.step)) return open('gap', { remarks, detail: `${(longestHole / 3600).toFixed(1)} h` });
  return missing > mostMissing ? open('missing-data', { remarks, detail: percent(missing) }) : null;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)}%`;
}
