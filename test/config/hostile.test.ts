// Texts made to hurt: each is answered with a clear problem, or read, and none takes more than its length in time.
import { describe, expect, test } from 'vitest';
import { MAX_CONFIG_LENGTH, MAX_NODES, MAX_PROBLEMS } from '../../src/config/limits.ts';
import { parseConfig } from '../../src/config/parse.ts';

const firstProblem = (text: string): string => {
  const parsed = parseConfig(text, 'c.yml');
  return parsed.ok ? 'sound' : (parsed.problems[0]?.code ?? 'none');
};

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
for (let letter = 'b'.charCodeAt(0); letter < 'k'.charCodeAt(0); letter++) {
  const name = String.fromCharCode(letter);
  const before = `*${String.fromCharCode(letter - 1)}`;
  bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`);
}

describe('syntax', () => {
  const cases: readonly [name: string, text: string, code: string][] = [
    ['a bomb of aliases', bomb.join('\n'), 'too-many-values'],
    ['a cycle', 'scope: &s { paths: *s }', 'alias-cycle'],
    ['a cycle through a list', 'a: &a [[*a]]', 'alias-cycle'],
    ['an alias of nothing', 'a: *b', 'unknown-alias'],
    ['a glob without quotes', 'scope:\n  paths:\n    - **/*.tf\n', 'unknown-alias'],
    ['a tab as indentation', 'scope:\n\tpaths: []', 'yaml-syntax'],
    ['an open bracket', 'scope: { paths: [a', 'yaml-syntax'],
    ['an open quote', 'mode: "enforce', 'yaml-syntax'],
    ['a per cent sign', 'metrics: { e: { unit: % } }', 'yaml-syntax'],
    ['two documents', 'mode: advise\n---\nmode: enforce\n', 'several-documents'],
    ['a tag', 'mode: !!js/function "x"', 'yaml-tag'],
    ['a merge key', 'scope: { <<: { paths: [] } }', 'merge-key'],
    ['a mapping as key', '{ a: 1 }: 2', 'invalid-key'],
    ['__proto__', 'metrics: { __proto__: { unit: ms } }', 'forbidden-key'],
    ['a null character', 'mode: adv\u0000ise', 'not-utf-8'],
    ['bytes that were not UTF-8', new TextDecoder().decode(Uint8Array.from([0x6d, 0x3a, 0x20, 0xe9])), 'not-utf-8'],
    ['UTF-16 read as UTF-8', new TextDecoder().decode(Uint8Array.from(Buffer.from('\uFEFFmode: advise', 'utf16le'))), 'not-utf-8'],
    ['deep nesting', 'a: '.concat('['.repeat(5_000)), 'yaml-syntax'],
    ['deep nesting by indentation', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'yaml-syntax'],
    ['one megabyte', 'x'.repeat(1_000_000), 'too-large'],
    ['one megabyte of sound text', `${'# comment\n'.repeat(100_000)}mode: advise`, 'too-large'],
  ];
  test.each(cases)('%s', (_, text, code) => {
    expect(firstProblem(text)).toBe(code);
  });

  test('a second document is placed at its line', () => {
    const parsed = parseConfig('# one\nmode: advise\n---\nmode: enforce\n', 'c.yml');
    expect(parsed).toMatchObject({ ok: false, problems: [{ place: { line: 3, column: 1 } }] });
  });

  test('a problem in every line: the first hundred are told, the rest is counted', () => {
    const parsed = parseConfig(Array.from({ length: 5_000 }, (_, line) => `k${line}: 1`).join('\n'), 'c.yml');
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(MAX_PROBLEMS + 1);
    expect(parsed.ok ? '' : parsed.problems.at(-1)?.found).toBe(`${5_000 - MAX_PROBLEMS} more problems`);
  });
});

const fill = (unit: string, length: number): string => unit.repeat(Math.floor(length / unit.length));

const timed = (text: string): number => {
  const start = performance.now();
  parseConfig(text, 'c.yml');
  return performance.now() - start;
};

describe('time grows with length, not faster', () => {
  const shapes: readonly [name: string, make: (length: number) => string][] = [
    ['comments', (length) => fill('# nothing\n', length)],
    ['unknown keys', (length) => Array.from({ length: length / 12 }, (_, line) => `k${line}: 1`).join('\n')],
    ['one long word', (length) => `mode: ${fill('x', length)}`],
    ['a long word in quotes', (length) => `mode: "${fill(String.raw`\n`, length)}"`],
    ['dashes', (length) => fill('- ', length)],
    ['brackets', (length) => fill('[', length)],
    ['pairs in brackets', (length) => `a: [${fill('b: 1, ', length)}]`],
    ['brackets in brackets', (length) => `a: [${fill('[[[a]]], ', length)}]`],
    ['question marks', (length) => fill('? ', length)],
    ['anchors', (length) => fill('&a ', length)],
    ['anchors before lists', (length) => `a:\n${fill(' - &a [b]\n', length)}`],
    ['anchors on their own lines', (length) => `a: &x\n${fill('  &y\n', length)}`],
    ['anchors before keys', (length) => `a:\n${Array.from({ length: length / 16 }, (_, line) => `  &x k${line}: 1`).join('\n')}`],
    ['aliases', (length) => `a: &a 1\nb: [${fill('*a, ', length)}]`],
    ['line ends', (length) => `a: b${fill('\n', length)}`],
    ['lines of one word', (length) => `a: b\n${fill('  c\n', length)}`],
    ['byte order marks', (length) => fill('\uFEFF\n', length)],
    ['byte order marks in a word', (length) => `a: b\n${fill('\uFEFF\n ', length)}`],
    ['spaces', (length) => `a:${fill(' ', length)}b`],
    ['one key again and again', (length) => fill('a: 1\n', length)],
    ['braces in a query', (length) => `metrics: { m: { query: "${fill('{a', 9_000)}", bad: "${fill('by {a}', length - 9_100)}" } }`],
    ['many metrics with a source that is missing', (length) => `sources:\n${Array.from({ length: length / 80 }, (_, line) => `  source_${line}: { type: datadog }`).join('\n')}\nmetrics:\n${Array.from({ length: length / 80 }, (_, line) => `  m${line}: { source: surce_${line} }`).join('\n')}`],
    ['many parameters', (length) => `metrics: { m: { query: "${Array.from({ length: length / 80 }, (_, line) => `{service${line}a}`).join('')}", parameters: { ${Array.from({ length: length / 80 }, (_, line) => `servce${line}: { values: [] }`).join(', ')} } } }`],
    ['many metrics', (length) => `metrics:\n${Array.from({ length: length / 80 }, (_, line) => `  metric_number_${line}: { unit: ms, source: source_${line} }`).join('\n')}`],
  ];
  test.each(shapes)('%s', (_, make) => {
    const small = make(MAX_CONFIG_LENGTH / 8);
    const large = make(MAX_CONFIG_LENGTH - 100);
    expect(large.length).toBeLessThanOrEqual(MAX_CONFIG_LENGTH);
    timed(small);
    const least = Math.min(timed(small), timed(small), timed(small));
    // Eight times the text: linear is about 8, quadratic about 64. The floor keeps tiny times, and a busy machine, from deciding.
    expect(Math.min(timed(large), timed(large))).toBeLessThan(32 * Math.max(least, 30));
  });

  test('nodes are counted with what their aliases repeat', () => {
    const row = `&r [${'1, '.repeat(999)}1]`;
    const repeats = (count: number): string => `a: ${row}\nb: [${'*r, '.repeat(count)}]`;
    expect(firstProblem(repeats(MAX_NODES / 1_000 - 2))).toBe('unknown-key');
    expect(firstProblem(repeats(MAX_NODES / 1_000))).toBe('too-many-values');
  });
});
