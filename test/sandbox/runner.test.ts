// The small parts of the sandbox: the runner's files, the moved clock, text for the terminal.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAnnotations, parseOutputs } from '../../sandbox/run-action.ts';
import { readMarkdown, styleFor, wrap } from '../../sandbox/terminal.ts';

test.each([
  ['a line', 'verdict=pass\n', { verdict: 'pass' }],
  ['a value with =', 'a=b=c\n', { a: 'b=c' }],
  ['a block', 'report<<END_1\n{\n"a": 1\n}\nEND_1\ntier=light\n', { report: '{\n"a": 1\n}', tier: 'light' }],
  ['nothing', '', {}],
])('outputs: %s', (_, text, expected) => {
  expect(parseOutputs(text)).toEqual(expected);
});

test('annotations: level, place, and text with its escapes undone', () => {
  const log = 'hello\n::error title=yardstick,file=a%2Cb.yml,line=3::bad%0Aworse 100%25\n::notice::fine\n';
  expect(parseAnnotations(log)).toEqual([
    { level: 'error', message: 'bad\nworse 100%', properties: { title: 'yardstick', file: 'a,b.yml', line: '3' } },
    { level: 'notice', message: 'fine', properties: {} },
  ]);
});

test('the clock of a child starts where it is told, and runs', () => {
  const script = 'const a = Date.now(); setTimeout(() => console.log(new Date().toISOString().slice(0, 13), new Date(0).getTime(), Date.now() > a, new Date() instanceof Date), 20)';
  const clock = join(import.meta.dirname, '../../sandbox/clock.ts');
  const said = execFileSync(process.execPath, ['--import', clock, '-e', script], { env: { SANDBOX_NOW: '2031-05-06T07:08:09Z' }, encoding: 'utf8' });
  expect(said.trim()).toBe('2031-05-06T07 0 true true');
});

test.each([
  ['a short line', 'abc', 10, ['abc']],
  ['at a blank', 'abc def ghi', 7, ['abc def', 'ghi']],
  ['a list item keeps its indent', '- abc def', 6, ['- abc', '  def']],
  ['a word too long is cut', 'abcdefgh', 3, ['abc', 'def', 'gh']],
])('wraps %s', (_, line, width, expected) => {
  expect(wrap(line, width)).toEqual(expected);
});

test('Markdown is shown as a person sees it', () => {
  const plain = styleFor({ isTTY: false }, {});
  const text = '<!-- yardstick:gate {} -->\n**Bold** and `waive <reason>`\n\n<details><summary>More</summary>\n\nhidden\\_word\n</details>';
  expect(readMarkdown(text, plain)).toEqual(['Bold and `waive <reason>`', '', '▸ More', '', 'hidden_word']);
});

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a file', { isTTY: false }, {}, false],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
])('colours on %s', (_, output, environment, coloured) => {
  expect(styleFor(output, environment).bad('x') !== 'x').toBe(coloured);
});
