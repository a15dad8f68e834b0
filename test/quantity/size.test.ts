// Sizes as infrastructure files write them.
import { expect, test } from 'vitest';
import { parseBytes, parseSize } from '../../src/quantity/size.ts';

test.each([
  ['256Mi', { value: 268435456, dimension: 'bytes' }],
  ['256M', { value: 256e6, dimension: 'bytes' }],
  ['1.5Gi', { value: 1.5 * 2 ** 30, dimension: 'bytes' }],
  ['4 GB', { value: 4e9, dimension: 'bytes' }],
  ['500m', { value: 0.5, dimension: 'cpu' }],
  ['4000m', { value: 4, dimension: 'cpu' }],
  ['1 vCPU', { value: 1, dimension: 'cpu' }],
  ['"2"', { value: 2, dimension: 'plain' }],
  ['1e3', { value: 1000, dimension: 'plain' }],
  ['-1', { value: -1, dimension: 'plain' }],
  ['var.size', null],
  ['5 apples', null],
  ['', null],
  ['t3.micro', null],
] as const)('%s', (text, expected) => expect(parseSize(text)).toEqual(expected));

test.each([
  ['512m', 512 * 2 ** 20],
  ['512mb', 512 * 2 ** 20],
  ['2g', 2 * 2 ** 30],
  ['2Gi', 2 * 2 ** 30],
])('as bytes: %s', (text, value) => expect(parseBytes(text)?.value).toBe(value));

test('a hostile text costs no time', () => {
  expect(parseSize('9'.repeat(65_536))).toBeNull();
  expect(parseSize(`${'1 '.repeat(32_768)}x`)).toBeNull();
});
