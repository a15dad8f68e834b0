// An expectation in the units of its metric, and the kinds of metric that it can be asked of.
import type { Metric } from '../model/config.ts';
import type { Expectation, Quantity } from '../model/hypothesis.ts';
import type { Problem } from '../model/problem.ts';
import { fitQuantity } from './units-fit.ts';

interface FittedExpectation {
  readonly value: Expectation;
  readonly found: readonly Omit<Problem, 'place'>[];
}

/** Converts every quantity; `metric` null: nothing is known of it, all stays as written. */
export function fitExpectation(expects: Expectation, metric: Metric | null): FittedExpectation {
  if (metric === null) return { value: expects, found: [] };
  const found: Omit<Problem, 'place'>[] = [];
  const fit = (quantity: Quantity): Quantity => {
    const fitted = fitQuantity(quantity, metric);
    if (fitted.ok) return fitted.quantity;
    found.push({ code: 'wrong-unit', found: fitted.found, expected: fitted.expected, remedy: fitted.remedy });
    return quantity;
  };
  const value = withQuantities(expects, fit);
  if (expects.kind === 'events' && metric.kind !== 'events' && metric.kind !== 'count') {
    found.push({ code: 'wrong-kind', found: `\`${metric.name}\`, a ${metric.kind}, as events`, expected: 'a metric of kind `events` or `count`', remedy: `write a bound, as in \`${metric.name} < …\`, or set \`kind: events\` in the catalogue` });
  }
  if (expects.kind === 'level' && metric.kind === 'events') found.push(periodMissing(expects, metric));
  if (value.kind === 'unchanged' && value.side === 'worse' && metric.better !== null) return { value: { kind: 'unchanged', side: metric.better === 'lower' ? '<=' : '>=' }, found };
  return { value, found };
}

/** Events have a level only in a span of time: 2 an hour, or 2 a month? */
function periodMissing({ op, bound }: Expectation & { readonly kind: 'level' }, { name }: Metric): Omit<Problem, 'place'> {
  const remedy = op === '>=' ? 'write how many there are at most' : bound.value === 0 ? `write \`no more ${name}\`` : `write \`${name} at most ${bound.value} per week\``;
  return { code: 'period-missing', found: `a number of \`${name}\` without a span of time`, expected: 'events at most so often: per hour, day, week or month', remedy };
}

function withQuantities(expects: Expectation, fit: (quantity: Quantity) => Quantity): Expectation {
  switch (expects.kind) {
    case 'level':
      return { ...expects, bound: fit(expects.bound), other: expects.other === null ? null : fit(expects.other) };
    case 'never':
      return { ...expects, bound: fit(expects.bound) };
    case 'change':
      return { ...expects, by: fit(expects.by) };
    case 'within':
      return typeof expects.by === 'number' ? expects : { ...expects, by: fit(expects.by) };
    case 'relative-change':
    case 'unchanged':
    case 'events':
    case 'budget':
    case 'by-time':
      return expects;
  }
}
