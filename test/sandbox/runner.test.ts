// The small parts of the sandbox: the runner's files, the moved clock, text for the terminal.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

test('a leap of the clock reaches the threads of a child, and rings what should have rung meanwhile', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-clock-'));
  writeFileSync(join(folder, 'thread.mjs'), "setInterval(() => process._rawDebug('thread', new Date().toISOString().slice(0, 10)), 3_600_000); process._rawDebug('ready');");
  writeFileSync(join(folder, 'main.mjs'), "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./thread.mjs', import.meta.url));\nsetTimeout(() => process._rawDebug('main', new Date().toISOString().slice(0, 10)), 86_400_000);");
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, '../../sandbox/clock.ts'), join(folder, 'main.mjs')], { env: { PATH: '/usr/bin:/bin', SANDBOX_NOW: '2026-03-02T09:00:00Z' }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  await expect.poll(() => said, { timeout: 10_000 }).toContain('ready');
  child.send({ now: '2026-03-10T15:17:00Z' });
  await expect.poll(() => said, { timeout: 10_000 }).toMatch(/main 2026-03-10[\s\S]*thread 2026-03-10|thread 2026-03-10[\s\S]*main 2026-03-10/);
  child.kill();
  rmSync(folder, { recursive: true });
});
