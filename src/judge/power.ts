// What could be seen: the minimum detectable effect of a window, from a metric's own history and through the judge's own views.
import { createCase, type Case } from './case.ts';
import { countEvents, luckOf } from './events.ts';
import { quantileOf, type Mixture } from './mixture.ts';
import { ratioBelow } from './numerics/counts.ts';
import { countFinite, median } from './numerics/statistics.ts';
import { prepare } from './prepare.ts';
import { lookAtShares } from './rates.ts';
import { detectable, relative } from './relative.ts';
import { day, doubtCounts, leastHistory } from './settings.ts';
import type { Trial } from './trial.ts';
import { look } from './views.ts';

/** Days. */
const windows = [1, 3, 7, 14] as const;
/** Fake deployments at the end of the history; the middle one of them counts. */
const rehearsals = 3;

export interface Sight {
  readonly days: number;
  /** The smallest fall that would be seen four times in five, as a positive fraction; null where the history is too short to say. */
  readonly mde: number | null;
  /** For events: the odds that none come by luck although nothing changed; null for other metrics. */
  readonly luck: number | null;
}

export interface Power {
  readonly windows: readonly Sight[];
  /** Days of the shortest window in which the promised change (or, of events, none) could be told from luck; null where none of them would do. */
  readonly enough: number | null;
}

/** What windows of 1, 3, 7 and 14 days could see of the trial's criterion; `deployedAt` is now, and its own window plays no part. */
export function foreseePower(trial: Trial): Power {
  const sights = windows.map((days) => foresee(trial, days));
  const target = targetOf(trial);
  const enough = sights.find(({ mde, luck }) => (target === null ? luck !== null && luck <= doubtCounts : mde !== null && mde <= target));
  return { windows: sights, enough: enough?.days ?? null };
}

/** The fall or rise that was promised; null for what promises none. */
function targetOf({ criterion: { expects } }: Trial): number | null {
  return expects.kind === 'relative-change' && expects.by !== 0 ? Math.abs(expects.by) : null;
}

function foresee(trial: Trial, days: number): Sight {
  const window = days * day;
  if (trial.metric.kind === 'events') return foreseeEvents(createCase({ ...trial, window }), days);
  const deviations = Array.from({ length: rehearsals }, (_, i) => deviationAt({ ...trial, window, settle: 0, deployments: [], deployedAt: trial.deployedAt - window - i * day })).filter((deviation) => deviation !== null);
  return { days, mde: deviations.length === 0 ? null : -relative(-detectable * median(deviations)), luck: null };
}

/** The same fake deployment as the judge would see it: half the width of the belief's middle 68 %. */
function deviationAt(trial: Trial): number | null {
  const found = createCase(trial);
  const seen = found.series.totals === null ? lookAtLevel(found) : lookAtShares(found);
  if (seen === null || seen.belief === null || countFinite(seen.days.values.subarray(0, seen.days.before)) < leastHistory) return null;
  return (quantileOf(seen.belief, 0.841_345) - quantileOf(seen.belief, 0.158_655)) / 2;
}

function lookAtLevel(found: Case): { readonly belief: Mixture | null; readonly days: { readonly values: Float64Array; readonly before: number } } | null {
  const prepared = prepare(found);
  return 'reason' in prepared ? null : look(prepared);
}

/** As many events in the window as the old rate brings: how many of them have to stay away? */
function foreseeEvents(found: Case, days: number): Sight {
  const { before, burst } = countEvents(found);
  if (before.exposure < leastHistory || before.count === 0) return { days, mde: null, luck: before.count === 0 ? 1 : null };
  const usual = (before.count / before.exposure) * days;
  const isSeen = (fall: number): boolean => ratioBelow({ count: usual * (1 - fall), exposure: days }, before, { ratio: 1, burst }) >= 1 - doubtCounts;
  const fall = [...Array(101).keys()].map((percent) => percent / 100).find(isSeen) ?? null;
  return { days, mde: fall, luck: luckOf({ after: { count: 0, exposure: days }, before, burst }) };
}
