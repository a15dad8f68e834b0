// The measured outcome as people read it: every outcome word, intent and reason, within GitHub's limits, told to those who may know.
import { describe, expect, test } from 'vitest';
import type { Reason } from '../../src/judge/verdict.ts';
import type { Intent } from '../../src/model/decision.ts';
import type { CriterionResult, Experiment, ExperimentOutcome, ExperimentResult } from '../../src/model/experiment.ts';
import type { Expectation, MetricCriterion } from '../../src/model/hypothesis.ts';
import { adviceFor } from '../../src/report/advice.ts';
import { sizeOf } from '../../src/report/budget.ts';
import { renderChart } from '../../src/report/chart.ts';
import { promiseWords } from '../../src/report/promise.ts';
import { keepingCost } from '../../src/report/question.ts';
import { showsOf } from '../../src/report/shows.ts';
import { renderVerdict, type VerdictGiven } from '../../src/report/verdict.ts';
import { criterion } from '../gate/sample.ts';
import { ALL, BEGAN, ON, chart, effect, experiment, fewErrors, latency, measured, member, outcome } from './experiment-sample.ts';

const given: VerdictGiven = { charts: [chart()], shows: ALL, digest: 'sha256:41c0f2d97b', on: ON };
const open = measured({ verdict: 'inconclusive', reason: 'unclear', sentence: 'The change is too small against what this metric does by itself to tell.', interval: [-0.36, 0.03], estimate: -0.21 });
const met = measured({ verdict: 'met', reason: 'measured', sentence: 'The measured change decides it.', estimate: -0.34, interval: [-0.39, -0.28], after: 206 });
const tell = (result: Partial<ExperimentResult> = {}, change: Partial<Experiment> = {}, more: Partial<VerdictGiven> = {}): string => renderVerdict(experiment({ effect, ...change }), outcome(result), { ...given, ...more });
const first = (text: string): string => text.split('\n')[0] ?? '';

test('a refuted bet, whole', () => {
  expect(tell()).toMatchSnapshot();
});

describe('the first line says it in plain words', () => {
  const harmed = measured({ ...fewErrors, verdict: 'missed', estimate: 0.9, interval: [0.8, 1], after: 0.9 });
  const unproven = measured({ ...fewErrors, verdict: 'inconclusive', reason: 'too-close', sentence: 'The level is too close to its bound to tell.' });
  const rows: readonly (readonly [ExperimentOutcome, Intent, readonly CriterionResult[], string])[] = [
    ['refuted', 'improve', [measured()], '**Refuted: `p95(checkout)` did not fall by 30% at peak.** It fell by 8% (most likely between 2% and 14%), from 312 ms to 287 ms. It moved the promised way, but not as far as promised.'],
    ['validated', 'improve', [met], '**Validated: `p95(checkout)` fell by at least 30% at peak, as promised.** It fell by 34% (most likely between 28% and 39%), from 312 ms to 206 ms.'],
    ['inconclusive', 'improve', [open], '**Inconclusive: the data can’t tell whether `p95(checkout)` falls by 30% at peak.** It fell by 21% (most likely between a fall of 36% and a rise of 3%). The change is too small against what this metric does by itself to tell.'],
    ['validated', 'step', [met], '**Validated: `p95(checkout)` fell by at least 30% at peak, as promised.** It fell by 34% (most likely between 28% and 39%), from 312 ms to 206 ms.'],
    ['validated', 'save', [fewErrors], '**Validated: `error_rate(checkout)` is below 0.5%, and nothing that was watched got worse.** It was 0.31% (most likely between 0.28% and 0.34%); before, it was 0.3%.'],
    ['refuted', 'save', [harmed], '**Refuted: it was to save and harm nothing, and `error_rate(checkout)` is not below 0.5%.** It was 0.9% (most likely between 0.8% and 1%); before, it was 0.3%.'],
    ['refuted', 'save', [measured({ sentence: 'So.' })], '**Refuted: `p95(checkout)` did not fall by 30% at peak.** It fell by 8% (most likely between 2% and 14%), from 312 ms to 287 ms. So.'],
    ['inconclusive', 'save', [unproven], '**Inconclusive: that nothing got worse is not proven. The data can’t tell whether `error_rate(checkout)` is below 0.5%.** It was 0.31% (most likely between 0.28% and 0.34%); before, it was 0.3%. The level is too close to its bound to tell.'],
    ['held', 'insure', [fewErrors], '**Held: the case it is for came, and `error_rate(checkout)` is below 0.5%.** It was 0.31% (most likely between 0.28% and 0.34%); before, it was 0.3%.'],
    ['broke', 'insure', [harmed], '**Broke: the case it is for came, and `error_rate(checkout)` is not below 0.5%.** It was 0.9% (most likely between 0.8% and 1%); before, it was 0.3%.'],
    ['not exercised', 'insure', [measured({ verdict: 'inconclusive', reason: 'not-exercised', sentence: 'Not exercised.', estimate: null, interval: null })], '**Not exercised: the case it is for never came in the window.** Not exercised.'],
    ['no harm', 'oblige', [fewErrors], '**No harm seen: `error_rate(checkout)` is below 0.5%.** It was 0.31% (most likely between 0.28% and 0.34%); before, it was 0.3%.'],
    ['harm', 'oblige', [harmed], '**Harm: `error_rate(checkout)` is not below 0.5%.** It was 0.9% (most likely between 0.8% and 1%); before, it was 0.3%.'],
    ['inconclusive', 'oblige', [unproven], '**Inconclusive: the data can’t tell whether it did harm, for it is open whether `error_rate(checkout)` is below 0.5%.** It was 0.31% (most likely between 0.28% and 0.34%); before, it was 0.3%. The level is too close to its bound to tell.'],
    ['validated', 'repair', [met], '**The load is back to normal: `p95(checkout)` fell by at least 30% at peak.** It fell by 34% (most likely between 28% and 39%), from 312 ms to 206 ms.'],
    ['refuted', 'repair', [measured({ sentence: 'So.' })], '**The load is not back to normal: `p95(checkout)` did not fall by 30% at peak.** It fell by 8% (most likely between 2% and 14%), from 312 ms to 287 ms. So.'],
    ['inconclusive', 'repair', [open], '**It can’t be told yet whether the load is back to normal: whether `p95(checkout)` falls by 30% at peak is open.** It fell by 21% (most likely between a fall of 36% and a rise of 3%). The change is too small against what this metric does by itself to tell.'],
  ];
  test.each(rows)('%s, %s', (word, intent, criteria, line) => {
    expect(first(tell({ outcome: word, criteria }, { intent }))).toBe(line);
  });

  test('harm that was seen early is told as that', () => {
    expect(first(tell({ early: true }))).toContain('Harm was seen before the window ended, so this is told at once.');
  });

  test('goals decide before guardrails, and what is open before what is met', () => {
    expect(first(tell({ criteria: [harmed, measured()] }))).toMatch(/^\*\*Refuted: `p95/);
    expect(first(tell({ outcome: 'inconclusive', criteria: [met, unproven] }))).toContain('`error_rate(checkout)`');
  });

  test('it is a measured outcome, and nothing is said to be caused', () => {
    expect(tell()).toContain('*measured outcome*');
    expect(tell()).not.toMatch(/\bcaus(e|ed|es)\b/);
  });
});

describe('a promise in words: kept, broken, open', () => {
  const ms = { value: 300, unit: 'ms' };
  const rows: readonly (readonly [Partial<MetricCriterion> & { readonly expects: Expectation }, string, string, string])[] = [
    [{ expects: { kind: 'level', op: '<=', bound: ms, other: null } }, 'is below 300 ms', 'is not below 300 ms', 'is below 300 ms'],
    [{ expects: { kind: 'level', op: '>=', bound: ms, other: null } }, 'is above 300 ms', 'is not above 300 ms', 'is above 300 ms'],
    [{ expects: { kind: 'level', op: '<=', bound: { value: 60, unit: '%' }, other: { value: 40, unit: '%' } } }, 'is between 40% and 60%', 'is not between 40% and 60%', 'is between 40% and 60%'],
    [{ expects: { kind: 'relative-change', op: '<=', by: -0.3 } }, 'fell by at least 30%', 'did not fall by 30%', 'falls by 30%'],
    [{ expects: { kind: 'relative-change', op: '>=', by: 0.3 } }, 'rose by at least 30%', 'did not rise by 30%', 'rises by 30%'],
    [{ expects: { kind: 'relative-change', op: '<=', by: 0.05 } }, 'did not rise by more than 5%', 'rose by more than 5%', 'rises by more than 5%'],
    [{ expects: { kind: 'relative-change', op: '>=', by: -0.05 } }, 'did not fall by more than 5%', 'fell by more than 5%', 'falls by more than 5%'],
    [{ expects: { kind: 'change', op: '<=', by: { value: -50, unit: 'ms' } } }, 'fell by at least 50 ms', 'did not fall by 50 ms', 'falls by 50 ms'],
    [{ expects: { kind: 'change', op: '<=', by: { value: 200, unit: 'USD/month' } } }, 'did not rise by more than $200/month', 'rose by more than $200/month', 'rises by more than $200/month'],
    [{ expects: { kind: 'within', by: 0.1 } }, 'stayed within 10% of what it was', 'did not stay within 10% of what it was', 'stays within 10% of what it was'],
    [{ expects: { kind: 'within', by: { value: 50, unit: 'ms' } } }, 'stayed within 50 ms of what it was', 'did not stay within 50 ms of what it was', 'stays within 50 ms of what it was'],
    [{ expects: { kind: 'unchanged', side: '<=' } }, 'did not rise', 'rose', 'rises'],
    [{ expects: { kind: 'unchanged', side: '>=' } }, 'did not fall', 'fell', 'falls'],
    [{ expects: { kind: 'unchanged', side: 'worse' } }, 'did not rise', 'rose', 'rises'],
    [{ expects: { kind: 'unchanged', side: null } }, 'stayed as it was', 'did not stay as it was', 'stays as it was'],
    [{ expects: { kind: 'never', op: '<=', bound: ms, longerThan: 300 } }, 'was never above 300 ms for more than 5 minutes', 'was above 300 ms for more than 5 minutes', 'was ever above 300 ms for more than 5 minutes'],
    [{ expects: { kind: 'events', atMost: null, per: null } }, 'did not happen again', 'happened again', 'still happens'],
    [{ expects: { kind: 'events', atMost: 2, per: 604_800 } }, 'happened at most 2 times per 7 days', 'happened more than 2 times per 7 days', 'happens more than 2 times per 7 days'],
    [{ expects: { kind: 'events', atMost: 1, per: 86_400 } }, 'happened at most once per day', 'happened more than once per day', 'happens more than once per day'],
    [{ expects: { kind: 'budget', op: '<=', share: 0.5 } }, 'burned less than 50% of its error budget', 'did not burn less than 50% of its error budget', 'burns less than 50% of its error budget'],
    [{ expects: { kind: 'by-time', minutes: 360 } }, 'is done by 06:00 UTC', 'is not done by 06:00 UTC', 'is done by 06:00 UTC'],
    [{ expects: { kind: 'level', op: '<=', bound: ms, other: null }, hours: { kind: 'when', metric: { name: 'rps', args: ['checkout'] }, op: '>', bound: { value: 500, unit: 'req/s' } } }, 'is below 300 ms when `rps(checkout)` is above 500 req/s', 'is not below 300 ms when `rps(checkout)` is above 500 req/s', 'is below 300 ms when `rps(checkout)` is above 500 req/s'],
    [{ expects: { kind: 'unchanged', side: '<=' }, hours: { kind: 'peak', busiest: 2 } }, 'did not rise at the 2 busiest hours', 'rose at the 2 busiest hours', 'rises at the 2 busiest hours'],
    [{ expects: { kind: 'unchanged', side: '<=' }, hours: { kind: 'dates', from: '2026-11-27', to: '2026-11-30' } }, 'did not rise from 2026-11-27 to 2026-11-30', 'rose from 2026-11-27 to 2026-11-30', 'rises from 2026-11-27 to 2026-11-30'],
    [{ expects: { kind: 'relative-change', op: '<=', by: -0.2 }, against: { kind: 'control', metric: { name: 'pool_b', args: [] } } }, 'fell by at least 20% compared with `pool_b`', 'did not fall by 20% compared with `pool_b`', 'falls by 20% compared with `pool_b`'],
  ];
  test.each(rows)('%#', (change, kept, broken, still) => {
    expect(promiseWords(criterion(change), 'lower')).toEqual({ kept, broken, open: still });
  });

  test('no regression goes by what the catalogue calls better', () => {
    const unchanged = criterion({ expects: { kind: 'unchanged', side: 'worse' } });
    expect([promiseWords(unchanged, 'higher').broken, promiseWords(unchanged, null).broken]).toEqual(['fell', 'did not stay as it was']);
  });

  test('evidence names its source', () => {
    const { place } = criterion();
    expect(promiseWords({ kind: 'evidence', text: '', place, role: 'goal', source: 'load-test', metric: { name: 'p95', args: [] }, op: '<=', bound: { value: 300, unit: 'ms' } }, null).broken).toBe('is not below 300 ms by `load-test`');
  });
});

describe('the numbers', () => {
  const rows: readonly (readonly [string, Partial<CriterionResult>, Partial<MetricCriterion>, string])[] = [
    ['a rise', { estimate: 0.12, interval: [0.08, 0.16], after: 350 }, {}, 'It rose by 12% (most likely between 8% and 16%), from 312 ms to 350 ms.'],
    ['none', { estimate: 0, interval: [-0.02, 0.02] }, {}, 'It did not move (most likely between a fall of 2% and a rise of 2%).'],
    ['levels that go another way', { estimate: -0.05, interval: [-0.07, -0.03], after: 320 }, {}, 'It fell by 5% (most likely between 3% and 7%).'],
    ['a difference', { scale: 'absolute', estimate: -51.2, interval: [-60.4, -42.1], after: 261 }, { expects: { kind: 'change', op: '<=', by: { value: -50, unit: 'ms' } } }, 'It fell by 51 ms (most likely between 42 ms and 60 ms), from 312 ms to 261 ms.'],
    ['a share near its bound', { scale: 'absolute', unit: '%', estimate: 99.951, interval: [99.93, 99.97], before: 99.9 }, { expects: { kind: 'level', op: '>=', bound: { value: 99.95, unit: '%' }, other: null } }, 'It was 99.951% (most likely between 99.93% and 99.97%); before, it was 99.9%.'],
    ['events', { scale: 'absolute', unit: 'count', estimate: 0.43, interval: [0.12, 1.1], before: null }, { expects: { kind: 'events', atMost: 2, per: 604_800 } }, 'It happened 0.43 times a day (most likely between 0.12 and 1.1).'],
  ];
  test.each(rows)('%s', (_, result, change, sentence) => {
    const changed = criterion({ ...latency, ...change });
    expect(first(tell({ criteria: [measured(result)] }, { criteria: [changed] }))).toContain(sentence);
  });

  test('the table has the change in per cent and in the metric’s own unit, and what it does anyway', () => {
    const allDay = criterion({ ...latency, text: 'p95(checkout) falls by 30%', hours: { kind: 'all' } });
    const result = measured({ text: allDay.text });
    expect(tell({ criteria: [result] }, { criteria: [allDay] })).toContain('| `p95(checkout) falls by 30%` | 312 ms | 287 ms | −8% (−14% to −2%)<br>−25 ms (−44 ms to −6 ms) | ±\u20604.1%<br>±\u206012.8 ms | **❌ missed**<br>It moved the promised way, but not as far as promised. |');
  });

  test('at peak sentence, table and chart tell the same levels', () => {
    const text = tell();
    expect(first(text)).toContain('from 312 ms to 287 ms');
    expect(text).toContain('| `p95(checkout) falls by 30% at peak` | 312 ms | 287 ms | −8% (−14% to −2%)<br>−25 ms (−44 ms to −6 ms) |');
    expect(text).toContain('Orange is the level before at peak, and from 0 on what was promised.');
    expect(first(tell({ criteria: [measured({ estimate: -0.4, interval: [-0.5, -0.3] })] }))).toContain('It fell by 40% (most likely between 30% and 50%). ');
  });

  test('events are told a day, and values in brackets only to those who may see them', () => {
    const crashes = criterion({ text: 'no more oom_kills', metric: { name: 'oom_kills', args: [] }, expects: { kind: 'events', atMost: null, per: null } });
    const [metric] = experiment().metrics;
    const metrics = metric === undefined ? [] : [{ ...metric, name: 'oom_kills', unit: 'count', kind: 'events' as const }];
    const again = measured({ text: crashes.text, metric: 'oom_kills', unit: 'count', scale: 'absolute', estimate: null, interval: null, before: 1.2, after: 0.4, wobble: null, reason: 'event-seen', sentence: 'It happened again (3 in the window).', remarks: ['NaN and infinite values were left out.'] });
    expect(tell({ criteria: [again] }, { criteria: [crashes], metrics })).toContain('| 1.2 a day | 0.4 a day | - | - | **❌ missed**<br>It happened again (3 in the window).<br>NaN and infinite values were left out. |');
    expect(tell({ criteria: [again] }, { criteria: [crashes], metrics }, { shows: showsOf(metrics, { visibility: 'public', words: true }) })).not.toContain('3 in the window');
  });

  test('a level has its interval beside it, and the change in per cent', () => {
    expect(tell()).toContain('| `error_rate(checkout) stays below 0.5%`<br>guardrail | 0.3% | 0.31% (0.28% to 0.34%) | +3.3% |');
  });
});

describe('keep, undo or accept?', () => {
  const tail = (...args: Parameters<typeof tell>): string => tell(...args).split('\n\n').slice(-3).join('\n\n');
  test('ends a refuted verdict with the cost, the undoing and the answer', () => {
    expect(tail()).toContain('**Keep, undo or accept?** Keeping it costs $140 a month, **$1,680 a year**.');
    expect(tail()).toContain('- **Undo it:** press **Revert** on this pull request, or run `git revert -m 1 3f2c9ab41d0e7f8a9b6c5d4e3f2a1b0c9d8e7f6a`, and answer `/yardstick undo`.\n- **Accept it**, it missed and stays all the same: answer `/yardstick accept <reason>`.');
  });

  test('asks of a validated one to keep it first', () => {
    expect(tail({ outcome: 'validated', criteria: [met] })).toMatch(/- \*\*Keep it:\*\* answer `\/yardstick keep <reason>`\.\n- \*\*Undo it/);
  });

  test('tells what an inconclusive one could see, and the window that would do', () => {
    expect(tail({ outcome: 'inconclusive', criteria: [{ ...open, mde: 0.34, neededWindow: 14 * 86_400 }] })).toContain('This window could see a change of 34% or more. A window of 14 days would see what was promised: promise it again with `Measure over 14 days`');
  });

  test('sends nobody to a longer window where none would see what was promised', () => {
    const near = measured({ ...open, reason: 'step-and-level-disagree' });
    expect(tail({ outcome: 'inconclusive', criteria: [{ ...near, mde: 0.34 }] })).toContain('This window could see a change of 34% or more. No window of two weeks or less would see a change this small.');
    expect(tail({ outcome: 'inconclusive', criteria: [{ ...near, mde: 0.1 }] })).toContain('A longer one would.');
  });

  test('asks nothing of an obligation that harmed nothing', () => {
    expect(tail({ outcome: 'no harm', criteria: [fewErrors] }, { intent: 'oblige' })).toContain('**Nothing to decide.**');
  });

  test('of a repair it is whether to keep it now that the incident is over', () => {
    expect(tail({ outcome: 'validated', criteria: [met] }, { intent: 'repair' })).toContain('**The incident is over: keep it because …, or undo it?** Keeping it costs $140 a month');
  });

  test('names the date of an insurance that was not exercised', () => {
    const { hypothesis } = experiment();
    expect(tail({ outcome: 'not exercised' }, { intent: 'insure', hypothesis: { ...hypothesis, until: '2026-12-01' } })).toContain('You will be asked again at the date you named: 2026-12-01.');
  });

  test('undoes several pull requests from the newest on, those of other repositories without telling them', () => {
    const members = [member(), member({ change: { ...ON, number: 9 }, mergeSha: 'a'.repeat(40) }), member({ change: { owner: 'acme', repo: 'infra', number: 4 }, mergeSha: null })];
    const text = tell({}, { members });
    expect(text).toContain(`  - \`acme/infra#4\`\n  - #9: \`git revert -m 1 ${'a'.repeat(40)}\`\n  - #7: `);
    expect(text).toContain('One verdict for all of #7, #9, `acme/infra#4`.');
  });

  test.each([
    ['all known', [140, 60], { monthly: 200, currency: 'USD', whole: true }], ['some', [140, null], { monthly: 140, currency: 'USD', whole: false }], ['none', [null], null],
  ])('what keeping costs: %s', (_, costs, price) => {
    expect(keepingCost(costs.map((monthlyCost) => ({ monthlyCost, currency: 'USD' })))).toEqual(price);
  });

  test('amounts in several currencies are not added, a saving is one, and a cost in part is “at least”', () => {
    expect(keepingCost([{ monthlyCost: 1, currency: 'USD' }, { monthlyCost: 1, currency: 'EUR' }])).toBeNull();
    expect(tail({}, { members: [member({ monthlyCost: -300 })] })).toContain('Keeping it saves $300 a month, **$3,600 a year**.');
    expect(tail({}, { members: [member(), member({ monthlyCost: null })] })).toContain('costs at least $140 a month');
  });
});

/** Typed, so that a new reason of the judge has to be thought of here. */
const REASONS: Readonly<Record<Reason, 'advice' | 'plain'>> = {
  measured: 'plain', 'falls-short': 'plain', 'already-true': 'plain', 'no-variation': 'plain', value: 'plain', 'event-seen': 'plain', 'none-by-luck-unlikely': 'plain', violated: 'plain', 'no-violation': 'plain',
  unclear: 'advice', 'too-close': 'advice', 'history-too-short': 'advice', 'no-data': 'advice', 'missing-data': 'advice', gap: 'advice', 'metric-lost': 'advice', 'several-series': 'advice', 'another-series': 'advice', 'zero-baseline': 'advice',
  'too-few-events': 'advice', 'too-few-errors': 'advice', 'level-shift': 'advice', 'baseline-was-an-incident': 'advice', confounded: 'advice', 'not-exercised': 'advice', 'not-exercised-before': 'advice',
  'control-lost': 'advice', resolution: 'advice', excluded: 'advice', 'step-and-level-disagree': 'advice', 'window-too-short': 'advice', reverted: 'advice', 'provider-error': 'advice', unanswered: 'advice',
  'record-lost': 'advice', 'no-objective': 'advice', 'date-without-data': 'advice', late: 'plain', 'on-time': 'plain', 'bad-trial': 'advice',
};

test.each(Object.entries(REASONS))('the reason %s has its next step or needs none', (reason, kind) => {
  const text = tell({ outcome: 'inconclusive', criteria: [measured({ verdict: 'inconclusive', reason, sentence: `Sentence of ${reason}.`, mde: null })] });
  expect(adviceFor(reason) === null ? 'plain' : 'advice').toBe(kind);
  if (kind === 'advice') expect(text).toContain(`${adviceFor(reason)}\n\n- **Keep it`);
  if (reason !== 'measured' && reason !== 'value') expect(first(text)).toContain(`Sentence of ${reason}.`);
});

describe('how it was measured', () => {
  test('tells windows, data, the smallest change, what else happened, queries and digests', () => {
    const text = tell();
    for (const part of [
      'Before: 2026-04-07 13:00 to 2026-05-05 13:00 UTC. Observed: 2026-05-05 14:00 to 2026-05-12 14:00 UTC.', 'The effect began Tue 5 May 13:00 UTC: deployment 91 to production by flux.',
      'Data: of `error_rate(checkout)` 0.4% of the window is missing.', 'Smallest change that this window could see: `p95(checkout)` 6.1%, `cost_per_month` $16/month.',
      'What else happened meanwhile: Deployment 93 of checkout on 8 May 09:12 UTC', 'Query of `p95(checkout)` on `prod`:\n\n```text\nhistogram_quantile(0.95', 'Digest of the record: `sha256:41c0f2d97b`; of the configuration: `cfg-8d31`.',
    ]) expect(text).toContain(part);
  });

  test('shows what was changed after the agreement, and a window that was extended', () => {
    const text = tell({ confounders: [] }, { extended: true, amendments: [{ at: BEGAN, text: 'The issue’s criterion 2 was edited.' }] });
    expect(text).toContain('without influence on this verdict: The issue’s criterion 2 was edited.');
    expect(text).toContain('The window was extended once');
    expect(text).toContain('no other deployment is known');
  });
});

describe('who sees what', () => {
  const secret = showsOf(experiment().metrics, { visibility: 'public', words: true });
  test('on a public repository: verdicts and relative changes of what is not public, no values, queries, costs or charts', () => {
    const text = tell({}, {}, { shows: secret });
    expect(text).toContain('It fell by 8% (most likely between 2% and 14%).');
    expect(text).not.toMatch(/312|287 ms|histogram_quantile|mermaid|\$1,680|0\.31%|\$141/);
    expect(text).toContain('| `error_rate(checkout) stays below 0.5%`<br>guardrail | - | - | +3.3% | ±\u206012% |');
  });

  test('values of a public metric are told there, and costs where the cost is one', () => {
    const metrics = experiment().metrics.map((metric) => ({ ...metric, public: metric.name !== 'error_rate(checkout)' }));
    const text = tell({}, { metrics }, { shows: showsOf(metrics, { visibility: 'public', words: true }) });
    expect(text).toContain('from 312 ms to 287 ms');
    expect(text).toContain('**$1,680 a year**');
    expect(text).not.toContain('http_errors_total');
  });

  test('pull requests of other repositories are named only among people who may know of them', () => {
    const members = [member(), member({ change: { owner: 'acme', repo: 'vault', number: 4 } })];
    expect(tell({}, { members }, { shows: { ...ALL, elsewhere: false } })).not.toContain('vault');
    expect(tell({}, { members })).toContain('`acme/vault#4`');
  });

  test('words of a hypothesis that fewer people can read are not repeated', () => {
    const text = tell({}, {}, { shows: showsOf(experiment().metrics, { visibility: 'private', words: false }) });
    expect(first(text)).toMatch(/^\*\*Refuted: what was promised did not come true\.\*\*/);
    expect(text).toContain('| criterion 2<br>guardrail |');
    expect(text).not.toMatch(/Redis|bottleneck|falls by 30%|checkout"/);
  });
});

describe('the chart', () => {
  test('has 60 points at most, cut at the effect, and says where there are no data', () => {
    const text = renderChart(chart({ values: Array.from({ length: 5_000 }, (_, hour) => (hour > 100 && hour < 400 ? null : 300 + (hour % 7))) }));
    const lines = [...text.matchAll(/^ {2}line \[(.*)\]$/gm)].map(([, values]) => values?.split(', ').length ?? 0);
    expect(lines).toHaveLength(2);
    expect(Math.max(...lines)).toBeLessThanOrEqual(60);
    expect(lines[0]).toBe(lines[1]);
    expect(text).toMatch(/\d+ of \d+ points have no data and are drawn like the one before/);
  });

  test('steps to the promise at the effect, and is flat for a bound', () => {
    const promise = (text: string): readonly string[] => /line \[(.*)\]/.exec(text)?.[1]?.split(', ') ?? [];
    const stepped = promise(renderChart(chart()));
    expect([stepped.filter((value) => value === '312.4').length, stepped.filter((value) => value === '218.7').length]).toEqual([28, 7]);
    expect(new Set(promise(renderChart(chart({ before: null, promised: 0.5 }))))).toEqual(new Set(['0.5']));
    expect(renderChart(chart({ promised: null })).match(/^ {2}line /gm)).toHaveLength(1);
  });

  test('has a stand-in of blocks with the effect and holes marked', () => {
    expect(/`([▁-█·│]+)`/.exec(renderChart(chart({ values: [...Array.from({ length: 48 }, () => 1), null, ...Array.from({ length: 3 }, () => 9)], from: Date.parse(BEGAN) / 1000 - 48 * 3600 })))?.[1]).toBe(`${'▁'.repeat(24)}│██`);
  });

  test.each([['nothing', []], ['one value', [1]], ['only holes', [null, null]]])('is left out for %s', (_, values) => {
    expect(renderChart(chart({ values }))).toBe('');
  });

  test('never has an exponent, and a foreign unit can’t leave its quotes', () => {
    const text = renderChart(chart({ unit: 'ms" --> 1\n  line [9]', values: [1e-9, 2.5e-8, 1e-7], before: null, promised: null }));
    expect(text).not.toMatch(/\de[-+]/);
    expect(text.match(/^ {2}line /gm)).toHaveLength(1);
  });
});

describe('hostile text and GitHub’s limits', () => {
  const evil = '<img src=x> @acme/everyone [x](javascript:1) | ` ```\n#1 https://evil.example <!-- -->';
  const criteria = Array.from({ length: 20 }, (_, i) => criterion({ text: `${i} ${evil} ${'é'.repeat(3_000)}`, metric: { name: evil, args: [] } }));
  const results = criteria.map(({ text }) => measured({ text, metric: `${evil}${'é'.repeat(3_000)}`, unit: evil, sentence: evil.repeat(100), remarks: [evil] }));
  const { hypothesis, metrics } = experiment();
  const text = tell({ criteria: results, confounders: results.map(() => evil.repeat(50)) }, {
    criteria, hypothesis: { ...hypothesis, claim: evil.repeat(500), because: evil }, owner: evil, amendments: results.map(() => ({ at: BEGAN, text: evil.repeat(50) })),
    effect: { ...effect, text: evil }, members: Array.from({ length: 300 }, (_, i) => member({ change: { ...ON, number: i }, mergeSha: `${evil}` })), metrics: metrics.map((metric) => ({ ...metric, queries: [evil.repeat(2_000)] })),
  }, { charts: results.map((result) => chart({ text: result.text, metric: result.metric })), digest: evil });

  test('fits, and still ends with the question', () => {
    expect(sizeOf(text)).toBeLessThan(65_000);
    expect(text).toContain('**Keep, undo or accept?**');
    expect((text.match(/^ *```/gm) ?? []).length % 2).toBe(0);
    expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length);
  });

  test('stays inert', () => {
    const bare = text.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^ *\2$/gm, '').replace(/`[^`\n]*`/g, '');
    expect(bare).not.toMatch(/<img|<!--|@acme|https:\/\/evil|(?<!\\)\[x\]/);
  });
});
