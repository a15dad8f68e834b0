// `npm start -- --once`: the front door, as somebody meets it on a fresh clone.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DRAFTED, REFUTED, SILENT, UNCLEAR } from '../../sandbox/life/shop.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';

test('shows every pull request and the life of four bets, within 100 columns, without colours in a pipe, and exits 0', { timeout: 600_000 }, async () => {
  const main = join(import.meta.dirname, '../../sandbox/main.ts');
  const { code, text } = await new Promise<{ code: number; text: string }>((done) => {
    execFile(process.execPath, [main, '--once'], (error, stdout, stderr) => done({ code: error === null ? 0 : 1, text: stdout + stderr }));
  });
  expect(code, text).toBe(0);
  for (const { title } of PULLS) expect(text).toContain(title);
  for (const { pull, outcome } of [DRAFTED, REFUTED, UNCLEAR, SILENT]) expect(text).toMatch(new RegExp(`opens #\\d+: ${pull.title}[\\s\\S]*#\\d+: measuring → judged, ${outcome ?? 'validated'}`));
  for (const words of ['Validated:', 'Refuted:', 'Inconclusive:', 'writes nothing', 'judged → decided, validated', 'Hit rate']) expect(text).toContain(words);
  expect(text.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
  expect(text).not.toContain('\u001b[');
});
