// What is drawn beside a verdict: each measured criterion by the hour, as long before the effect as after it.
import { foldBaseline } from '../experiment/baseline.ts';
import type { Window } from '../experiment/windows.ts';
import type { CriterionResult, Experiment, ExperimentResult, StoredBaseline } from '../model/experiment.ts';
import type { Criterion } from '../model/hypothesis.ts';
import type { MetricReading } from '../ports/metrics.ts';
import type { CriterionChart } from '../report/chart.ts';
import { hoursTail } from '../report/promise.ts';
import { unitOf } from './judging.ts';

const HOUR = 3600;
const DAY = 86_400;

/** One chart a criterion that has a series; none for values that people gave. */
export function chartsOf(experiment: Experiment, result: ExperimentResult, { readings, window }: { readonly readings: ReadonlyMap<string, MetricReading>; readonly window: Window }): readonly CriterionChart[] {
  return result.criteria.flatMap((judged, index): readonly CriterionChart[] => {
    const reading = readings.get(judged.metric);
    const metric = experiment.metrics.find(({ name }) => name === judged.metric);
    const criterion = experiment.criteria[index];
    if (reading?.kind !== 'series' || metric === undefined || criterion === undefined) return [];
    const inUnits = unitOf(metric, reading);
    const folded = foldBaseline(reading.points, metric, window.to);
    if (folded === null) return [];
    const from = Math.max(folded.from, Math.floor((window.effectAt - Math.max(window.to - window.effectAt, 7 * DAY)) / HOUR) * HOUR);
    return [{ text: judged.text, metric: judged.metric, unit: judged.unit, from, values: valuesOf(folded).map((value) => value && inUnits(value)).slice((from - folded.from) / HOUR), beganAt: window.effectAt, before: isMove(criterion) ? judged.before : null, promised: promisedLevel(criterion, judged), hours: hoursOf(criterion) }];
  });
}

function valuesOf({ values, totals }: StoredBaseline): readonly (number | null)[] {
  if (totals === null) return values;
  return values.map((bad, hour) => {
    const total = totals[hour] ?? null;
    return bad === null || total === null || total === 0 ? null : bad / total;
  });
}

/** Named days are judged against all that was before. */
function hoursOf(criterion: Criterion): string {
  return criterion.kind === 'metric' && criterion.hours.kind !== 'dates' ? hoursTail(criterion.hours) : '';
}

/** A level is a bound from the first hour on; a change starts from where the metric was. */
function isMove(criterion: Criterion): boolean {
  return criterion.kind === 'metric' && (criterion.expects.kind === 'relative-change' || criterion.expects.kind === 'change');
}

/** The level that was promised, in the metric's unit; null where none follows from the criterion. */
function promisedLevel(criterion: Criterion, { before }: CriterionResult): number | null {
  if (criterion.kind === 'evidence') return criterion.bound.value;
  const { expects } = criterion;
  switch (expects.kind) {
    case 'level': case 'never':
      return expects.bound.value;
    case 'relative-change':
      return before === null ? null : before * (1 + expects.by);
    case 'change':
      return before === null ? null : before + expects.by.value;
    default:
      return null;
  }
}
