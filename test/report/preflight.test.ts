// What was found out before the merge: the table of the check, and the lines that ask for something.
import { describe, expect, test } from 'vitest';
import type { Intent } from '../../src/model/decision.ts';
import type { PreflightFinding } from '../../src/model/preflight.ts';
import { renderPreflight, renderPreflightAsks, renderVisible } from '../../src/report/preflight.ts';
import { errors, preflight } from './experiment-sample.ts';

const shows = { metric: (): boolean => true };
const asks = (change: Partial<PreflightFinding>, intent: Intent = 'improve'): string | null => renderPreflightAsks([preflight(change)], { intent, shows });

test('the table', () => {
  const guardrail = preflight({ text: errors.text, role: 'guardrail', metric: 'error_rate(checkout)', unit: '%', today: 0.3, wobble: 0.12, promised: null, mde: null, data: { kind: 'series', days: 12.2, missing: 0.08 } });
  expect(renderPreflight([preflight(), guardrail], { intent: 'improve', shows })).toBe([
    '| Before the merge | Data | Today | When nothing changes | Visible from | |', '|---|---|---|---|---|---|',
    '| `p95(checkout) falls by 30% at peak` | 28 days | 312 ms | ±\u20604.1% | 6.1% in 7 days |  |',
    '| `error_rate(checkout) stays below 0.5%`<br>guardrail | 12 days, 8% missing | 0.3% | ±\u206012% | - |  |',
  ].join('\n'));
  expect(renderPreflight([], { intent: 'improve', shows })).toBeNull();
});

test('what is called a guardrail in its own words is not called one twice', () => {
  expect(renderPreflight([preflight({ text: `guardrail: ${errors.text}`, role: 'guardrail' })], { intent: 'improve', shows })).toContain('| `guardrail: error_rate(checkout) stays below 0.5%` | 28 days');
});

describe('asks for something', () => {
  const rows: readonly (readonly [string, Partial<PreflightFinding>, string])[] = [
    ['no data', { data: { kind: 'no-data' } }, '- `p95(checkout)` gives no data: look at its query or its name, else nobody can judge it.'],
    ['several series', { data: { kind: 'several-series', count: 12 } }, '- `p95(checkout)` gives 12 series: let its query give one.'],
    ['already true', { alreadyTrue: true, today: 287.4 }, '- `p95(checkout)` is there already (287 ms today): that proves nothing. Promise more, or make it a guardrail.'],
    ['too small', { promised: 0.05, mde: 0.12, neededWindow: 14 * 86_400 }, '- `p95(checkout)` can’t show 5% in 7 days: it is visible from 12%. Measure over 14 days, or promise more.'],
    ['too small for any window', { promised: 0.05, mde: 0.12 }, '- `p95(checkout)` can’t show 5% in 7 days: it is visible from 12%. No window of two weeks or less would do: promise more, or compare with a control.'],
    ['none by luck', { byLuck: 0.12 }, '- None of `p95(checkout)` in 7 days is luck 12% of the time. A longer window says more.'],
    ['not offered', { data: { kind: 'not-offered', source: 'prom', why: 'source' }, today: null, mde: null }, '- `p95(checkout)` is promised and not measured: ask the operator of this App to offer this repository the source `prom`.'],
    ['a query that its operator alone writes', { data: { kind: 'not-offered', source: 'prom', why: 'query' }, today: null, mde: null }, '- `p95(checkout)` is promised and not measured: ask the operator of this App to define it, or to set `queries: repository` on the source `prom`.'],
    ['only at peak', { onlyAtPeak: true }, '- `p95(checkout)` is busy a few hours a day only: do you mean “at peak”?'],
  ];
  test.each(rows)('%s', (_, change, line) => {
    expect(asks(change)).toBe(line);
    expect(renderPreflight([preflight(change)], { intent: 'improve', shows })).toContain(line.slice(2));
  });

  test('of the two most pressing, and counts the others', () => {
    expect(renderPreflightAsks(rows.map(([, change]) => preflight(change)), { intent: 'improve', shows })?.split('\n')).toEqual([rows[0]?.[2], rows[1]?.[2], '- … and 7 more in the check.']);
  });
});

describe('asks for nothing', () => {
  test.each<readonly [string, Partial<PreflightFinding>, Intent]>([
    ['all is well', {}, 'improve'], ['the source is down', { data: { kind: 'unreachable', message: 'no answer in 5 s' }, today: null, mde: null }, 'improve'], ['a person answers', { data: { kind: 'not-asked', why: 'manual' } }, 'improve'],
    ['insurance is to hold still', { alreadyTrue: true }, 'insure'], ['so is an obligation', { alreadyTrue: true }, 'oblige'], ['a guardrail is to hold', { alreadyTrue: true, role: 'guardrail' }, 'improve'], ['luck is rare', { byLuck: 0.01 }, 'improve'],
  ])('%s', (_, change, intent) => {
    expect(asks(change, intent)).toBeNull();
  });
});

test.each<readonly [PreflightFinding['data'], string]>([
  [{ kind: 'no-data' }, '**none**'], [{ kind: 'several-series', count: 3 }, '**3 series**'], [{ kind: 'unreachable', message: '<b> | @acme' }, 'not asked: &lt;b&gt; \\| @\u2060acme'],
  [{ kind: 'not-asked', why: 'manual' }, 'a person answers'], [{ kind: 'not-offered', source: 'prom', why: 'source' }, 'not measured here'], [{ kind: 'not-asked', why: 'evidence' }, 'a test answers'], [{ kind: 'not-asked', why: 'no-source' }, 'not measurable yet'], [{ kind: 'series', days: 1, missing: 0 }, '1 day'],
])('what the source said: %j', (data, cell) => {
  expect(renderPreflight([preflight({ data })], { intent: 'improve', shows })?.split(' | ')[6]).toBe(cell);
});

test('numbers of a metric that these readers may not see are not told; that it has no data is', () => {
  const hidden = { intent: 'improve', shows: { metric: () => false } } as const;
  expect(renderPreflight([preflight()], hidden)).toContain('| not shown here | | | | |');
  expect(renderPreflightAsks([preflight({ alreadyTrue: true })], hidden)).toBeNull();
  expect(renderPreflightAsks([preflight({ data: { kind: 'no-data' } })], hidden)).toContain('gives no data');
  expect(renderVisible([preflight()], hidden)).toBeNull();
});

test('the title learns from where on the first goal is visible', () => {
  expect(renderVisible([preflight({ role: 'guardrail', mde: 0.5 }), preflight()], { intent: null, shows })).toBe('visible from 6.1%');
  expect(renderVisible([preflight({ mde: null })], { intent: null, shows })).toBeNull();
});
