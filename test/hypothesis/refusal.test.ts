// Criteria that are refused: with their code, their place, and a nearest form that parses itself.
import { expect, test } from 'vitest';
import { criterionOf, problemOf } from './read.ts';

const REFUSED: readonly (readonly [string, string])[] = [
  ['p95(checkout) < 300 ms under normal load', 'unknown-condition'],
  ['p95(checkout) falls by 30% during business hours', 'unknown-condition'],
  ['EU only: p95(checkout) < 300 ms', 'unreadable-criterion'],
  ['Off-peak: p95 < 300 ms', 'unreadable-criterion'],
  ['cpu 40-60%', 'unreadable-criterion'],
  ['cpu < 70% for 99.9% of the time', 'unknown-condition'],
  ['cpu stays below 70% for at least 95% of the day', 'unknown-condition'],
  ['p95 30% faster', 'ambiguous'],
  ['p95 about 30% lower', 'ambiguous'],
  ['p95 falls by ~30%', 'vague'],
  ['p95 falls by 20-30%', 'ambiguous'],
  ['p95 < 300 ms or < 400 ms at peak', 'two-criteria'],
  ['p95 < 300 ms, p99 < 900 ms', 'two-criteria'],
  ['p95 < 300 ms; error_rate < 1%', 'two-criteria'],
  ['p95 falls by 30% while error_rate stays below 1%', 'two-criteria'],
  ['p95 falls by 30% but cost does not rise', 'two-criteria'],
  ['p95 < 300 ms except during deploys', 'unknown-condition'],
  ['p95 < 300 ms after 2 days', 'unknown-condition'],
  ['p95 < 300 ms by 2026-12-01', 'unknown-condition'],
  ['p95 < 300 ms on Black Friday', 'unknown-condition'],
  ['p95 < 300 ms on 2026-02-30', 'impossible-date'],
  ['p95 < 300 ms in eu-west-1', 'unknown-condition'],
  ['p95 < 300 ms when traffic is high', 'unknown-condition'],
  ['p95 < 300 ms when rps > 500 and cpu > 50%', 'two-conditions'],
  ['p95 above 500 ms for more than 5m', 'unknown-condition'],
  ['p95 < 500 ms for more than 5m', 'unknown-condition'],
  ['p95 = 300 ms', 'ambiguous'],
  ['p95 == 300', 'ambiguous'],
  ['p95 is 300 ms', 'unreadable-criterion'],
  ['p95 around 300 ms', 'ambiguous'],
  ['memory < 500M', 'unknown-unit'],
  ['memory < 500 m', 'unknown-unit'],
  ['monthly_cost increase < $200', 'ambiguous'],
  ['restarts fewer than 3 per week', 'ambiguous'],
  ['restarts < 3 per week', 'ambiguous'],
  ['no oom_kills in production', 'unknown-condition'],
  ['oom_kills: 0', 'unreadable-criterion'],
  ['oom_kills drop to zero', 'amount-missing'],
  ['keep the lights on', 'unreadable-criterion'],
  ['evidence: load-test', 'evidence-without-shows'],
  ['evidence: k6 load test shows p95(checkout) < 300 ms when rps > 500', 'evidence-form'],
  ['starts with org/app#456', 'unreadable-criterion'],
  ['rollback if error_rate > 1% for 5 minutes', 'rollback-condition'],
  ['Revert when p95 > 2 s', 'rollback-condition'],
  ['p95(checkout) falls by thirty percent', 'amount-missing'],
  ['p95(checkout) - 30%', 'unreadable-criterion'],
  ['Δp95 < -30%', 'amount-missing'],
  ['p95(checkout) < -30%', 'amount-missing'],
  ['histogram_quantile(0.95, sum(rate(x[5m]))) < 3', 'not-a-metric'],
  ['p95(service="checkout") < 300 ms', 'not-a-metric'],
  ['p95 latency of checkout falls by 30%', 'unknown-metric-form'],
  ['checkout p95 falls by 30%', 'unknown-metric-form'],
  ['p95 falls by 1,5%', 'ambiguous-number'],
  ['p95 < 1.500 s', 'ambiguous-number'],
  ['p95 < 12.345 ms', 'ambiguous-number'],
  ['p95 < 1 200 ms', 'ambiguous-number'],
  ['p95 per request < 3 ms', 'unreadable-criterion'],
  ['p95 lower than baseline', 'amount-missing'],
  ['p95 lower than pool_b', 'amount-missing'],
  ['p95 < baseline', 'amount-missing'],
  ['p95 < p99', 'amount-missing'],
  ['p95 falls by 30% vs. last week', 'unknown-condition'],
  ['p95 falls by 30% compared with 2025-11-31', 'impossible-date'],
  ['job by 06:00 CET', 'unknown-condition'],
  ['job by 25:00', 'ambiguous-number'],
  ['slo burns < 50%', 'amount-missing'],
  ['p95 stays below 300 ms most of the time', 'unknown-condition'],
  ['p95 usually < 300 ms', 'unreadable-criterion'],
  ['p95 5xx < 1%', 'unknown-metric-form'],
  ['p95 at peak falls by 30% at peak', 'two-conditions'],
  ['p95 < 300 ms at peak load', 'unknown-condition'],
  ['peak cpu < 70%', 'unknown-metric-form'],
  ['max p95 < 300 ms', 'unreadable-criterion'],
  ['~~p95 < 300 ms~~', 'unreadable-criterion'],
  ['p95 < 300 ms // comment', 'unknown-condition'],
  ['p95 < 300 ms (see dashboard)', 'unknown-condition'],
  ['p95 < 300 ms per request', 'unknown-condition'],
  ['bandwidth < 10 Mb', 'unknown-unit'],
  ['p95 from 300 ms to 300 ms', 'ambiguous'],
  ['p95 falls from 300 ms to 480 ms', 'contradiction'],
  ['reduce p95', 'amount-missing'],
  ['improve p95 by 20%', 'ambiguous'],
  ['p95 lower than today', 'amount-missing'],
  ['p95 < 300 widgets', 'unknown-unit'],
  ['p95 always below 300 ms', 'unreadable-criterion'],
  ['up to 300 ms', 'unreadable-criterion'],
  ['roll back if p95(checkout) > 2 s', 'rollback-condition'],
  ['p95(checkout) < 1.200 ms', 'ambiguous-number'],
  ['saves at least $200/month', 'unreadable-criterion'],
  ['p95 reaches 300 ms', 'ambiguous'],
  ['p95 < baseline', 'amount-missing'],
  ['oom_kills < 3 per week', 'ambiguous'],
  ['no more oom_kills than baseline', 'ambiguous'],
  ['p95 < 300 ms compared with pool_b', 'contradiction'],
  ['evidence: <load-test> shows p95 < 300 ms', 'placeholder'],
  ['p95 (checkout) < 300 ms', 'unreadable-criterion'],
  ['p95 may rise by at most 5%', 'unreadable-criterion'],
];

test.each(REFUSED)('%s', (line, code) => {
  const problem = problemOf(line);
  expect(problem.code).toBe(code);
  expect(problem.place?.column).toBeLessThanOrEqual(line.length + 1);
  expect(problem.remedy).not.toBe('');
  expect(problem.expected).not.toBe('');
});

/** What stands in the remedy, ready to copy. */
const REMEDIES: readonly (readonly [string, readonly string[]])[] = [
  ['p95(checkout) < 300 ms under normal load', ['p95(checkout) < 300 ms when rps > 500', 'evidence: load-test shows p95(checkout) <= 300 ms']],
  ['p95 < 300 ms and error_rate < 1%', ['p95 < 300 ms', 'error_rate < 1%']],
  ['p95 and p99 stay below 300 ms', ['p95 stay below 300 ms', 'p99 stay below 300 ms']],
  ['reduce p95 by 30% without increasing error_rate', ['reduce p95 by 30%', 'no increase in error_rate']],
  ['roll back if p95(checkout) > 2 s', ['guardrail: p95(checkout) <= 2 s']],
  ['p95(checkout) < 1.200 ms', ['p95(checkout) < 1200 ms', 'p95(checkout) < 1.2 ms']],
  ['p95 < 1 200 ms', ['p95 < 1200 ms']],
  ['error rate stays below 0.5%', ['error_rate stays below 0.5%']],
  ['p95 falls', ['p95 falls by 30%']],
];

test.each(REMEDIES)('remedy of %s', (line, forms) => {
  const { remedy } = problemOf(line);
  for (const form of forms) {
    expect(remedy).toContain(form);
    expect(typeof criterionOf(form)).toBe('object');
  }
});

test('the place is where the trouble begins', () => {
  expect(problemOf('p95(checkout) < 300 ms under normal load').place).toEqual({ file: 'body', line: 1, column: 24 });
  expect(problemOf('p95(checkout) < 1.200 ms').place?.column).toBe(17);
});

test('a condition is never dropped: whatever follows a criterion makes it a problem', () => {
  for (const tail of ['under load', 'off-peak', 'in eu-west-1', 'usually', 'ish', '(p99)', 'for free', '+ 5', '5', 'ms', 'if possible', 'on weekdays', 'by then', '> 5', '!=', '#3', '@me']) {
    expect([tail, typeof criterionOf(`p95(checkout) falls by 30% ${tail}`)]).toEqual([tail, 'string']);
    expect([tail, typeof criterionOf(`p95(checkout) < 300 ms ${tail}`)]).toEqual([tail, 'string']);
  }
});
