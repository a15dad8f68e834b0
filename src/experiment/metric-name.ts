// A metric as criteria write it.
import type { MetricRef } from '../model/hypothesis.ts';

/** `p95(orders)`: with its arguments, so that two services' are two. */
export function metricName({ name, args }: MetricRef): string {
  return args.length === 0 ? name : `${name}(${args.join(', ')})`;
}
