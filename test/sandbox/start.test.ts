// `npm start`: the front door, as somebody meets it on a fresh clone. The App where it has credentials or must have them, else the sandbox.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DRAFTED, REFUTED, SILENT, UNCLEAR } from '../../sandbox/life/shop.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';

const START = join(import.meta.dirname, '../../start.ts');

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'yardstick-start-'));
}

/** Runs it in an empty folder, so that no .env of this machine is read. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = emptyFolder()): Promise<{ readonly code: number; readonly text: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [START, ...args], { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } }, (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code ?? 1), text: stdout + stderr }));
  });
}

const BETS = [DRAFTED, REFUTED, UNCLEAR, SILENT];
const tooWide = (text: string): readonly string[] => text.split('\n').filter((line) => [...line].length > 100);

test('--once plays everything with the real App, within 100 columns, without colours in a pipe, and ends with 0', { timeout: 600_000 }, async () => {
  const { code, text } = await start(['--once']);
  expect(code, text).toBe(0);
  for (const { title } of PULLS) expect(text).toContain(title);
  for (const { pull } of BETS) expect(text).toMatch(new RegExp(`opens #\\d+: ${pull.title}`));
  for (const words of ['Validated:', 'Refuted:', 'Inconclusive:', 'nothing is written', 'ana keeps it', 'ben undoes it']) expect(text).toContain(words);
  expect(tooWide(text)).toEqual([]);
  expect(text).not.toContain('\u001b[');
});

test('--action plays the same with the built Action', { timeout: 600_000 }, async () => {
  const { code, text } = await start(['--action', '--once']);
  expect(code, text).toBe(0);
  for (const { title } of PULLS) expect(text).toContain(title);
  for (const { pull, outcome } of BETS) expect(text).toMatch(new RegExp(`opens #\\d+: ${pull.title}[\\s\\S]*#\\d+: measuring → judged, ${outcome ?? 'validated'}`));
  for (const words of ['Validated:', 'Refuted:', 'Inconclusive:', 'nothing is written', 'judged → decided, validated', 'Hit rate']) expect(text).toContain(words);
  expect(tooWide(text)).toEqual([]);
});

test('a port that is taken is told, and so is a wish that nobody knows', { timeout: 60_000 }, async () => {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  expect(await start([], { PORT: String(port) })).toEqual({ code: 1, text: `Port ${port} is taken. Another one: PORT=8000 npm start\n` });
  server.close();
  expect(await start(['--onse'])).toMatchObject({ code: 2, text: expect.stringContaining('--once | --keep | --action') });
  expect(await start([], { PORT: '80x' })).toEqual({ code: 2, text: 'PORT is no port: 80x. Give a number up to 65535: PORT=8000 npm start\n' });
});

test('a .env that cannot be read is told', { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  symlinkSync('.env', join(folder, '.env'));
  expect(await start([], {}, folder)).toEqual({ code: 2, text: '.env cannot be read (ELOOP)\nLet this user read it, or call the program elsewhere.\n' });
});

test('a signal ends it at any time, and nothing stays behind', { timeout: 120_000 }, async () => {
  const folder = emptyFolder();
  const child = spawn(process.execPath, [START], { cwd: folder, env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await expect.poll(() => said, { timeout: 90_000 }).toContain('#3 Scale orders');
  child.kill('SIGINT');
  expect(await new Promise((ended) => void child.once('exit', ended))).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

describe('the App is meant', () => {
  test('in production: what is missing is named, and nothing is played', async () => {
    const { code, text } = await start([], { NODE_ENV: 'production' });
    expect(code).toBe(2);
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'DATABASE_URL']) expect(text).toContain(name);
    expect(text).not.toContain('sandbox');
  });

  test('where one credential is there: the others are named', async () => {
    const { code, text } = await start([], { APP_ID: '7' });
    expect(code).toBe(2);
    expect(text).toContain('WEBHOOK_SECRET');
    expect(text).not.toContain('APP_ID is not set');
  });
});
