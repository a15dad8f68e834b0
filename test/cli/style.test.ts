// When output is coloured, and what of foreign text reaches a terminal.
import { describe, expect, test } from 'vitest';
import { createStyle, plain } from '../../cli/style.ts';
import { renderTextTable } from '../../cli/text-table.ts';

describe('createStyle', () => {
  test.each([
    ['a terminal', {}, true, true],
    ['no terminal', {}, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ] as const)('%s', (...[, env, outIsTerminal, coloured]) => {
    expect(createStyle({ env, outIsTerminal })('red', 'x')).toBe(coloured ? '\u001B[31mx\u001B[39m' : 'x');
  });
});

test('control characters of strangers never reach the terminal', () => {
  expect(plain('a\u001B[2Jb\u0007c\u202Ed\n\te')).toBe('a[2Jbcd\n\te');
});

test('tables line up, numbers to the right', () => {
  expect(renderTextTable([['knob', 'count'], ['replicas', 5], ['cpu', 120]])).toBe('knob      count\nreplicas      5\ncpu         120');
});
