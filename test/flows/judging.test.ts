// From readings to results: every figure in the metric's own unit, every reason a sentence without figures.
import { expect, test } from 'vitest';
import { chartsOf } from '../../src/flows/charts.ts';
import { judgeExperiment, type Evidence } from '../../src/flows/judging.ts';
import { renderPeak } from '../../src/judge/reasons.ts';
import type { Experiment, LockedMetric } from '../../src/model/experiment.ts';
import type { MetricCriterion } from '../../src/model/hypothesis.ts';
import type { MetricReading } from '../../src/ports/metrics.ts';
import { BEGAN, effect, errors, experiment } from '../report/experiment-sample.ts';
import { criterion } from '../gate/sample.ts';

const began = Date.parse(BEGAN) / 1000;
const window = { effectAt: began, from: began + 3_600, to: began + 3_600 + 604_800, dueAt: began + 3_600 + 604_800, deadline: began + 2 * 604_800 };
const [locked] = experiment().metrics;

function read(pointAt: (time: number, hour: number) => readonly number[]): MetricReading {
  const points = Array.from({ length: 672 + 169 }, (_, hour) => pointAt(began + (hour - 672) * 3_600, hour));
  return { kind: 'series', points, step: 3_600, conditions: [], missing: 0, queries: [] };
}

function bet(judged: MetricCriterion, metric: Partial<LockedMetric>): Experiment {
  if (locked === undefined) throw new Error('the sample has a metric');
  return experiment({ effect, criteria: [judged], metrics: [{ ...locked, ...metric }], baselines: {} });
}

function judge(of: Experiment, reading: MetricReading): { readonly evidence: Evidence; readonly outcome: ReturnType<typeof judgeExperiment> } {
  const evidence: Evidence = { readings: new Map([[of.metrics[0]?.name ?? '', reading]]), window, deployments: [], at: '2026-05-12T14:00:00Z' };
  return { evidence, outcome: judgeExperiment(of, evidence) };
}

test('a rate in per cent is told in per cent: estimate, interval, levels and chart', () => {
  const of = bet(errors, { name: 'error_rate(checkout)', unit: '%', kind: 'rate' });
  const { evidence, outcome } = judge(of, read((time, hour) => [time, hour % 2 === 0 ? 2 : 4, 1_000]));
  const [result] = outcome.criteria;
  expect(result).toMatchObject({ scale: 'absolute', verdict: 'met', unit: '%', before: 0.3, after: 0.3 });
  expect(result?.estimate).toBeCloseTo(0.3, 1);
  expect((result?.interval?.[0] ?? 0) > 0.2 && (result?.interval?.[1] ?? 1) < 0.4).toBe(true);
  const [chart] = chartsOf(of, outcome, evidence);
  expect(chart).toMatchObject({ before: null, promised: 0.5 });
  expect(chart?.values.slice(0, 2).toSorted()).toEqual([0.2, 0.4]);
});

test('at peak levels and chart are those of the busiest hours, which are named', () => {
  const busy = criterion({ text: 'p95 falls by 30% at peak', metric: { name: 'p95', args: [] }, expects: { kind: 'relative-change', op: '<=', by: -0.3 }, hours: { kind: 'peak', busiest: 4 } });
  const of = bet(busy, { name: 'p95', unit: 'ms', kind: 'gauge' });
  // From 17:00 to 21:00 UTC 600, and half of it since; else 200 all along.
  const { evidence, outcome } = judge(of, read((time, hour) => [time, [17, 18, 19, 20].includes(Math.floor(time / 3_600) % 24) ? (hour < 672 ? 600 : 300) + (hour % 7) : 200]));
  const [result] = outcome.criteria;
  expect(result).toMatchObject({ verdict: 'met', remarks: ['Peak is 17:00 to 21:00 UTC, the 4 busiest hours before the change.'] });
  expect([result?.before, result?.after].map((level) => Math.round((level ?? 0) / 10))).toEqual([60, 30]);
  // The metric's own wobble at these hours is known too.
  expect(result?.wobble).toBeLessThan(0.05);
  const [chart] = chartsOf(of, outcome, evidence);
  expect([chart?.hours, Math.round((chart?.promised ?? 0) / 10)]).toEqual([' at peak', 42]);
});

test.each([[[19], '19:00 to 20:00 UTC, the busiest hour'], [[23, 8, 7, 0], '00:00 to 01:00 and 07:00 to 09:00 and 23:00 to 24:00 UTC, the 4 busiest hours']])('peak hours %j in words', (hours, words) => {
  expect(renderPeak(hours)).toBe(`Peak is ${words} before the change.`);
});

test('events are told by the day, and counts by no level', () => {
  const crashes = criterion({ text: 'oom_kills at most 100 per week', metric: { name: 'oom_kills', args: [] }, expects: { kind: 'events', atMost: 100, per: 604_800 } });
  const { outcome } = judge(bet(crashes, { name: 'oom_kills', unit: 'count', kind: 'events' }), read((time, hour) => [time, hour % 12 === 0 ? 1 : 0]));
  expect(outcome.criteria[0]).toMatchObject({ before: 2, estimate: 2 });
  const jobs = criterion({ text: 'jobs rises by 10%', metric: { name: 'jobs', args: [] }, expects: { kind: 'relative-change', op: '>=', by: 0.1 } });
  expect(judge(bet(jobs, { name: 'jobs', unit: 'count', kind: 'count' }), read((time, hour) => [time, hour * 5])).outcome.criteria[0]).toMatchObject({ before: null, after: null });
});

test('the reason is a sentence without figures, remarks are sentences', () => {
  const slow = criterion({ text: 'p95 < 300 ms', metric: { name: 'p95', args: [] } });
  const { outcome } = judge(bet(slow, { name: 'p95', unit: 'ms', kind: 'gauge' }), read((time, hour) => [time, hour === 3 ? Number.NaN : 400 + (hour % 24)]));
  expect(outcome.criteria[0]).toMatchObject({ verdict: 'missed', sentence: 'The level of the window decides it.', remarks: ['NaN and infinite values were left out.'] });
});
