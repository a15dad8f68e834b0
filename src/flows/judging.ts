// From readings to the measured outcome: a trial for each criterion, the judge's word on each, and what they say together.
import { assertNever } from '../errors.ts';
import { BASELINE_HOURS, baselinePoints } from '../experiment/baseline.ts';
import { contradiction } from '../experiment/same-series.ts';
import { isoOf, type Window } from '../experiment/windows.ts';
import { foresee } from '../judge/foresight.ts';
import { judgeHypothesis, type JudgedIntent } from '../judge/hypothesis.ts';
import { createCase } from '../judge/case.ts';
import { median } from '../judge/numerics/statistics.ts';
import { judgeCriterion } from '../judge/judge.ts';
import { renderPeak, renderReason, renderRemark } from '../judge/reasons.ts';
import { busiestHours, hoursThatCount } from '../judge/select.ts';
import type { Point, Trial } from '../judge/trial.ts';
import { definite, open, type CriterionVerdict, type Finding, type OpenReason } from '../judge/verdict.ts';
import type { Intent } from '../model/decision.ts';
import type { CriterionResult, Experiment, ExperimentResult, LockedMetric, ManualAnswer } from '../model/experiment.ts';
import type { Criterion, MetricCriterion, Quantity } from '../model/hypothesis.ts';
import type { MetricReading } from '../ports/metrics.ts';
import { convert } from '../quantity/unit.ts';
import { renderMetric } from '../metric-name.ts';

/** Everything the judge is given, by the metric's name as criteria write it. */
export interface Evidence {
  readonly readings: ReadonlyMap<string, MetricReading>;
  readonly window: Window;
  /** Epoch seconds of other deployments inside the window. */
  readonly deployments: readonly number[];
  readonly at: string;
}

/** Judges every criterion and the hypothesis. Pure: the same readings give the same outcome. */
export function judgeExperiment(experiment: Experiment, evidence: Evidence): ExperimentResult {
  const criteria = experiment.criteria.map((criterion) => judgeOne(experiment, criterion, evidence));
  return {
    outcome: judgeHypothesis(criteria.map(({ role, verdict, reason }) => ({ role, verdict, reason: reason as CriterionVerdict['reason'] })), intentOf(experiment.intent)),
    at: evidence.at,
    windows: windowsOf(evidence.window),
    criteria,
    confounders: evidence.deployments.map((at) => `another deployment at ${isoOf(at)}`),
    early: false,
  };
}

/** What was compared with what; the baseline is as much of the four weeks before as there is. */
function windowsOf({ effectAt, from, to }: Window): ExperimentResult['windows'] {
  return { baseline: [isoOf(effectAt - BASELINE_HOURS * 3600), isoOf(effectAt)], observed: [isoOf(from), isoOf(to)] };
}

/** A step is judged as what its programme is: a promise that something gets better. */
function intentOf(intent: Intent): JudgedIntent {
  return intent === 'step' ? 'improve' : intent;
}

function judgeOne(experiment: Experiment, criterion: Criterion, evidence: Evidence): CriterionResult {
  const name = renderMetric(criterion.metric);
  const metric = experiment.metrics.find((candidate) => candidate.name === name) ?? null;
  const answer = experiment.answers.find((candidate) => candidate.metric === name) ?? null;
  const reading = evidence.readings.get(name);
  const inUnits = unitOf(metric, reading);
  const verdict = isAnswered(criterion) ? judgeAnswer(criterion, answer, metric) : judgeSeries(experiment, { criterion, metric, evidence });
  const trial = criterion.kind === 'metric' && metric !== null && reading?.kind === 'series' ? trialOf(experiment, { criterion, metric, evidence, points: reading.points }) : null;
  // What the metric does by itself over such a window, and the window that would see the promise: from the history alone.
  const seen = trial && foresee(trial);
  const { counts, remarks } = hoursOf(trial);
  const levels = levelsOf(reading, { metric, window: evidence.window, inUnits, counts });
  return {
    text: criterion.text, role: criterion.role, metric: name, unit: metric?.unit ?? answer?.unit ?? null,
    verdict: verdict.verdict, reason: verdict.reason, sentence: verdict.why,
    ...figuresOf(verdict, criterion, inUnits), ...levels, wobble: seen?.wobble ?? null, neededWindow: verdict.verdict === 'inconclusive' ? (seen?.neededWindow ?? null) : null, remarks: [...remarks, ...verdict.remarks.map(renderRemark)],
  };
}

interface JudgedHours {
  /** Does an instant lie in an hour that was judged? */
  readonly counts: (time: number) => boolean;
  readonly remarks: readonly string[];
}

/** Only some hours count where the criterion says so; of events all do. */
function hoursOf(trial: Trial | null): JudgedHours {
  if (trial === null || trial.metric.kind === 'events' || trial.criterion.hours.kind === 'all') return { counts: () => true, remarks: [] };
  const { hours } = trial.criterion;
  const found = createCase(trial);
  const peak = hours.kind === 'peak' ? [...busiestHours(found.before, hours.busiest)] : [];
  return { counts: hoursThatCount(found, hours), remarks: peak.length === 0 ? [] : [renderPeak(peak)] };
}

/** What a result keeps of a verdict. */
type Judged = Pick<CriterionVerdict, 'verdict' | 'reason' | 'estimate' | 'interval' | 'mde' | 'remarks' | 'why'>;

function found(finding: Finding): Judged {
  return { ...finding, why: renderReason(finding) };
}

/** Values that people give: no series, no statistics. */
export function isAnswered(criterion: Criterion): criterion is Criterion {
  return criterion.kind === 'evidence' || criterion.manual;
}

function judgeAnswer(criterion: Criterion, answer: ManualAnswer | null, metric: LockedMetric | null): Judged {
  if (answer === null) return found(open('unanswered'));
  const bounds = boundsOf(criterion);
  if (bounds === null) return found(open('no-data', { detail: 'one value has nothing to be compared with: promise a level' }));
  const value = inUnit({ value: answer.value, unit: answer.unit }, metric?.unit ?? bounds[0]?.bound.unit ?? null);
  const holds = bounds.every(({ op, bound }) => (op === '<=' ? value <= bound.value : value >= bound.value));
  return found(definite(holds ? 'met' : 'missed', 'value', { estimate: value }));
}

interface Bound {
  readonly op: '<=' | '>=';
  readonly bound: Quantity;
}

function boundsOf(criterion: Criterion): readonly Bound[] | null {
  if (criterion.kind === 'evidence') return [{ op: criterion.op, bound: criterion.bound }];
  if (criterion.expects.kind !== 'level') return null;
  const { op, bound, other } = criterion.expects;
  return [{ op, bound }, ...(other === null ? [] : [{ op: op === '<=' ? ('>=' as const) : ('<=' as const), bound: other }])];
}

/** An answer without a unit, or in one that can't be converted, is taken in the metric's own. */
function inUnit(quantity: Quantity, unit: string | null): number {
  return unit === null || quantity.unit === null ? quantity.value : (convert(quantity.value, quantity.unit, unit) ?? quantity.value);
}

interface Asked {
  readonly criterion: Criterion;
  readonly metric: LockedMetric | null;
  readonly evidence: Evidence;
}

function judgeSeries(experiment: Experiment, { criterion, metric, evidence }: Asked): Judged {
  if (criterion.kind !== 'metric') return found(open('unanswered'));
  const refused = (reason: OpenReason, detail: string | null = null): Judged => found(open(reason, { detail }));
  const reading = evidence.readings.get(renderMetric(criterion.metric));
  if (metric === null || reading === undefined) return refused('no-data', 'the catalogue did not know this metric when it was locked');
  if (reading.kind === 'failed') return refused('provider-error', reading.message);
  const several = reading.conditions.find((condition) => condition.kind === 'several-series');
  if (several?.kind === 'several-series') return refused('several-series', several.examples.slice(0, 3).join(', '));
  const stored = experiment.baselines[metric.name];
  const ratio = stored === undefined ? null : contradiction(stored, reading.points, metric);
  if (ratio !== null) return refused('another-series', `its level then was told ${Number(ratio.toPrecision(2))} times as high now`);
  return judgeCriterion(trialOf(experiment, { criterion, metric, evidence, points: reading.points }));
}

/** What the judge is given for one criterion. */
export function trialOf(experiment: Experiment, { criterion, metric, evidence, points }: { readonly criterion: MetricCriterion; readonly metric: LockedMetric; readonly evidence: Evidence; readonly points: readonly Point[] }): Trial {
  const { window, readings, deployments } = evidence;
  const stored = experiment.baselines[metric.name];
  return {
    metric: judgedMetric(metric),
    criterion: withFullNames(criterion),
    series: points,
    deployedAt: window.effectAt,
    settle: window.from - window.effectAt,
    window: window.to - window.from,
    others: othersOf(criterion, readings),
    // No older than what the source was asked for: else a lock some hours before the effect would seem to stand in for it.
    history: stored === undefined ? [] : baselinePoints(stored).filter(([time = 0]) => time >= window.effectAt - BASELINE_HOURS * 3600),
    exclude: [],
    deployments,
  };
}

export function judgedMetric({ name, unit, better, kind, aggregate }: LockedMetric): Trial['metric'] {
  return { name, unit, better, kind, aggregate };
}

/** The series of a criterion's condition and of its control, by their full names. */
export function othersOf({ hours, against }: MetricCriterion, readings: ReadonlyMap<string, MetricReading>): Trial['others'] {
  const named = [...(hours.kind === 'when' ? [renderMetric(hours.metric)] : []), ...(against.kind === 'control' ? [renderMetric(against.metric)] : [])];
  return new Map(named.flatMap((name) => {
    const reading = readings.get(name);
    return reading?.kind === 'series' ? [[name, reading.points] as const] : [];
  }));
}

/** Two services of one template never mix: each goes by its whole name. */
export function withFullNames(criterion: MetricCriterion): MetricCriterion {
  const { hours, against } = criterion;
  return {
    ...criterion,
    hours: hours.kind === 'when' ? { ...hours, metric: { name: renderMetric(hours.metric), args: [] } } : hours,
    against: against.kind === 'control' ? { kind: 'control', metric: { name: renderMetric(against.metric), args: [] } } : against,
  };
}

function scaleOf(criterion: Criterion): CriterionResult['scale'] {
  if (criterion.kind === 'evidence') return 'absolute';
  switch (criterion.expects.kind) {
    case 'relative-change': case 'change': case 'within': case 'unchanged':
      return 'relative';
    case 'level': case 'never': case 'events': case 'budget': case 'by-time':
      return 'absolute';
    default:
      return assertNever(criterion.expects);
  }
}

/** The judge tells the share of bad in all as a fraction; a metric in per cent is told in per cent. */
export function unitOf(metric: LockedMetric | null, reading: MetricReading | undefined): (value: number) => number {
  const isShare = reading?.kind === 'series' && (reading.points[0] ?? []).length >= 3;
  return isShare && metric?.unit === '%' ? (value) => Number((value * 100).toPrecision(6)) : (value) => value;
}

interface Levels {
  readonly metric: LockedMetric | null;
  readonly window: Window;
  readonly inUnits: (value: number) => number;
  readonly counts: JudgedHours['counts'];
}

/** What was measured, with what its numbers mean. */
export function figuresOf({ estimate, interval, mde }: Pick<CriterionVerdict, 'estimate' | 'interval' | 'mde'>, criterion: Criterion, inUnits: (value: number) => number): Pick<CriterionResult, 'scale' | 'estimate' | 'interval' | 'mde'> {
  const scale = scaleOf(criterion);
  if (scale === 'relative') return { scale, estimate, interval, mde };
  return { scale, estimate: estimate && inUnits(estimate), interval: interval && [inUnits(interval[0]), inUnits(interval[1])], mde: mde && inUnits(mde) };
}

/** The median of the hours that were judged, of a stretch before as long and of the window; of events how many a day. */
function levelsOf(reading: MetricReading | undefined, { metric, window: { effectAt, from, to }, inUnits, counts }: Levels): Pick<CriterionResult, 'before' | 'after' | 'missing'> {
  if (reading?.kind !== 'series') return { before: null, after: null, missing: 1 };
  const level = (begin: number, end: number): number | null => {
    const values = reading.points.filter(([time = 0]) => time >= begin && time < end && counts(time)).map(valueOf).filter(Number.isFinite);
    const typical = metric?.kind === 'events' ? perDay(values, reading.step) : metric?.kind === 'count' ? null : medianOf(values);
    return typical === null ? null : inUnits(typical);
  };
  const inWindow = reading.points.filter(([time = 0]) => time >= from && time < to).length;
  const expected = (to - from) / Math.max(reading.step, 1);
  return { before: level(effectAt - Math.max(to - from, 7 * 86_400), effectAt), after: level(from, to), missing: Math.min(1, Math.max(0, 1 - inWindow / expected)) };
}

function perDay(values: readonly number[], step: number): number | null {
  if (values.length === 0) return null;
  return Number(((values.reduce((sum, value) => sum + value, 0) / values.length) * (86_400 / step)).toPrecision(6));
}

function valueOf([, value = Number.NaN, total]: Point): number {
  return total === undefined ? value : total > 0 ? value / total : Number.NaN;
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : Number(median(values).toPrecision(6));
}
