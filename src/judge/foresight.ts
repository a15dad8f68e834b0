// What can be known of a criterion before anything is merged, through the judge's own eyes: its data, its noise, what a window could see.
import { createCase, findObstacle, type Case } from './case.ts';
import { judgeCriterion } from './judge.ts';
import { median } from './numerics/statistics.ts';
import { foreseePower } from './power.ts';
import { prepare } from './prepare.ts';
import { day } from './settings.ts';
import type { Trial } from './trial.ts';
import { naturalWobble } from './wobble.ts';

export interface Foresight {
  /** Days of usable history. */
  readonly days: number;
  /** Typical value over the hours that count, in the metric's unit; null without data. */
  readonly today: number | null;
  /** 95 of 100 quiet windows change less, as a fraction; null where the history is too short. */
  readonly wobble: number | null;
  /** The promise holds over the last window already. */
  readonly alreadyTrue: boolean;
  /** The smallest relative change that the planned window could see, without its sign. */
  readonly mde: number | null;
  /** Seconds of the window that would see the promised change; null where the planned one does, or none of two weeks or less would. */
  readonly neededWindow: number | null;
  /** For "no more events": the chance of none in the window although nothing changed. */
  readonly byLuck: number | null;
  /** The busiest hours stand far above the others, and the criterion looks at all of them alike. */
  readonly onlyAtPeak: boolean;
}

/** From this ratio on what happens at peak is lost in the median hour. */
const PEAK_RATIO = 1.5;

/** Looks ahead from `trial.deployedAt`, which is now. */
export function foresee(trial: Trial): Foresight {
  const past: Trial = { ...trial, settle: 0, deployments: [], series: trial.series.filter(([time = 0]) => time < trial.deployedAt) };
  const found = createCase(past);
  const rehearsal: Trial = { ...past, deployedAt: past.deployedAt - past.window };
  const prepared = findObstacle(createCase(rehearsal)) === null ? prepare(found) : null;
  const days = prepared === null || 'reason' in prepared ? null : prepared;
  const power = movesByShare(trial) || isNone(trial) ? foreseePower(past) : null;
  const sight = power?.windows.findLast(({ days: length }) => length * day <= Math.max(past.window, day)) ?? null;
  const mde = movesByShare(trial) ? (sight?.mde ?? null) : null;
  const wobble = days === null ? Number.NaN : naturalWobble(days.fold(1) ?? { values: new Float64Array(), before: 0, perDay: 1 });
  return {
    days: Math.round(found.historyDays * 10) / 10,
    today: todayOf(found, days?.baseline ?? null),
    wobble: Number.isFinite(wobble) ? Math.expm1(wobble) : null,
    alreadyTrue: holdsByItself(trial) && judgeCriterion(rehearsal).verdict === 'met',
    mde,
    neededWindow: power === null || power.enough === null || power.enough * day <= past.window ? null : power.enough * day,
    byLuck: isNone(trial) ? (sight?.luck ?? null) : null,
    onlyAtPeak: movesByShare(trial) && trial.criterion.hours.kind === 'all' && trial.criterion.role === 'goal' && peakRatio(found) > PEAK_RATIO,
  };
}

/** Levels, bounds and counts can hold before the change; a change can't. */
function holdsByItself({ criterion: { expects } }: Trial): boolean {
  return expects.kind === 'level' || expects.kind === 'never' || (expects.kind === 'events' && (expects.atMost ?? 0) > 0);
}

/** "No more events". */
function isNone({ criterion: { expects } }: Trial): boolean {
  return expects.kind === 'events' && (expects.atMost ?? 0) === 0;
}

function movesByShare({ criterion: { expects } }: Trial): boolean {
  return expects.kind === 'relative-change' || expects.kind === 'change' || expects.kind === 'within' || expects.kind === 'unchanged';
}

/** The last week's median for what has no level of its own on the judge's scale. */
function todayOf({ before, trial }: Case, baseline: number | null): number | null {
  if (baseline !== null && Number.isFinite(baseline) && trial.criterion.against.kind !== 'control' && before.totals === null) return baseline;
  const recent = [...before.times.keys()].filter((i) => before.times[i]! >= trial.deployedAt - 7 * day);
  if (recent.length === 0) return null;
  const sum = (column: Float64Array): number => recent.reduce((total, i) => total + column[i]!, 0);
  return before.totals === null ? median(recent.map((i) => before.values[i]!)) : sum(before.values) / sum(before.totals);
}

/** The busiest clock hour's median level over the median clock hour's. */
function peakRatio({ before }: Case): number {
  const byClock = Array.from({ length: 24 }, (): number[] => []);
  before.times.forEach((time, i) => byClock[Math.floor(time / 3600) % 24]!.push(before.values[i]!));
  const levels = byClock.filter((values) => values.length > 0).map(median);
  return levels.length < 24 ? 1 : Math.max(...levels) / Math.max(median(levels), Number.MIN_VALUE);
}
