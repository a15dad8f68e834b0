// Instants keep to the years that every calendar and database knows, whatever people wrote.
import { expect, test } from 'vitest';
import { isInstant, isoInstant } from '../../src/quantity/instant.ts';

test.each([
  ['2026-05-12T14:00:00Z', '2026-05-12T14:00:00.000Z'],
  ['+010000-01-01T00:00:00Z', '9999-12-31T23:59:59.000Z'],
  ['+275760-09-12T00:00:00Z', '9999-12-31T23:59:59.000Z'],
  ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['-000001-12-31T00:00:00Z', '0001-01-01T00:00:00.000Z'],
])('%s is told as %s', (written, told) => {
  expect(isoInstant(Date.parse(written))).toBe(told);
});

test('what lies beyond what a date can be is the last instant, too', () => {
  expect(isoInstant(9e15)).toBe('9999-12-31T23:59:59.000Z');
});

test.each([
  ['2026-05-12T14:00:00Z', true], ['2026-05-12T14:00:00.123Z', true], ['2026-05-12T14:00Z', true], ['2026-05-12T14:00:00+02:00', true],
  ['2026-05-12', false], ['2026-02-30T99:00:00Z', false], ['+010000-01-01T00:00:00Z', false], ['0000-01-01T00:00:00Z', false], ['soon', false], ['', false], [`2026${' '.repeat(64_000)}`, false],
])('%s is one: %s', (text, is) => {
  expect(isInstant(text)).toBe(is);
});
