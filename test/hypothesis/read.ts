// Short ways to read a criterion or a body in tests.
import type { Criterion, Hypothesis } from '../../src/model/hypothesis.ts';
import type { Metric } from '../../src/model/config.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readCriterion } from '../../src/hypothesis/criterion/read.ts';
import { findHypothesis } from '../../src/hypothesis/find.ts';

const PLACE = { file: 'body', line: 1, column: 1 };

/** The criterion, or its problem's code. */
export function criterionOf(text: string): Criterion | string {
  const reading = readCriterion({ text, place: PLACE, role: null });
  return reading.ok ? reading.criterion : reading.problem.code;
}

/** The problem of a line that must be refused. */
export function problemOf(text: string): Problem {
  const reading = readCriterion({ text, place: PLACE, role: null });
  if (reading.ok) throw new Error(`was read: ${text}`);
  return reading.problem;
}

/** The inline hypothesis of a body that must be sound. */
export function soundOf(body: string): Hypothesis {
  const { inline } = findHypothesis(body, 'body');
  if (inline?.ok !== true) throw new Error(`not sound: ${JSON.stringify(inline)}`);
  return inline.value;
}

/** The codes of all problems of a body's section. */
export function codesOf(body: string): readonly string[] {
  const { inline, problems } = findHypothesis(body, 'body');
  return [...problems, ...(inline?.ok === false ? inline.problems : [])].map(({ code }) => code);
}

export function metric(name: string, said: Partial<Metric> = {}): [string, Metric] {
  return [name, { name, unit: null, better: null, kind: 'gauge', source: 'prom', query: 'q', bad: null, total: null, samples: null, parameters: new Map(), aggregate: null, cadence: null, public: false, ...said }];
}

const services = new Map([['service', { values: ['orders', 'checkout'], pattern: null }]]);

/** A catalogue of the usual kinds. */
export const CATALOGUE: ReadonlyMap<string, Metric> = new Map([
  metric('p95', { unit: 'ms', better: 'lower', parameters: services }),
  metric('checkout_p95', { unit: 'ms', better: 'lower' }),
  metric('error_rate', { unit: '%', kind: 'rate', better: 'lower', parameters: services }),
  metric('cost_per_month', { unit: 'USD/month', kind: 'cost', better: 'lower' }),
  metric('rps', { unit: 'req/s', better: 'higher', parameters: new Map([['service', { values: null, pattern: '[a-z]+' }]]) }),
  metric('oom_kills', { kind: 'events', better: 'lower' }),
]);
