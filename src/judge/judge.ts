// The judge: one trial in, one verdict out. No clock, no chance: the same trial gives the same bytes.
import { assertNever } from '../errors.ts';
import type { Expectation, Quantity } from '../model/hypothesis.ts';
import { judgeBudget } from './budget.ts';
import { judgeByTime } from './by-time.ts';
import { createCase, findObstacle, type Case } from './case.ts';
import { isConstant, judgeConstant } from './constant.ts';
import { judgeAtMost, judgeEventChange, judgeNoMore } from './events.ts';
import { boundsOf, judgeLevel } from './level.ts';
import { judgeNever } from './never.ts';
import { judgeShare, judgeShareChange } from './rates.ts';
import { judgeRelative, judgeSinceDate, targetOf, type Ground, type Target } from './relative.ts';
import { renderReason } from './reasons.ts';
import { renderVerdict } from './words.ts';
import { day, longestHistory } from './settings.ts';
import type { Trial } from './trial.ts';
import type { CriterionVerdict, Finding } from './verdict.ts';
import { naturalWobble } from './wobble.ts';

/** Judges one criterion on one metric. Never throws on data, whatever they are. */
export function judgeCriterion(trial: Trial): CriterionVerdict {
  const found = createCase(trial);
  const finding = findObstacle(found) ?? judgeForm(found, trial.criterion.expects);
  const independentWindows = Math.floor(Math.min(found.historyDays, longestHistory) / (trial.window / day));
  return toVerdict(finding, trial, independentWindows);
}

/** A finding as it is told: numbers to six digits, and a sentence. */
function toVerdict(finding: Finding, trial: Trial, independentWindows: number): CriterionVerdict {
  const { detail: _, ...rest } = finding;
  const { estimate, interval, mde, probability, control } = finding;
  return {
    ...rest, independentWindows, estimate: round(estimate), mde: round(mde), probability: round(probability), control: round(control),
    interval: interval === null ? null : [round(interval[0]) ?? 0, round(interval[1]) ?? 0], why: renderReason(finding), text: renderVerdict(finding, trial),
  };
}

function round(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}

function judgeForm(found: Case, expects: Expectation): Finding {
  const { kind } = found.trial.metric;
  switch (expects.kind) {
    case 'level':
      return found.series.totals !== null && expects.op === '<=' && expects.other === null ? judgeShare(found, shareOf(expects.bound)) : judgeLevel(found, boundsOf(expects.op, expects.bound, expects.other));
    case 'relative-change':
      if (kind === 'events' && expects.op === '<=') return judgeEventChange(found, 1 + expects.by);
      if (found.series.totals !== null && expects.op === '<=') return judgeShareChange(found, 1 + expects.by);
      return judgeChange(found, () => targetOf(expects.op, expects.by));
    case 'change':
      return judgeChange(found, ({ baseline }) => targetOf(expects.op, expects.by.value / baseline));
    case 'within':
      return judgeChange(found, ({ baseline }) => around(typeof expects.by === 'number' ? expects.by : expects.by.value / baseline));
    case 'unchanged':
      return judgeUnchanged(found, expects.side);
    case 'never':
      return judgeNever(found, { op: expects.op, bound: expects.bound.value, longerThan: expects.longerThan });
    case 'events':
      return (expects.atMost ?? 0) === 0 ? judgeNoMore(found) : judgeAtMost(found, ((expects.atMost ?? 0) * day) / (expects.per ?? found.trial.window));
    case 'budget':
      return judgeBudget(found, { op: expects.op, share: expects.share });
    case 'by-time':
      return judgeByTime(found, expects.minutes);
    default:
      return assertNever(expects);
  }
}

/** A rate is judged as a share; per cent is the unit people write it in. */
function shareOf({ value, unit }: Quantity): number {
  return unit === '%' ? value / 100 : value;
}

function around(by: number): Target {
  return { low: targetOf('>=', -by).low, high: targetOf('<=', by).high };
}

function judgeChange(found: Case, target: (ground: Ground) => Target): Finding {
  const { hours, against } = found.trial.criterion;
  if (against.kind === 'date') return judgeSinceDate(found, target, against.date);
  const plain = hours.kind === 'all' && against.kind === 'baseline';
  if (!plain || !isConstant(found)) return judgeRelative(found, target);
  return judgeConstant(found, target({ fold: null, baseline: found.before.values[0]! }));
}

/** Without a margin the metric's natural wobble is the margin, and that is said. */
function judgeUnchanged(found: Case, side: '<=' | '>=' | 'worse' | null): Finding {
  const { better } = found.trial.metric;
  const holds = side !== 'worse' ? side : better === 'lower' ? '<=' : better === 'higher' ? '>=' : null;
  const finding = judgeChange(found, ({ fold }) => {
    const margin = fold === null ? 0 : naturalWobble(fold(1));
    if (holds === '<=') return { low: -Infinity, high: margin };
    return holds === '>=' ? { low: -margin, high: Infinity } : { low: -margin, high: margin };
  });
  return { ...finding, remarks: [...finding.remarks, 'wobble-margin'] };
}
