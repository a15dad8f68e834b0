// Looks before the end: one a day, and only to stop for harm. Everything else waits for its window.
import type { Window } from '../experiment/windows.ts';
import { judgeHarm } from '../judge/harm.ts';
import type { CriterionResult, Experiment, ExperimentResult } from '../model/experiment.ts';
import { figuresOf, judgeExperiment, trialOf, unitOf, type Evidence } from './judging.ts';
import { renderMetric } from '../metric-name.ts';

const DAY = 86_400;
/** A run of the clock comes within this time after a day of the window is over. Seconds. */
const PUNCTUAL = 5_400;

/** How many looks there are before the end: one after each whole day. */
export function looksOf({ from, to }: Window): number {
  return Math.max(0, Math.ceil((to - from) / DAY) - 1);
}

/** Whether a look is due now: shortly after a day of the window is over, so that nobody looks every hour. */
export function isLookDue(window: Window, now: number): boolean {
  const since = now - window.from;
  return looksOf(window) > 0 && now < window.to && since >= DAY && since % DAY < PUNCTUAL;
}

/** The outcome so far where harm is beyond doubt already; null where it isn't. */
export function judgeEarly(experiment: Experiment, evidence: Evidence, now: number): ExperimentResult | null {
  const looks = looksOf(evidence.window);
  const harmed = experiment.criteria.map((criterion) => {
    const metric = experiment.metrics.find(({ name }) => name === renderMetric(criterion.metric));
    const reading = evidence.readings.get(metric?.name ?? '');
    if (criterion.kind !== 'metric' || criterion.manual || metric === undefined || reading?.kind !== 'series') return null;
    return judgeHarm(trialOf(experiment, { criterion, metric, evidence, points: reading.points }), { at: now, looks });
  });
  if (harmed.every((verdict) => verdict === null)) return null;
  const whole = judgeExperiment(experiment, { ...evidence, window: { ...evidence.window, to: Math.min(evidence.window.to, now) } });
  const criteria = whole.criteria.map((result, index): CriterionResult => {
    const harm = harmed[index] ?? null;
    if (harm === null) return { ...result, verdict: 'inconclusive', reason: 'unclear', sentence: 'Its window was not over yet.' };
    const criterion = experiment.criteria[index];
    const metric = experiment.metrics.find(({ name }) => name === result.metric) ?? null;
    const figures = criterion === undefined ? {} : figuresOf(harm, criterion, unitOf(metric, evidence.readings.get(result.metric)));
    return { ...result, verdict: 'missed', reason: harm.reason, sentence: harm.why, ...figures };
  });
  return { ...whole, outcome: experiment.intent === 'insure' ? 'broke' : experiment.intent === 'oblige' ? 'harm' : 'refuted', criteria, early: true };
}
