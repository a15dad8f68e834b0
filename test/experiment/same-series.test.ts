// A source that tells another past than it did is found out; one that only forgot details is not.
import { expect, test } from 'vitest';
import { foldBaseline, type Point } from '../../src/experiment/baseline.ts';
import { contradiction } from '../../src/experiment/same-series.ts';

const gauge = { kind: 'gauge', aggregate: null } as const;
const until = 1_770_000_000;
const points = (scale: number, { step = 300, days = 14 } = {}): readonly Point[] => Array.from({ length: (days * 86_400) / step }, (_, i) => until - days * 86_400 + i * step).map((time) => [time, scale * (400 + 100 * Math.sin(time / 13_000) + 40 * Math.sin(time * 7))]);
const stored = foldBaseline(points(1), gauge, until)!;

test.each([
  ['the same past', points(1), null],
  ['the same, kept by the hour only', points(1, { step: 3600 }), null],
  ['only half of it left', points(1, { days: 7 }), null],
  ['a few hours, too little to say', points(3, { days: 0.5 }), null],
  ['nothing left', [], null],
  ['seconds for milliseconds', points(0.001), 0.001],
  ['a slower service', points(2.5), 2.5],
] as const)('%s', (_, now, expected) => {
  const found = contradiction(stored, now, gauge);
  expect(found === null ? null : Number(found.toPrecision(2))).toBe(expected);
});

test('sums are not compared: a source that thins them out tells others', () => {
  expect(contradiction(stored, points(12), { kind: 'events', aggregate: null })).toBeNull();
});
