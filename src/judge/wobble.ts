// What a metric does when nothing changes: the spread between a window's level and the week before it, over the history.
import type { Blocks } from './blocks.ts';
import { median, quantile } from './numerics/statistics.ts';

/** The change of the logarithm that 95 of 100 quiet windows stay within; NaN where the history has no three of them. */
export function naturalWobble(days: Blocks): number {
  const window = Math.max(days.values.length - days.before, 1);
  const changes: number[] = [];
  for (let at = 7; at + window <= days.before; at++) changes.push(Math.abs(median(days.values.subarray(at, at + window)) - median(days.values.subarray(at - 7, at))));
  return changes.filter(Number.isFinite).length < 3 ? Number.NaN : quantile(changes, 0.95);
}
