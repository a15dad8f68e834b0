// Which version a diff moves, in one line for the title.
import { expect, test } from 'vitest';
import { versionStep } from '../../src/gate/versions.ts';
import { file } from './sample.ts';

const patch = (...lines: readonly string[]): string => ['@@ -1,9 +1,9 @@', ...lines].join('\n');

test.each([
  ['a quoted value', patch('-  engine_version = "13.4" # old', '+  engine_version = "16.3" # new'), 'engine_version 13.4 → 16.3'],
  ['a YAML value', patch('-  image: shop/orders:1.2', '+  image: shop/orders:1.3'), 'image shop/orders:1.2 → shop/orders:1.3'],
  ['two side by side', patch('-  tag: v1', '-  version: 2', '+  tag: v2', '+  version: 3'), 'tag v1 → v2 (and 1 more)'],
  ['the same key twice', patch('-  tag: a', '-  tag: b', '+  tag: c', '+  tag: d'), 'tag a → c (and 1 more)'],
  ['apart', patch('-  tag: v1', ' other: x', '+  tag: v2'), null],
  ['the same value', patch('-  tag: "v1"', '+  tag: v1'), null],
  ['no version', patch('-  size: 1', '+  size: 2'), null],
  ['only added', patch('+  tag: v2'), null],
])('%s', (_, text, expected) => {
  expect(versionStep([file('db/main.tf', text), file('big.bin', null)])).toBe(expected);
});

test.each([['dashes', '-'.repeat(64_000)], ['lines', '-tag: a\n'.repeat(8_000)], ['names', `+${'tag'.repeat(21_000)}`]])('64 kB of %s take no time', (_, text) => {
  const start = performance.now();
  versionStep([file('a.tf', text)]);
  expect(performance.now() - start).toBeLessThan(1_000);
});
