// "slo_checkout burns < 50% of budget": what a metric that tells the burnt share of an error budget grew by in the window.
import type { Op } from '../model/hypothesis.ts';
import { findHole, type Case } from './case.ts';
import { levelResolution } from './settings.ts';
import { definite, open, type Finding } from './verdict.ts';

/**
 * The metric is the share of the budget burnt so far, 0 to 1 or in per cent; where it falls, a new budget began, or old errors left a rolling
 * one. Errors and requests alone don't say how many errors the objective allows.
 */
export function judgeBudget(found: Case, { op, share }: { readonly op: Op; readonly share: number }): Finding {
  const { before, after, trial: { metric }, remarks } = found;
  if (metric.kind === 'rate' || metric.kind === 'events') return open('no-objective', { remarks });
  const hole = findHole(found);
  if (hole !== null) return hole;
  const burnt = grownBy(before.values.at(-1) ?? after.values[0]!, after.values) / (metric.unit === '%' ? 100 : 1);
  const known = { remarks, estimate: burnt, interval: [burnt, burnt] as const };
  if (Math.abs(burnt - share) <= levelResolution * share) return open('too-close', known);
  return definite((burnt < share) === (op === '<=') ? 'met' : 'missed', 'value', known);
}

function grownBy(first: number, values: Float64Array): number {
  let sum = 0;
  let last = first;
  for (const value of values) {
    sum += Math.max(value - last, 0);
    last = value;
  }
  return sum;
}
