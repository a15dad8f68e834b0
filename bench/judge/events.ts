// Rare events with a known answer: out-of-memory kills, restarts, failed runs; evenly or in bursts.
import { parseCriterionText } from '../../cli/judge/trial-line.ts';
import type { Trial } from '../../src/judge/trial.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import type { Chance } from './chance.ts';

export interface EventTrial {
  readonly trial: Trial;
  readonly form: string;
  readonly truth: boolean;
}

const day = 86_400;
const start = 1_774_828_800;

export interface Rates {
  /** Events a day. */
  readonly before: number;
  readonly after: number;
  /** Events that come together. */
  readonly burst: number;
  readonly historyDays: number;
  readonly days: number;
}

/** Hourly counts. */
export function createEventTrial(chance: Chance, text: string, { before, after, burst, historyDays, days }: Rates): Trial {
  const series = Array.from({ length: (historyDays + days) * 24 }, (_, i) => {
    const time = start + (i - historyDays * 24) * 3600;
    return [time, burst * chance.count((time < start ? before : after) / burst / 24)];
  });
  return {
    metric: { name: 'oom_kills', unit: null, better: 'lower', kind: 'events', aggregate: null }, criterion: parseCriterionText(text, null) as MetricCriterion, series,
    deployedAt: start, settle: 0, window: days * day, others: new Map(), history: [], exclude: [], deployments: [],
  };
}

/** No more, at most so many a week, or fewer by half: promises that were kept, and promises that were not. */
export function drawEvents(chance: Chance): EventTrial {
  const before = chance.ratio(0.3, 10);
  const kept = chance.happens(0.5);
  const rates = { before, burst: chance.pick([1, 1, 3]), historyDays: chance.pick([14, 28]), days: chance.pick([3, 7, 14]) };
  const form = chance.pick(['no more', 'at most', 'falls']);
  if (form === 'no more') return { form, truth: kept, trial: createEventTrial(chance, 'no more oom_kills', { ...rates, after: kept ? 0 : before * chance.pick([0.5, 1]) }) };
  if (form === 'falls') return { form, truth: kept, trial: createEventTrial(chance, 'oom_kills falls by 50%', { ...rates, after: before * (kept ? chance.pick([0, 0.1, 0.25]) : chance.pick([0.8, 1, 1.5])) }) };
  const weekly = chance.pick([2, 5, 10]);
  return { form, truth: kept, trial: createEventTrial(chance, `oom_kills at most ${weekly} per week`, { ...rates, after: (weekly / 7) * (kept ? chance.pick([0.1, 0.3]) : chance.pick([2, 4])) }) };
}
