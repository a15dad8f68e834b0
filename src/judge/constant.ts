// A metric that never moved has no natural variation to measure against: values are compared as they are.
import type { Case } from './case.ts';
import { median } from './numerics/statistics.ts';
import type { Target } from './relative.ts';
import { definite, open, type Finding } from './verdict.ts';

export function isConstant({ before }: Case): boolean {
  return before.values.length > 1 && before.values.every((value) => value === before.values[0]);
}

/** The ratio of the window's median to the constant; a constant zero has no ratio. */
export function judgeConstant({ before, after, remarks }: Case, { low, high }: Target): Finding {
  const past = before.values[0]!;
  const now = median(after.values);
  if (!(past > 0) || !(now > 0)) return open('zero-baseline', { remarks });
  const change = Math.log(now / past);
  const estimate = now / past - 1;
  return definite(change > low - 1e-9 && change <= high + 1e-9 ? 'met' : 'missed', 'no-variation', { remarks, estimate, interval: [estimate, estimate] });
}
