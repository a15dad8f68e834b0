// "m falls by 20%", "m does not rise by more than 10%": the window's typical level against what the baseline leads to expect.
import type { Op } from '../model/hypothesis.ts';
import { probabilityBetween } from './belief.ts';
import type { Case } from './case.ts';
import { findHole, percent } from './case.ts';
import { isShiftedAt } from './confounders.ts';
import { controlChange } from './control.ts';
import { compareWithDate } from './dated.ts';
import { isShifted, undoesRecentShift } from './incident.ts';
import { meanOf, quantileOf, type Mixture } from './mixture.ts';
import { countFinite, median } from './numerics/statistics.ts';
import { prepare } from './prepare.ts';
import type { DayFold } from './prepare.ts';
import { doubtAllowed, doubts, leastHistory, type Doubt } from './settings.ts';
import { definite, open, type Finding, type Remark } from './verdict.ts';
import { look } from './views.ts';

/** What must hold of the change of the logarithm: it lies between `low` and `high`. */
export interface Target {
  readonly low: number;
  readonly high: number;
}

/** What a target may depend on: the typical level before, and the days it comes from (null for a constant). */
export interface Ground {
  readonly baseline: number;
  readonly fold: DayFold | null;
}

export function targetOf(op: Op, by: number): Target {
  const bound = Math.log(Math.max(1 + by, 1e-9));
  return op === '<=' ? { low: -Infinity, high: bound } : { low: bound, high: Infinity };
}

/** Judges a change of the level. `target` gets the baseline's typical level, for amounts in the metric's unit. */
export function judgeRelative(found: Case, target: (ground: Ground) => Target): Finding {
  const { role, against } = found.trial.criterion;
  const prepared = prepare(found);
  if ('reason' in prepared) return prepared;
  const hole = prepared.selective ? null : findHole(found);
  if (hole !== null) return hole;
  const { belief, days } = look(prepared);
  const history = countFinite(days.values.subarray(0, days.before));
  if (belief === null || history < leastHistory) return open('history-too-short', { remarks: found.remarks, detail: dateOfEnough(found, history) });
  const measured = { ...measure(belief, found.remarks), ...controlled(found) };
  if (undoesRecentShift(days, meanOf(belief))) return open('baseline-was-an-incident', measured);
  const disturbed = found.trial.deployments.find((at) => at > found.start && at < found.end && isShiftedAt(prepared.fold, (at - found.start) / (found.end - found.start)));
  if (disturbed !== undefined) return open('confounded', { ...measured, detail: new Date(disturbed * 1000).toISOString() });
  const { low, high } = target({ baseline: prepared.baseline, fold: () => days });
  const moved = median(days.values.subarray(days.before)) - median(days.values.subarray(Math.max(0, days.before - 7), days.before));
  const finding = decide(measured, { probability: probabilityBetween(belief, low, high), moved, target: { low, high }, doubt: doubtAllowed({ history, role, controlled: against.kind === 'control', atPeak: prepared.clock !== null }) });
  return finding.verdict === 'inconclusive' && isShifted(days) ? { ...finding, reason: 'level-shift' } : finding;
}

/** Judges the change since one named day; no level before it is known, so that no step could be told from the window's level. */
export function judgeSinceDate(found: Case, target: (ground: Ground) => Target, date: string): Finding {
  const compared = compareWithDate(found, date);
  if ('reason' in compared) return compared;
  const { low, high } = target({ baseline: compared.baseline, fold: null });
  const measured = measure(compared.belief, found.remarks);
  return decide(measured, { probability: probabilityBetween(compared.belief, low, high), moved: Number.NaN, target: { low, high }, doubt: doubts });
}

export function measure(belief: Mixture, remarks: readonly Remark[]): Pick<Finding, 'estimate' | 'interval' | 'mde' | 'remarks'> {
  const deviation = (quantileOf(belief, 0.841_345) - quantileOf(belief, 0.158_655)) / 2;
  return { estimate: relative(meanOf(belief)), interval: [relative(quantileOf(belief, 0.025)), relative(quantileOf(belief, 0.975))], mde: -relative(-detectable * deviation), remarks };
}

/** The control's own movement is told, and remarked where it is more than its habit. */
function controlled(found: Case): Partial<Finding> {
  const { against } = found.trial.criterion;
  const change = against.kind === 'control' ? controlChange(found, against.metric.name) : null;
  if (change === null) return {};
  return { control: relative(change.log), ...(change.moved ? { remarks: [...found.remarks, 'control-moved'] } : {}) };
}

/** Deviations between no effect and one that is seen four times in five: a one-sided test at 10 % (1.28) and 80 % power (0.84). */
export const detectable = 2.12;

/** A change of the logarithm as a fraction. */
export function relative(log: number): number {
  return Math.expm1(Math.min(Math.max(log, -50), 50));
}

interface Evidence {
  readonly probability: number;
  /** The window's median day against the week before: what a reader of the chart sees. */
  readonly moved: number;
  readonly target: Target;
  readonly doubt: Doubt;
}

/**
 * Slow ramps and partial roll-outs: the step at the deployment is not the window's level. Where they lie on different sides of the target, only
 * half the doubt is allowed.
 */
function decide(measured: Partial<Finding>, { probability, moved, target, doubt }: Evidence): Finding {
  const known = { ...measured, probability };
  const disagree = Number.isFinite(moved) && (moved > target.low && moved <= target.high) !== probability >= 0.5;
  if (disagree && probability < 1 - doubt.met / 2 && probability > doubt.missed / 2) return open('step-and-level-disagree', known);
  if (probability >= 1 - doubt.met) return definite('met', 'measured', known);
  if (probability > doubt.missed) return open('unclear', { ...known, detail: `${percent(probability)} likely to hold` });
  const { interval } = known;
  const improved = interval !== undefined && interval !== null && ((target.high < 0 && interval[1] < 0) || (target.low > 0 && target.low < Infinity && interval[0] > 0));
  return improved ? definite('missed', 'falls-short', { ...known, remarks: [...(measured.remarks ?? []), 'partly'] }) : definite('missed', 'measured', known);
}

function dateOfEnough({ before, trial }: Case, history: number): string {
  const first = before.times[0] ?? trial.deployedAt;
  const need = Math.max(first + leastHistory * 86_400, trial.deployedAt + (leastHistory - history) * 86_400);
  return new Date(need * 1000).toISOString().slice(0, 10);
}
