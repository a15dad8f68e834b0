// When an experiment is measured: from the effect over the settling to the end of the window, and when it is due.
import type { Experiment } from '../model/experiment.ts';
import { isoInstant } from '../quantity/instant.ts';

const HOUR = 3600;
const DAY = 86_400;
/** Sources are late: the newest buckets are left out, so the verdict waits as long. Seconds. */
const PROVIDER_LAG = 15 * 60;
/** Bills are corrected afterwards. */
const COST_LAG = 48 * HOUR;
/** How long a source that fails is asked again after the due time, before the verdict says so. */
const PATIENCE = 3 * DAY;
/** How long an answer of a person is waited for. */
const ANSWER_PATIENCE = 7 * DAY;
/** After this long without an effect the owner is asked whether there was one. */
const START_PATIENCE = 14 * DAY;

/** Epoch seconds. */
export interface Window {
  /** The effect itself: what lies before is baseline. */
  readonly effectAt: number;
  /** The observation, after settling. */
  readonly from: number;
  readonly to: number;
  /** When judging begins to make sense. */
  readonly dueAt: number;
  /** When a source that still fails makes the verdict inconclusive. */
  readonly deadline: number;
}

/** The window; null while the effect has not begun. An extended window is twice as long. */
export function windowOf(experiment: Pick<Experiment, 'effect' | 'lastEffectAt' | 'schedule' | 'extended' | 'metrics'>): Window | null {
  if (experiment.effect === null) return null;
  const effectAt = secondsOf(experiment.effect.at);
  const { settle } = experiment.schedule;
  const length = lengthOf(experiment) * (experiment.extended ? 2 : 1);
  const from = Math.max(effectAt, secondsOf(experiment.lastEffectAt ?? experiment.effect.at)) + settle;
  const to = from + length;
  const lag = experiment.metrics.some(({ kind }) => kind === 'cost') ? COST_LAG : PROVIDER_LAG;
  return { effectAt, from, to, dueAt: to + lag, deadline: to + lag + PATIENCE };
}

/** Cost comes by the day: under a week it says nothing. Named days reach to their last one. */
function lengthOf({ schedule, metrics }: Pick<Experiment, 'schedule' | 'metrics'>): number {
  return metrics.some(({ kind }) => kind === 'cost') ? Math.max(schedule.window, 7 * DAY) : schedule.window;
}

/** When asking the owner for a value gives up. */
export function answerDeadline(window: Window): number {
  return window.dueAt + ANSWER_PATIENCE;
}

/** Whether nothing showed the effect for so long that a person should be asked. */
export function isOverdueStart({ effect, members, lockedAt }: Pick<Experiment, 'effect' | 'members' | 'lockedAt'>, now: number): boolean {
  const last = members.map(({ mergedAt }) => Date.parse(mergedAt) / 1000).reduce((a, b) => Math.max(a, b), Date.parse(lockedAt) / 1000);
  return effect === null && now > last + START_PATIENCE;
}

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

/** The instant as people and JSON write it. */
export function isoOf(epochSeconds: number): string {
  return `${isoInstant(epochSeconds * 1000).slice(0, 19)}Z`;
}
