// What could be seen: the minimum detectable effect of a window, from a metric's own history and through the judge's own views.
import { createCase } from './case.ts';
import { quantileOf } from './mixture.ts';
import { countFinite, median } from './numerics/statistics.ts';
import { prepare } from './prepare.ts';
import { detectable, relative } from './relative.ts';
import { day, leastHistory } from './settings.ts';
import type { Trial } from './trial.ts';
import { look } from './views.ts';

/** Fake deployments at the end of the history; the middle one of them counts. */
const rehearsals = 3;

/**
 * The smallest fall that would be seen four times in five over the trial's window, as a positive fraction: a fake deployment is put before the
 * last windows of the history. Null where the history is too short (fewer than 7 days before the window).
 */
export function minimumDetectableEffect(trial: Trial): number | null {
  const deviations = Array.from({ length: rehearsals }, (_, i) => deviationAt(trial, trial.deployedAt - trial.window - i * day)).filter((deviation) => deviation !== null);
  return deviations.length === 0 ? null : -relative(-detectable * median(deviations));
}

function deviationAt(trial: Trial, deployedAt: number): number | null {
  const prepared = prepare(createCase({ ...trial, deployedAt, settle: 0, deployments: [] }));
  if ('reason' in prepared) return null;
  const { belief, days } = look(prepared);
  if (belief === null || countFinite(days.values.subarray(0, days.before)) < leastHistory) return null;
  return (quantileOf(belief, 0.841_345) - quantileOf(belief, 0.158_655)) / 2;
}
