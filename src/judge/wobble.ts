// What a metric does when nothing changes: the spread between a window's level and the week before it, over the history.
import { foldMedians, type Blocks } from './blocks.ts';
import { median, quantile } from './numerics/statistics.ts';
import { half } from './views.ts';

/** The change of the logarithm that 95 of 100 quiet windows stay within; NaN where the history has no three of them. */
export function naturalWobble(buckets: Blocks): number {
  const days = foldMedians(buckets, { perDay: 1, least: half(buckets.perDay) });
  const window = Math.max(days.values.length - days.before, 1);
  const changes: number[] = [];
  for (let at = 7; at + window <= days.before; at++) changes.push(Math.abs(median(days.values.subarray(at, at + window)) - median(days.values.subarray(at - 7, at))));
  return changes.filter(Number.isFinite).length < 3 ? Number.NaN : quantile(changes, 0.95);
}
