// `for each service`: bound to the template's parameter, and measured for every value that it allows.
import { describe, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { checkCatalogue } from '../../src/hypothesis/catalogue.ts';
import { readCriterion } from '../../src/hypothesis/criterion/read.ts';
import { expandEach } from '../../src/hypothesis/expand.ts';
import type { Criterion } from '../../src/model/hypothesis.ts';

const { metrics } = completeConfig([{
  metrics: {
    p95: { unit: 'ms', better: 'lower', parameters: { service: { values: ['checkout', 'orders'] } } },
    rate: { unit: '%', parameters: { region: { values: ['eu'] }, service: { pattern: '[a-z]+' } } },
    load: { unit: 'count' },
  },
}]);
const services = new Map([['checkout', ['a/**']], ['UPPER', ['b/**']]]);

function read(text: string): Criterion {
  const reading = readCriterion({ text, place: { file: 'body', line: 1, column: 1 }, role: null });
  if (!reading.ok) throw new Error(reading.problem.found);
  return reading.criterion;
}

function check(text: string) {
  return checkCatalogue({ source: 'inline', ref: '#1', claim: 'x', because: null, criteria: [read(text)], schedule: { window: null, settle: null, start: null }, odds: null, until: null }, metrics);
}

describe('for each', () => {
  test.each([
    ['every listed value', 'p95 < 300 ms for each service', ['p95(checkout)', 'p95(orders)']],
    ['services that fit a pattern, beside a given argument', 'rate(eu) < 1% for each service', ['rate(eu, checkout)']],
    ['one metric alone', 'p95(orders) < 300 ms', ['p95(orders)']],
  ])('stands for %s', (_, text, names) => {
    const { problems, hypothesis } = check(text);
    expect(problems).toEqual([]);
    const expanded = expandEach(hypothesis.criteria, { metrics, services });
    expect(expanded.map(({ metric }) => `${metric.name}(${metric.args.join(', ')})`)).toEqual(names);
    expect(expanded.every((criterion) => criterion.kind === 'metric' && criterion.forEach === null)).toBe(true);
  });

  test.each([
    ['a parameter that it lacks', 'p95 < 300 ms for each region', 'for each service'],
    ['a metric that is no template', 'load < 300 for each service', 'is one metric'],
  ])('%s is a problem', (_, text, expected) => {
    expect(check(text).problems).toMatchObject([{ code: 'metric-arguments', expected: expect.stringContaining(expected) }]);
  });
});
