// Looks before the end: they may only stop for harm, each with its share of the doubt; never an early pass.
import type { Expectation, MetricCriterion } from '../model/hypothesis.ts';
import { judgeCriterion } from './judge.ts';
import { day, doubtCounts, doubts } from './settings.ts';
import type { Trial } from './trial.ts';
import type { CriterionVerdict } from './verdict.ts';

export interface Look {
  /** Epoch seconds: what came later is not looked at. */
  readonly at: number;
  /** How many looks there are in all; each is allowed this part of the doubt. */
  readonly looks: number;
}

/** The verdict so far where it already is harm; null where it isn't, or where it is too early to say. */
export function judgeHarm(trial: Trial, { at, looks }: Look): CriterionVerdict | null {
  const criterion = guardOf(trial.criterion);
  const window = Math.min(wholePart(at - trial.deployedAt - trial.settle, criterion.expects), trial.window);
  if (window <= 0) return null;
  const end = trial.deployedAt + trial.settle + window;
  const verdict = judgeCriterion({ ...trial, criterion, window, series: trial.series.filter(([time]) => time! < end) });
  return verdict.verdict === 'missed' && isBeyondDoubt(verdict, trial, looks) ? verdict : null;
}

/** Changes are judged by whole days, facts at any time. */
function wholePart(seconds: number, { kind }: Expectation): number {
  return kind === 'never' || kind === 'events' ? seconds : Math.floor(seconds / day) * day;
}

/** A goal that isn't reached yet does no harm; going the other way does. */
function guardOf(criterion: MetricCriterion): MetricCriterion {
  const { role, expects } = criterion;
  if (role === 'guardrail' || (expects.kind !== 'relative-change' && expects.kind !== 'change')) return criterion;
  return { ...criterion, role: 'guardrail', expects: { kind: 'unchanged', side: expects.op } };
}

function isBeyondDoubt({ reason, probability, interval }: CriterionVerdict, { criterion: { role, expects }, metric }: Trial, looks: number): boolean {
  switch (expects.kind) {
    case 'never':
      return reason === 'violated';
    case 'events':
      return role === 'guardrail' && (reason === 'event-seen' || (probability !== null && probability <= doubtCounts / looks));
    case 'level':
      if (probability !== null) return role === 'guardrail' && probability <= doubtCounts / looks;
      return role === 'guardrail' && interval !== null && (interval[0] > expects.bound.value) === (interval[1] > expects.bound.value);
    case 'budget':
      return role === 'guardrail';
    case 'by-time':
      return role === 'guardrail';
    default:
      return probability !== null && probability <= (metric.kind === 'events' ? doubtCounts : doubts.missed) / looks;
  }
}
