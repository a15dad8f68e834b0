// Looks before the end stop for harm alone, and each has only its part of the doubt.
import { expect, test } from 'vitest';
import { judgeHarm } from '../../src/judge/harm.ts';
import type { Trial } from '../../src/judge/trial.ts';
import type { Expectation, MetricCriterion } from '../../src/model/hypothesis.ts';
import { criterion, day, deployedAt, falls, gauge, hourly, trial } from './sample-trials.ts';

const guardrail: Partial<MetricCriterion> = { role: 'guardrail' };
const stays: Expectation = { kind: 'relative-change', op: '<=', by: 0.1 };
const below: Expectation = { kind: 'level', op: '<=', bound: { value: 150, unit: null }, other: null };
const never: Expectation = { kind: 'never', op: '<=', bound: { value: 500, unit: null }, longerThan: 300 };
const noMore: Expectation = { kind: 'events', atMost: null, per: null };
const promised = (expects: Expectation, factor: number, more: Partial<MetricCriterion> = {}): Trial => trial(gauge({ factor, after: 7 }), expects, { criterion: criterion(expects, more), window: 7 * day });
const spike = gauge({}).map(([time, value]) => [time!, time! >= deployedAt + 7200 && time! < deployedAt + 9000 ? 1000 : value!]);

test.each<[string, Trial, number, boolean]>([
  ['a guardrail that breaks', promised(stays, 1.6, guardrail), 2 * day, true],
  ['a guardrail that holds', promised(stays, 1, guardrail), 2 * day, false],
  ['a goal that is not reached yet', promised(falls(0.2), 1), 2 * day, false],
  ['a goal that goes the other way', promised(falls(0.2), 1.6), 2 * day, true],
  ['less than a day of a change', promised(stays, 1.6, guardrail), 0.9 * day, false],
  ['before the start', promised(stays, 1.6, guardrail), -day, false],
  ['a level guardrail far over its bound', promised(below, 3, guardrail), 2 * day, true],
  ['a level goal over its bound', promised(below, 3), 2 * day, false],
  ['a ceiling broken after two hours', trial(spike, never, { criterion: criterion(never, guardrail) }), 3 * 3600, true],
  ['a ceiling not broken yet', trial(spike, never, { criterion: criterion(never, guardrail) }), 3600, false],
  ['an event that a guardrail forbids', trial(hourly((i) => (i % 24 === 3 ? 1 : 0)), noMore, { kind: 'events', criterion: criterion(noMore, guardrail) }), 2 * day, true],
  ['an event that a goal wants gone', trial(hourly((i) => (i % 24 === 3 ? 1 : 0)), noMore, { kind: 'events' }), 2 * day, false],
])('%s', (_, given, after, harms) => {
  const verdict = judgeHarm(given, { at: deployedAt + after, looks: 3 });
  expect(verdict?.verdict ?? null).toBe(harms ? 'missed' : null);
});

test('what comes after the look is not looked at', () => {
  const late = trial(gauge({ after: 7 }).map(([time, value]) => [time!, time! >= deployedAt + 3 * day ? value! * 3 : value!]), stays, { criterion: criterion(stays, guardrail), window: 7 * day });
  expect(judgeHarm(late, { at: deployedAt + 3 * day, looks: 3 })).toBeNull();
});

test('more looks, less doubt for each', () => {
  const mild = Array.from({ length: 40 }, (_, i) => promised(stays, 1.08 + i * 0.01, guardrail));
  const fires = (looks: number): number => mild.filter((given) => judgeHarm(given, { at: deployedAt + day, looks }) !== null).length;
  expect(fires(100)).toBeLessThan(fires(1));
});
