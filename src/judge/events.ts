// Rare events: "no more oom_kills", "at most 2 per week", "falls by 50%", by exact counts with the burstiness of the history.
import { findHole, percent, type Case } from './case.ts';
import { dispersion, quantileBelow, rateBelow, ratioBelow, type Tally } from './numerics/counts.ts';
import { day, doubtCounts, leastHistory } from './settings.ts';
import { definite, open, type Finding } from './verdict.ts';

export interface Counted {
  readonly after: Tally;
  readonly before: Tally;
  /** Variance over mean of whole days before. */
  readonly burst: number;
}

/** Events and days, seen days only: a missing row is missing, not zero. */
export function countEvents({ before, after }: Case): Counted {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const tally = ({ values, step }: Case['after']): Tally => ({ count: sum(values), exposure: (values.length * step) / day });
  return { after: tally(after), before: tally(before), burst: dispersion(dailyCounts(before)) };
}

/** Whole days counted backwards from the end, the first one only if it is nearly full. */
function dailyCounts({ times, values, step }: Case['before']): number[] {
  const end = (times.at(-1) ?? 0) + step;
  const counts: number[] = [];
  const rows: number[] = [];
  times.forEach((time, i) => {
    const age = Math.floor((end - time - step / 2) / day);
    counts[age] = (counts[age] ?? 0) + values[i]!;
    rows[age] = (rows[age] ?? 0) + 1;
  });
  const full = (age: number): boolean => (rows[age] ?? 0) * step >= 0.9 * day;
  return counts.filter((_, age) => full(age));
}

/** None in the window is *met* only if none by luck at the old rate would be rare. */
export function judgeNoMore(found: Case): Finding {
  const { after, before, burst } = countEvents(found);
  const { remarks } = found;
  if (after.count > 0) return definite('missed', 'event-seen', { remarks, detail: `${after.count} in the window` });
  const hole = findHole(found);
  if (hole !== null) return hole;
  const luck = luckOf({ after, before, burst });
  const known = { remarks, probability: 1 - luck, detail: `none by luck: ${percent(luck)}` };
  return luck <= doubtCounts ? definite('met', 'none-by-luck-unlikely', known) : open('too-few-events', known);
}

/** P(none in the window | nothing changed): clusters of the size that the dispersion tells (geometric: (1 + burst) / 2), gamma rate. */
export function luckOf({ after, before, burst }: Counted): number {
  if (before.exposure === 0) return 1;
  const size = (burst + 1) / 2;
  return (before.exposure / (before.exposure + after.exposure)) ** (before.count / size + 0.5);
}

/** "At most N per week" judges the rate, not a literal count. Estimate and interval in events a day. */
export function judgeAtMost(found: Case, perDay: number): Finding {
  const hole = findHole(found);
  if (hole !== null) return hole;
  const { after, burst } = countEvents(found);
  const below = (rate: number): number => rateBelow(after, rate, burst);
  const high = (10 * (after.count + 10 * burst)) / after.exposure;
  const known = { remarks: found.remarks, estimate: after.count / after.exposure, interval: [quantileBelow(below, 0.025, high), quantileBelow(below, 0.975, high)] as const };
  return three(below(perDay), known, 'too-few-events');
}

export function judgeEventChange(found: Case, ratio: number): Finding {
  const hole = findHole(found);
  if (hole !== null) return hole;
  const counted = countEvents(found);
  if (counted.before.exposure < leastHistory * 0.9) return open('history-too-short', { remarks: found.remarks, detail: `${leastHistory} days are needed` });
  if (counted.before.count === 0) return open('too-few-events', { remarks: found.remarks });
  return three(changeBelow(counted, ratio), { remarks: found.remarks, ...changeOf(counted) }, 'too-few-events');
}

/** P(rate after ÷ rate before ≤ ratio). */
export function changeBelow({ after, before, burst }: Counted, ratio: number): number {
  return ratioBelow(after, before, { ratio, burst });
}

export function changeOf(counted: Counted): Pick<Finding, 'estimate' | 'interval'> {
  const { after, before } = counted;
  const rate = after.count / after.exposure / (before.count / before.exposure);
  const below = (ratio: number): number => changeBelow(counted, ratio);
  const high = 100 * (rate + 1);
  return { estimate: rate - 1, interval: [quantileBelow(below, 0.025, high) - 1, quantileBelow(below, 0.975, high) - 1] };
}

/** Met from 95 %, missed up to 5 %, whatever the history: counts know their own noise. */
export function three(probability: number, known: Partial<Finding>, else_: 'too-few-events' | 'too-few-errors' | 'unclear'): Finding {
  const told = { ...known, probability };
  if (probability >= 1 - doubtCounts) return definite('met', 'measured', told);
  return probability <= doubtCounts ? definite('missed', 'measured', told) : open(else_, { ...told, detail: `${percent(probability)} likely to hold` });
}
