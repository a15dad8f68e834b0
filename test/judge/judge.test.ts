// Every case of the judge has its own answer and reason.
import { describe, expect, test } from 'vitest';
import { judgeCriterion } from '../../src/judge/judge.ts';
import type { Point, Trial } from '../../src/judge/trial.ts';
import type { Expectation } from '../../src/model/hypothesis.ts';
import { criterion, day, deployedAt, falls, gauge, hourly, trial } from './sample-trials.ts';

const level = (value: number): Expectation => ({ kind: 'level', op: '<=', bound: { value, unit: null }, other: null });
const never = (value: number, longerThan: number): Expectation => ({ kind: 'never', op: '<=', bound: { value, unit: null }, longerThan });
const budget = (share: number): Expectation => ({ kind: 'budget', op: '<=', share });
const byTime: Expectation = { kind: 'by-time', minutes: 6 * 60 };
/** One run a day that ends at the given hour. */
const runs = (hourOf: (day: number) => number): readonly Point[] => Array.from({ length: 36 }, (_, i) => [Math.floor(deployedAt / day) * day + (i - 28) * day + hourOf(i) * 3600, 1]);
const daily = (value: (i: number, time: number) => number): readonly Point[] => Array.from({ length: 36 }, (_, i) => [deployedAt + (i - 28) * day, value(i, deployedAt + (i - 28) * day) * (1 + 0.02 * Math.sin(i * 5))]);
const lastYear: readonly Point[] = Array.from({ length: 288 }, (_, i) => [Date.parse('2025-11-28T00:00:00Z') / 1000 + i * 300, 100 * (1 + 0.5 * Math.sin((i / 288) * 2 * Math.PI))]);
const counter = hourly(() => 0).reduce<Point[]>((points, [time], i) => [...points, [time!, i === 400 ? 3 : (points.at(-1)?.[1] ?? 0) + (time! < deployedAt ? 60 : 30) * (1 + 0.1 * Math.sin(i))]], []);
const noMore: Expectation = { kind: 'events', atMost: null, per: null };
const burst = (from: number, minutes: number): readonly Point[] => gauge({}).map(([time, value]) => [time!, time! >= deployedAt + from && time! < deployedAt + from + minutes * 60 ? 1000 : value!]);
const load = (up: (time: number) => boolean): ReadonlyMap<string, readonly Point[]> => new Map([['rps', gauge({}).map(([time]) => [time!, up(time!) ? 600 : 100])]]);
const whenBusy = { hours: { kind: 'when', metric: { name: 'rps', args: [] }, op: '>', bound: { value: 500, unit: null } } } as const;
const overControl = { against: { kind: 'control', metric: { name: 'pool_b', args: [] } } } as const;

describe('every case has its verdict and its reason', () => {
  const cases: readonly (readonly [string, Trial, string, string])[] = [
    ['a fall as promised', trial(gauge({ factor: 0.7 }), falls(0.2)), 'met', 'measured'],
    ['no fall', trial(gauge({}), falls(0.2)), 'missed', 'measured'],
    ['a fall that falls short', trial(gauge({ factor: 0.85 }), falls(0.4)), 'missed', 'falls-short'],
    ['a fall within what the metric does by itself', trial(gauge({ factor: 0.85 }).map(([time, value]) => [time!, value! * Math.exp(0.3 * Math.sin(Math.floor((time! - deployedAt) / day) * 2.1))]), falls(0.1)), 'inconclusive', 'unclear'],
    ['a level on its bound', trial(hourly(() => 42), level(42.2)), 'inconclusive', 'too-close'],
    ['a guardrail that held', trial(gauge({}), { kind: 'relative-change', op: '<=', by: 0.1 }), 'met', 'measured'],
    ['a rise as promised', trial(gauge({ factor: 1.5 }), { kind: 'relative-change', op: '>=', by: 0.2 }), 'met', 'measured'],
    ['an amount in the unit', trial(gauge({ factor: 0.5 }), { kind: 'change', op: '<=', by: { value: -20, unit: null } }), 'met', 'measured'],
    ['within a margin', trial(gauge({}), { kind: 'within', by: 0.1 }), 'met', 'measured'],
    ['far outside a margin', trial(gauge({ factor: 0.5 }), { kind: 'within', by: 0.1 }), 'missed', 'measured'],
    ['a history of three days', trial(gauge({ days: 3 }), falls(0.2)), 'inconclusive', 'history-too-short'],
    ['no data', trial([], falls(0.2)), 'inconclusive', 'no-data'],
    ['a metric that vanished', trial(gauge({ after: 0 }), falls(0.2)), 'inconclusive', 'metric-lost'],
    ['a third missing', trial(gauge({}).filter(([time], i) => time! < deployedAt || i % 3 > 0), falls(0.2)), 'inconclusive', 'missing-data'],
    ['every second missing', trial(gauge({}).filter(([time], i) => time! < deployedAt || i % 2 > 0), falls(0.2)), 'inconclusive', 'missing-data'],
    ['a hole of seven hours', trial(gauge({}).filter(([time]) => time! < deployedAt + day || time! >= deployedAt + day + 7 * 3600), falls(0.2)), 'inconclusive', 'gap'],
    ['two series', trial(gauge({}).flatMap(([time, value]) => [[time!, value!], [time!, value! * 3]]), falls(0.2)), 'inconclusive', 'several-series'],
    ['a constant', trial(hourly(() => 42), falls(0.2)), 'missed', 'no-variation'],
    ['a constant that fell', trial(hourly((_, time) => (time < deployedAt ? 42 : 21)), falls(0.2)), 'met', 'no-variation'],
    ['nothing of nothing', trial(hourly(() => 0), falls(0.2)), 'inconclusive', 'zero-baseline'],
    ['an incident that ended', trial(gauge({}).map(([time, value]) => [time!, time! >= deployedAt - 4 * day && time! < deployedAt ? value! * 2.5 : value!]), falls(0.2)), 'inconclusive', 'baseline-was-an-incident'],
    ['another deployment that shifts it', trial(gauge({}).map(([time, value]) => [time!, time! >= deployedAt + 1.5 * day ? value! * 0.4 : value!]), falls(0.2), { deployments: [deployedAt + 1.5 * day] }), 'inconclusive', 'confounded'],
    ['another deployment that does nothing', trial(gauge({ factor: 0.6 }), falls(0.2), { deployments: [deployedAt + 1.5 * day] }), 'met', 'measured'],
    ['a window that is excluded', trial(gauge({}), falls(0.2), { exclude: [[deployedAt, deployedAt + 2 * day]] }), 'inconclusive', 'excluded'],
    ['a day of cost', trial(hourly(() => 10), falls(0.2), { kind: 'cost' }), 'inconclusive', 'window-too-short'],
    ['a condition that never came', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), whenBusy), others: load(() => false) }), 'inconclusive', 'not-exercised'],
    ['a condition that never came before', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), whenBusy), others: load((time) => time > deployedAt + day) }), 'inconclusive', 'not-exercised-before'],
    ['a control that is gone', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), overControl), others: new Map() }), 'inconclusive', 'control-lost'],
    ['both fell as much', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), overControl), others: new Map([['pool_b', gauge({ factor: 0.5 })]]) }), 'missed', 'measured'],
    ['an effect at peak', trial(gauge({ factor: 0.5, peakOnly: true }), falls(0.3), { criterion: criterion(falls(0.3), { hours: { kind: 'peak', busiest: 4 } }) }), 'met', 'measured'],
    ['a level that is kept', trial(gauge({ factor: 0.5 }), level(80)), 'met', 'value'],
    ['a level that was kept before', trial(gauge({}), level(150)), 'met', 'already-true'],
    ['a level that is missed', trial(gauge({}), level(50)), 'missed', 'value'],
    ['a bound that is crossed for long', trial(burst(day, 30), never(500, 300)), 'missed', 'violated'],
    ['a bound that is crossed for one point', trial(burst(day, 5), never(500, 300)), 'met', 'no-violation'],
    ['a bound between two points', trial(burst(day, 10), never(500, 420)), 'inconclusive', 'resolution'],
    ['events that came back', trial(hourly((i) => (i % 24 === 3 ? 1 : 0)), noMore, { kind: 'events', window: 7 * day }), 'missed', 'event-seen'],
    ['one event a day, then none', trial(hourly((i, time) => (i % 24 === 3 && time < deployedAt ? 1 : 0)), noMore, { kind: 'events', window: 7 * day }), 'met', 'none-by-luck-unlikely'],
    ['one event a fortnight, then none', trial(hourly((i) => (i === 100 || i === 430 ? 1 : 0)), noMore, { kind: 'events', window: 7 * day }), 'inconclusive', 'too-few-events'],
    ['a rate over its share', trial(hourly(() => 0).map(([time]) => [time!, 20, 1000]), level(0.005), { kind: 'rate', window: 7 * day }), 'missed', 'measured'],
    ['a rate that fell by half', trial(hourly((i) => i).map(([time], i) => [time!, time! < deployedAt ? 40 + (i % 7) : 15 + (i % 5), 1000]), falls(0.3), { kind: 'rate', window: 7 * day }), 'met', 'measured'],
    ['too little traffic', trial(hourly((i) => i).map(([time], i) => [time!, i % 100 === 0 ? 1 : 0, 3]), falls(0.3), { kind: 'rate', window: 7 * day }), 'inconclusive', 'too-few-errors'],
    ['a budget that lasts', trial(hourly((i) => i * 0.0005), budget(0.5)), 'met', 'value'],
    ['a budget that is burnt', trial(hourly((i, time) => (time < deployedAt ? 0.1 : 0.1 + (i % 672) * 0.02)), budget(0.5)), 'missed', 'value'],
    ['a budget that starts again', trial(hourly((i) => (i % 100) * 0.002), budget(0.5)), 'met', 'value'],
    ['a budget of bare errors', trial(hourly(() => 0).map(([time]) => [time!, 20, 1000]), budget(0.5), { kind: 'rate' }), 'inconclusive', 'no-objective'],
    ['runs in time', trial(runs(() => 5), byTime, { window: 7 * day }), 'met', 'on-time'],
    ['a late run', trial(runs((i) => (i === 31 ? 7 : 5)), byTime, { window: 7 * day }), 'missed', 'late'],
    ['two runs that never came', trial(runs(() => 5).filter((_, i) => i !== 30 && i !== 32), byTime, { window: 7 * day }), 'inconclusive', 'missing-data'],
    ['no whole day', trial(runs(() => 12), byTime, { window: 0.5 * day }), 'inconclusive', 'window-too-short'],
    ['a level on named days', trial(hourly((_, time) => (time >= deployedAt + 2 * day && time < deployedAt + 3 * day ? 90 : 10)), level(50), { criterion: criterion(level(50), { hours: { kind: 'dates', from: '2026-04-01', to: '2026-04-01' } }), window: 7 * day }), 'missed', 'value'],
    ['named days after the window', trial(gauge({}), level(50), { criterion: criterion(level(50), { hours: { kind: 'dates', from: '2026-11-27', to: '2026-11-30' } }) }), 'inconclusive', 'not-exercised'],
    ['a fall since a named day', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), { against: { kind: 'date', date: '2026-03-10' } }) }), 'met', 'measured'],
    ['no fall since a named day of last year', trial(gauge({}), falls(0.2), { criterion: criterion(falls(0.2), { against: { kind: 'date', date: '2025-11-28' } }), history: lastYear }), 'missed', 'measured'],
    ['a named day without data', trial(gauge({}), falls(0.2), { criterion: criterion(falls(0.2), { against: { kind: 'date', date: '2025-11-28' } }) }), 'inconclusive', 'date-without-data'],
    ['a shift before the change that stays', trial(gauge({ factor: 0.9 }).map(([time, value]) => [time!, time! >= deployedAt - 4 * day ? value! * 1.6 : value!]), falls(0.1)), 'inconclusive', 'level-shift'],
    ['a week of cost', trial(daily((_, time) => (time < deployedAt ? 100 : 70)), falls(0.2), { kind: 'cost', window: 7 * day }), 'met', 'measured'],
    ['a counter that was reset', trial(counter, falls(0.2), { kind: 'count' }), 'met', 'measured'],
  ];

  test.each(cases)('%s', (_, given, verdict, reason) => {
    const judged = judgeCriterion(given);
    expect([judged.verdict, judged.reason]).toEqual([verdict, reason]);
    expect(judged.text).toMatch(/^[A-Z0-9].*\.$/);
  });
});

describe('what people read', () => {
  const texts: readonly (readonly [string, Trial, RegExp])[] = [
    ['a fall with its interval', trial(gauge({ factor: 0.7 }), falls(0.2)), /^It fell by (?:29|3[01])% \([23]\d% to 3\d%\)\. The measured change decides it\.$/],
    ['a rise', trial(gauge({ factor: 1.4 }), { kind: 'relative-change', op: '<=', by: 0.1 }), /^It rose by (?:3\d|4[01])% \(3\d% to 4\d%\)\./],
    ['nothing much', trial(gauge({}), falls(0.2)), /^It changed by [+-]?\d\.\d% \(-\d\.\d% to \+\d\.\d%\)\./],
    ['a level in its unit', { ...trial(hourly(() => 42), level(80)), metric: { name: 'm', unit: 'ms', better: 'lower', kind: 'gauge', aggregate: null } }, /^The window's mean was 42 ms\. It holds, but it held before the change too/],
    ['events', trial(hourly((i) => (i % 24 === 3 ? 1 : 0)), { kind: 'events', atMost: 2, per: 7 * day }, { kind: 'events', window: 7 * day }), /^1 a day came \(0\.\d+ to [12]\.?\d*\)\./],
    ['luck', trial(hourly((i) => (i === 100 || i === 430 ? 1 : 0)), noMore, { kind: 'events', window: 7 * day }), /Too few events to tell from luck \(none by luck: \d+%\)\.$/],
    ['what could have been seen', trial(gauge({ factor: 0.85 }).map(([time, value]) => [time!, value! * Math.exp(0.3 * Math.sin(Math.floor((time! - deployedAt) / day) * 2.1))]), falls(0.1)), /likely to hold\)\. Over this window a change of about \d+% or more can be seen\.$/],
    ['a control that moved', trial(gauge({ factor: 0.5 }), falls(0.2), { criterion: criterion(falls(0.2), overControl), others: new Map([['pool_b', gauge({ factor: 0.7 })]]) }), /The control itself fell by (?:29|3[0-2])%\.$/],
    ['a counter', trial(counter, falls(0.2), { kind: 'count' }), /The counter was reset; what it grew by was used\.$/],
  ];

  test.each(texts)('%s', (_, given, text) => {
    expect(judgeCriterion(given).text).toMatch(text);
  });
});

describe('what the numbers say', () => {
  test('the estimate is the relative change, inside its interval', () => {
    const { estimate, interval, mde, independentWindows } = judgeCriterion(trial(gauge({ factor: 0.7 }), falls(0.2)));
    expect(estimate).toBeCloseTo(-0.3, 1);
    expect(interval![0]).toBeLessThan(-0.29);
    expect(interval![1]).toBeGreaterThan(-0.31);
    expect(mde).toBeLessThan(0.1);
    expect(independentWindows).toBe(9);
  });

  test('the same trial gives the same bytes, whatever the order of its points', () => {
    const series = gauge({ factor: 0.7 });
    const first = JSON.stringify(judgeCriterion(trial(series, falls(0.2))));
    expect(JSON.stringify(judgeCriterion(trial(series.toReversed(), falls(0.2))))).toBe(first);
  });

  test('a stored baseline stands in where the source has lost it', () => {
    const series = gauge({ factor: 0.7 });
    const judged = judgeCriterion(trial(series.filter(([time]) => time! >= deployedAt), falls(0.2), { history: series.filter(([time], i) => time! < deployedAt && i % 12 === 0) }));
    expect([judged.verdict, judged.remarks]).toEqual(['met', ['stored-baseline']]);
  });
});
