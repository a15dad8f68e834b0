// When time alone moves a bet on: a look before the end, the verdict, an answer that stays away, a reminder. Everything else is an event.
import { isEnded } from '../experiment/stage.ts';
import { answerDeadline, isoOf, windowOf, type Window } from '../experiment/windows.ts';
import type { Criterion } from '../model/hypothesis.ts';
import type { Experiment, ExperimentResult } from '../model/experiment.ts';
import { renderMetric } from '../metric-name.ts';
import { looksOf } from './harm.ts';
import { isAnswered } from './judging.ts';

/** Instants of ISO 8601; null: not by the clock. */
export interface Due {
  /** When the verdict is due, or, where a person was asked for a value, when it comes without. */
  readonly verdictAt: string | null;
  /** When to look at it next though nothing happened. Never before `now`. */
  readonly nextAt: string | null;
}

const HALF_HOUR = 1800;
const DAY = 86_400;
/** A verdict that is not answered is reminded of once, after this many days. */
const REMIND_DAYS = 14;
/** Verdicts that ask for an answer: a promise that came true can simply stay. */
const UNDECIDED: readonly ExperimentResult['outcome'][] = ['refuted', 'broke', 'harm'];

export function dueOf(experiment: Experiment, now: number): Due {
  const window = windowOf(experiment);
  const verdictAt = window === null ? null : isWaitedFor(experiment) ? answerDeadline(window) : window.dueAt;
  const nextAt = isEnded(experiment) ? null : experiment.result !== null ? nextWord(experiment, experiment.result, now) : window === null ? nextSign(experiment, now) : nextMeasurement(experiment, window, now);
  return { verdictAt: verdictAt === null ? null : isoOf(verdictAt), nextAt: nextAt === null ? null : isoOf(nextAt) };
}

/** Insurance is asked about at the date that was named for it; what missed, and what mended an incident, after two weeks. Epoch seconds. */
export function remindFrom({ intent, hypothesis }: Experiment, result: ExperimentResult): number {
  const named = intent === 'insure' ? Date.parse(hypothesis.until ?? '') : Number.NaN;
  if (!Number.isNaN(named)) return named / 1000;
  const asks = UNDECIDED.includes(result.outcome) || intent === 'repair';
  return asks ? secondsOf(result.at) + REMIND_DAYS * DAY : Infinity;
}

/** What only a person can say, and nobody has said yet. */
export function unanswered({ criteria, answers }: Experiment): readonly Criterion[] {
  return criteria.filter((criterion) => isAnswered(criterion) && !answers.some(({ metric }) => metric === renderMetric(criterion.metric)));
}

function isWaitedFor(experiment: Experiment): boolean {
  return experiment.result === null && experiment.askedAt !== null && unanswered(experiment).length > 0;
}

/** A verdict that was written down and not said; one that nobody decided on. */
function nextWord(experiment: Experiment, result: ExperimentResult, now: number): number | null {
  if (experiment.toldIn === null) return onGrid(secondsOf(result.at), HALF_HOUR, now);
  const from = experiment.remindedAt === null ? remindFrom(experiment, result) : Infinity;
  return from === Infinity ? null : onGrid(from + 1, DAY, now);
}

/** Of most effects an event tells. A maintenance window comes unannounced, and another repository's merge is told to nobody here. */
function nextSign({ schedule, members, lockedAt }: Experiment, now: number): number | null {
  const silent = schedule.start.kind === 'change' || members.some(({ waitsForWindow }) => waitsForWindow);
  return silent ? onGrid(secondsOf(lockedAt) + DAY, DAY, now) : null;
}

/** After each day of the window, at its end, and, where that brought no verdict, until it does. */
function nextMeasurement(experiment: Experiment, window: Window, now: number): number {
  if (now >= window.dueAt) return isWaitedFor(experiment) && now < answerDeadline(window) ? answerDeadline(window) : onGrid(window.dueAt, HALF_HOUR, now);
  const look = onGrid(window.from + DAY, DAY, now);
  return !experiment.silent && look <= window.from + looksOf(window) * DAY ? look : window.dueAt;
}

/** The first of `from`, `from + step` … that is still to come. */
function onGrid(from: number, step: number, now: number): number {
  return from > now ? from : from + (Math.floor((now - from) / step) + 1) * step;
}

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
