// Criteria against the catalogue: names, arguments, units, and what may still mean something else.
import { expect, test } from 'vitest';
import { checkCatalogue, checkParsed } from '../../src/hypothesis/catalogue.ts';
import { parseHypothesis } from '../../src/hypothesis/parse.ts';
import { CATALOGUE, soundOf } from './read.ts';

const check = (line: string, catalogue = CATALOGUE): ReturnType<typeof checkCatalogue> => checkCatalogue(soundOf(`## Hypothesis\nIt helps.\n- ${line}`), catalogue);

test.each([
  ['checkout_p59 < 300 ms', 'unknown-metric', 'did you mean `checkout_p95`?'],
  ['p59(orders) < 300 ms', 'unknown-metric', 'did you mean `p95(orders)`?'],
  ['p95(order) < 300 ms', 'unknown-argument', 'did you mean `p95(orders)`?'],
  ['p95 < 300 ms', 'metric-arguments', 'write `p95(orders)`'],
  ['checkout_p95(orders) < 300 ms', 'metric-arguments', 'write `checkout_p95`'],
  ['checkout_p95 < 300 ms when rps(ORDERS) > 5', 'unknown-argument', 'use an allowed service', 30],
  ['checkout_p95 falls by 30% compared with pool_b', 'unknown-metric', 'use a name of the catalogue', 43],
  ['[ ] **AC-5:** `checkout_p59` < 300 ms', 'unknown-metric', 'did you mean `checkout_p95`?', 18],
  ['reduce checkout_p59 by 30%', 'unknown-metric', 'did you mean `checkout_p95`?', 10],
  ['evidence: checkout_p95-test shows checkout_p95 < 30 USD', 'wrong-unit', 'ms', 37],
  ['cost_per_month < 300 ms', 'wrong-unit', 'USD/month'],
  ['checkout_p95 < 300', 'wrong-unit', 'write `300 ms`'],
  ['error_rate(orders) < 0.5', 'wrong-unit', 'write `0.5%`'],
  ['error_rate(orders) rises by at most 0.1%', 'points-or-percent', 'error_rate(orders) rises by at most 0.1 percentage points'],
  ['cost_per_month rises by $200', 'against-better', 'cost_per_month rises by at most $200'],
  ['rps(orders) 3x faster', 'ambiguous', 'rps(orders) triples'],
  ['no more checkout_p95', 'wrong-kind', 'events', 11],
  ['oom_kills at most 2', 'period-missing', 'write `oom_kills at most 2 per week`'],
  ['oom_kills falls to 0', 'period-missing', 'write `no more oom_kills`'],
  ['checkout_p95 from 200 ms to 300 ms', 'ambiguous', 'write `checkout_p95 rises from 200 ms to 300 ms` or `checkout_p95 between 200 ms and 300 ms`'],
])('problem: %s', (line, code, remedy, column = 3) => {
  const { problems } = check(line);
  expect(problems.map((problem) => problem.code)).toContain(code);
  expect(problems.find((problem) => problem.code === code)?.remedy).toContain(remedy);
  expect(problems[0]?.place).toEqual({ file: 'body', line: 3, column });
});

test.each([
  ['checkout_p95 < 0.3 s', { kind: 'level', op: '<=', bound: { value: 300, unit: 'ms' }, other: null }],
  ['cost_per_month rises by at most $200', { kind: 'change', op: '<=', by: { value: 200, unit: 'USD/month' } }],
  ['cost_per_month falls by $30/day', { kind: 'change', op: '<=', by: { value: -912.5, unit: 'USD/month' } }],
  ['no regression in rps(orders)', { kind: 'unchanged', side: '>=' }],
  ['no regression in checkout_p95', { kind: 'unchanged', side: '<=' }],
  ['error_rate(orders) rises by at most 10% of its value', { kind: 'relative-change', op: '<=', by: 0.1 }],
  ['rps(orders) from 400 to 500 req/s', { kind: 'level', op: '>=', bound: { value: 500, unit: 'req/s' }, other: null }],
  ['rps(orders) > 500', { kind: 'level', op: '>=', bound: { value: 500, unit: 'req/s' }, other: null }],
])('in the catalogue’s units: %s', (line, expects) => {
  const { problems, hypothesis } = check(line);
  expect(problems).toEqual([]);
  expect(hypothesis.criteria[0]).toMatchObject({ expects });
});

test('a control may be another argument of the same template', () => {
  expect(check('p95(orders) falls by 20% compared with checkout').hypothesis.criteria[0]).toMatchObject({ against: { kind: 'control', metric: { name: 'p95', args: ['checkout'] } } });
});

test('without a catalogue names are taken as written, and a note says what that means', () => {
  expect(check('anything < 300 ms', new Map())).toMatchObject({ problems: [], notes: [{ text: 'not measurable yet: no metric catalogue' }] });
  expect(check('error_rate rises by at most 0.1%', new Map()).problems.map(({ code }) => code)).toEqual(['points-or-percent']);
  expect(check('cpu from 40% to 60%', new Map()).problems.map(({ code }) => code)).toEqual(['ambiguous']);
});

test('a line that can’t be read doesn’t hide what the catalogue says of the others', () => {
  const text = '## Hypothesis\nIt helps.\n- checkout_p59 < 300 ms\n- checkout_p95 gets better\n- cost_per_month < 300 ms\n';
  const { hypothesis, problems } = checkParsed(parseHypothesis(text, { source: 'file', ref: 'h.md', file: 'h.md' }), CATALOGUE);
  expect(hypothesis).toBeNull();
  expect(problems.map(({ code, place }) => [place?.line, code])).toEqual([[3, 'unknown-metric'], [4, 'unreadable-criterion'], [5, 'wrong-unit']]);
});
