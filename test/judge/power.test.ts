// What is foreseen from the history is what the judge then sees.
import { expect, test } from 'vitest';
import { judgeableFrom } from '../../src/judge/due.ts';
import { judgeCriterion } from '../../src/judge/judge.ts';
import { foreseePower } from '../../src/judge/power.ts';
import type { Expectation } from '../../src/model/hypothesis.ts';
import { day, deployedAt, falls, gauge, hourly, trial } from './sample-trials.ts';

const noMore: Expectation = { kind: 'events', atMost: null, per: null };

test('a quiet metric shows small effects, and longer windows no larger ones', () => {
  const { windows, enough } = foreseePower(trial(gauge({ after: 0 }), falls(0.2)));
  expect(windows.map(({ days }) => days)).toEqual([1, 3, 7, 14]);
  for (const { mde } of windows) expect(mde).toBeLessThan(0.15);
  expect(enough).toBe(1);
});

test('it agrees with the judge about the same window', () => {
  const foreseen = foreseePower(trial(gauge({ after: 0 }), falls(0.2))).windows[1]!.mde!;
  const judged = judgeCriterion(trial(gauge({}), falls(0.2))).mde!;
  expect(foreseen / judged).toBeGreaterThan(0.5);
  expect(foreseen / judged).toBeLessThan(2);
});

test('a promise too small for the metric is told', () => {
  const wild = gauge({ after: 0 }).map(([time, value]) => [time!, value! * Math.exp(0.5 * Math.sin(Math.floor((time! - deployedAt) / day) * 2.1))]);
  expect(foreseePower(trial(wild, falls(0.05))).enough).toBeNull();
});

test('too little history foresees nothing', () => {
  expect(foreseePower(trial(gauge({ days: 5, after: 0 }), falls(0.2))).windows.every(({ mde }) => mde === null)).toBe(true);
});

test('events: the odds of none by luck, by window', () => {
  const daily = foreseePower(trial(hourly((i) => (i % 24 === 3 ? 1 : 0), { after: 0 }), noMore, { kind: 'events' }));
  expect(daily.windows[0]!.luck).toBeGreaterThan(0.3);
  expect(daily.windows[3]!.luck).toBeLessThan(0.001);
  expect(daily.enough).toBe(7);
  expect(foreseePower(trial(hourly(() => 0, { after: 0 }), noMore, { kind: 'events' })).enough).toBeNull();
});

test('rates are foreseen by their errors', () => {
  const errors = hourly((i) => 40 + (i % 7), { after: 0 }).map(([time, bad]) => [time!, bad!, 1000]);
  const { windows } = foreseePower(trial(errors, falls(0.3), { kind: 'rate' }));
  expect(windows[2]!.mde).toBeLessThan(0.2);
});

test('costs wait for their corrections', () => {
  expect(judgeableFrom('cost', deployedAt) - deployedAt).toBe(2 * day);
  expect(judgeableFrom('gauge', deployedAt) - deployedAt).toBe(900);
});
