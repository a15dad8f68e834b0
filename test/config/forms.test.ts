// The small forms of text that options take: globs, patterns, `extends`, and names that are nearly right.
import { describe, expect, test } from 'vitest';
import { faultOfGlob } from '../../src/config/glob.ts';
import { nearestName } from '../../src/spelling.ts';
import { faultOfPattern } from '../../src/config/pattern.ts';
import { parseExtends } from '../../src/config/reference.ts';
import { resolveScalar } from '../../src/config/scalar.ts';

describe('globs', () => {
  test.each(['terraform/**', '**/*.tf', '/infra', '!docs/keep.md', 'values-[ab].yaml', 'a b/*', '[]x]'])('%s can be used', (glob) => {
    expect(faultOfGlob(glob)).toBeNull();
  });
  test.each(['', '  ', '!', './infra/**', '../x', 'a\\b', '{a,b}', 'a[b', 'x'.repeat(500), '*a'.repeat(20)])('%s is refused', (glob) => {
    expect(faultOfGlob(glob)).toEqual(expect.any(String));
  });
});

describe('patterns', () => {
  test.each(['[a-z]+', '[a-z][a-z0-9-]{0,40}', '(?:eu|us)-[a-z]+', 'prod|staging', String.raw`\w+\.\d{1,3}`, 'orders?', '(a|b)?c', String.raw`[\w-]+`])('%s can be used', (pattern) => {
    expect(faultOfPattern(pattern)).toBeNull();
  });
  test.each(['', '(a+)+', '(a|a)*', '(.*)*', 'a*a*a*a*', '(?=a)', String.raw`(a)\1`, '[a', 'a)', '(a', '+a', '{2}', '|*', 'a{1,2}{3}', 'x'.repeat(300), '[z-a]', '(?<n>a)', 'a**'])('%s is refused', (pattern) => {
    expect(faultOfPattern(pattern)).toEqual(expect.any(String));
  });
  test('the slowest pattern that is let through is quick on a long name', () => {
    const slow = '[a-z]*[a-z]*[a-z]*!';
    expect(faultOfPattern(slow)).toBeNull();
    expect(new RegExp(`^(?:${slow})$`, 'u').test('a'.repeat(100))).toBe(false);
  });
});

describe('extends', () => {
  const cases: readonly [text: string, expected: ReturnType<typeof parseExtends>][] = [
    ['acme/.github', { repo: { owner: 'acme', repo: '.github' }, path: '.github/yardstick.yml', ref: null }],
    ['acme/platform:base/y.yml', { repo: { owner: 'acme', repo: 'platform' }, path: 'base/y.yml', ref: null }],
    ['acme/platform:base/y.yml@v1.2', { repo: { owner: 'acme', repo: 'platform' }, path: 'base/y.yml', ref: 'v1.2' }],
    ['acme/platform@main', { repo: { owner: 'acme', repo: 'platform' }, path: '.github/yardstick.yml', ref: 'main' }],
    ['config/base.yml', { repo: null, path: 'config/base.yml', ref: null }],
    ['acme', null],
    ['https://github.com/acme/x', null],
    ['/etc/passwd.yml', null],
    ['../base.yml', null],
    ['acme/x:../y.yml', null],
    ['acme/..', null],
    ['acme/x:', null],
  ];
  test.each(cases)('%s', (text, expected) => {
    expect(parseExtends(text)).toEqual(expected);
  });
});

describe('nearest names', () => {
  const names = ['checkout_p95', 'error_rate', 'non-production', 'lower', 'higher'];
  const cases: readonly [written: string, expected: string | null][] = [
    ['checkout_p59', 'checkout_p95'],
    ['checkoutP95', 'checkout_p95'],
    ['eror_rate', 'error_rate'],
    ['nonProduction', 'non-production'],
    ['low', 'lower'],
    ['latency', null],
    ['', null],
    ['x'.repeat(10_000), null],
  ];
  test.each(cases)('%s', (written, expected) => {
    expect(nearestName(written, names)).toBe(expected);
  });
});

describe('plain words of YAML 1.2', () => {
  const cases: readonly [word: string, expected: unknown][] = [
    ['', null], ['~', null], ['null', null], ['true', true], ['FALSE', false], ['yes', 'yes'], ['off', 'off'], ['12', 12], ['-1.5', -1.5], ['1e3', 1000],
    ['2026-09-01', '2026-09-01'], ['1.2.3', '1.2.3'], ['0x1F', '0x1F'], ['.inf', '.inf'], ['12:30', '12:30'], ['.', '.'],
  ];
  test.each(cases)('%s', (word, expected) => {
    expect(resolveScalar(word)).toBe(expected);
  });
});
