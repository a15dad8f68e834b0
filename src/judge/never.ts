// "m never above 500 ms for more than 5m": violations are counted, not averaged.
import type { Op } from '../model/hypothesis.ts';
import { findHole, type Case } from './case.ts';
import { hoursThatCount } from './select.ts';
import { definite, open, type Finding } from './verdict.ts';

export interface Ceiling {
  readonly op: Op;
  readonly bound: number;
  /** Seconds. */
  readonly longerThan: number;
}

/** n points over the bound at step s are a violation if (n − 1)·s is over the time allowed, none if n·s is not; between, the data are too coarse. */
export function judgeNever(found: Case, { op, bound, longerThan }: Ceiling): Finding {
  const { remarks, after } = found;
  const { step } = after;
  const run = longestRun(found, { op, bound });
  if ((run - 1) * step > longerThan) return definite('missed', 'violated', { remarks, detail: `${Math.round((run * step) / 60)} min` });
  const hole = findHole(found);
  if (hole !== null) return hole;
  return run * step <= longerThan ? definite('met', 'no-violation', { remarks }) : open('resolution', { remarks, detail: `${Math.round(step)} s` });
}

/** A hole ends a run: nobody saw what was in it. */
function longestRun(found: Case, { op, bound }: Omit<Ceiling, 'longerThan'>): number {
  const { times, values, step } = found.after;
  const counts = hoursThatCount(found, found.trial.criterion.hours);
  let best = 0;
  let run = 0;
  times.forEach((time, i) => {
    const beyond = (op === '<=' ? values[i]! > bound : values[i]! < bound) && counts(time);
    const joined = i > 0 && time - times[i - 1]! <= 1.5 * step;
    run = beyond ? (joined ? run + 1 : 1) : 0;
    best = Math.max(best, run);
  });
  return best;
}
