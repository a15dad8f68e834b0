// A metric's name as people write it, `p95(checkout)`, from its parts and back.
import type { MetricRef } from './model/hypothesis.ts';

export function renderMetric({ name, args }: MetricRef): string {
  return args.length === 0 ? name : `${name}(${args.join(', ')})`;
}

/** The parts of a name that `renderMetric` wrote. */
export function parseMetricName(text: string): MetricRef {
  const open = text.indexOf('(');
  return open === -1 ? { name: text, args: [] } : { name: text.slice(0, open), args: text.slice(open + 1, -1).split(',').map((arg) => arg.trim()) };
}
