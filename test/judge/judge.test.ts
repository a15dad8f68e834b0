// Every case of the judge has its own answer and reason.
import { describe, expect, test } from 'vitest';
import { judgeCriterion } from '../../src/judge/judge.ts';
import type { Point, Trial } from '../../src/judge/trial.ts';
import type { Expectation, MetricCriterion } from '../../src/model/hypothesis.ts';
import type { MetricKind } from '../../src/model/config.ts';

const day = 86_400;
const deployedAt = 1_774_864_800;

/** A repeatable wobble between 0 and 1: no random numbers, the same on every machine. */
function wobble(i: number): number {
  const x = Math.sin(i * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** Points every five minutes with a daily cycle and some noise, multiplied by `factor` from the deployment on. */
function gauge({ days = 28, after = 3, factor = 1, peakOnly = false }: { readonly days?: number; readonly after?: number; readonly factor?: number; readonly peakOnly?: boolean }): readonly Point[] {
  const first = deployedAt - days * day;
  return Array.from({ length: (days + after) * 288 }, (_, i) => {
    const time = first + i * 300;
    const hour = (time % day) / 3600;
    const cycle = 100 * (1 + 0.5 * Math.sin((hour / 24) * 2 * Math.PI));
    const counts = time >= deployedAt && (!peakOnly || (hour >= 4 && hour < 8));
    return [time, cycle * (0.9 + 0.2 * wobble(i)) * (counts ? factor : 1)];
  });
}

function hourly(value: (i: number, time: number) => number, { days = 28, after = 7 } = {}): readonly Point[] {
  return Array.from({ length: (days + after) * 24 }, (_, i) => [deployedAt - days * day + i * 3600, value(i, deployedAt - days * day + i * 3600)]);
}

const falls = (by: number): Expectation => ({ kind: 'relative-change', op: '<=', by: -by });

function criterion(expects: Expectation, more: Partial<MetricCriterion> = {}): MetricCriterion {
  return { kind: 'metric', text: 'm', place: { file: 'test', line: 1, column: 1 }, role: 'goal', metric: { name: 'm', args: [] }, expects, hours: { kind: 'all' }, against: { kind: 'baseline' }, forEach: null, manual: false, ...more };
}

function trial(series: readonly Point[], expects: Expectation, more: Partial<Trial> & { readonly kind?: MetricKind } = {}): Trial {
  const { kind = 'gauge', ...rest } = more;
  const metric = { name: 'm', unit: null, better: 'lower', kind, aggregate: null } as const;
  return { metric, criterion: criterion(expects), series, deployedAt, settle: 0, window: 3 * day, others: new Map(), history: [], exclude: [], deployments: [], ...rest };
}

const level = (value: number): Expectation => ({ kind: 'level', op: '<=', bound: { value, unit: null }, other: null });
const never = (value: number, longerThan: number): Expectation => ({ kind: 'never', op: '<=', bound: { value, unit: null }, longerThan });
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
    ['a budget', trial(gauge({}), { kind: 'budget', op: '<=', share: 0.5 }), 'inconclusive', 'unsupported'],
  ];

  test.each(cases)('%s', (_, given, verdict, reason) => {
    const judged = judgeCriterion(given);
    expect([judged.verdict, judged.reason]).toEqual([verdict, reason]);
    expect(judged.text).not.toBe('');
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
