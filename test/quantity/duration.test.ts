// Durations as people write them.
import { expect, test } from 'vitest';
import { parseDuration, renderDuration } from '../../src/quantity/duration.ts';

test.each([
  ['7 days', 604_800], ['2 weeks', 1_209_600], ['1d', 86_400], ['36 h', 129_600], ['90m', 5400], ['a week', 604_800], ['1h30m', 5400], ['1 day and 12 hours', 129_600], ['0.5 h', 1800], ['15 MIN', 900],
  ['', null], ['7', null], ['days', null], ['1 month', null], ['30m 1h', null], ['-1 d', null], ['1d1d', null], ['9999999 weeks', null], ['x'.repeat(1000), null],
])('"%s"', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([[604_800, '7 days'], [86_400, '1 day'], [5400, '90 minutes'], [3600, '1 hour'], [45, '45 seconds'], [0, '0 seconds']])('%d', (seconds, text) => {
  expect(renderDuration(seconds)).toBe(text);
});
