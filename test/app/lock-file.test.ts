// The lock of the data folder: of two processes that start at the same instant one gets it, and what a dead one left is in nobody's way.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockFolder } from '../../app/inbox/lock-file.ts';

const ROUNDS = 30;
const root = mkdtempSync(join(tmpdir(), 'yardstick-lock-'));
const locks = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.startsWith('lock'));

/** Tries to lock a folder at a given instant, and says whether it did; gives it back when told the next. */
const SCRIPT = `
  import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, '../../app/inbox/lock-file.ts'))};
  let release = null;
  process.on('message', async ({ folder, at }) => {
    await release?.();
    while (Date.now() < at);
    release = await lockFolder(folder).catch(() => null);
    process.send(release !== null);
  });
  process.send('ready');`;

let processes: readonly ChildProcess[] = [];
beforeAll(async () => {
  processes = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  await Promise.all(processes.map((each) => once(each, 'message')));
}, 120_000);
afterAll(() => {
  for (const each of processes) each.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** A socket nobody listens to any more, as a killed process leaves it. */
async function leaveDead(folder: string): Promise<void> {
  mkdirSync(folder);
  const server = createServer().listen(join(folder, 'alive'));
  await once(server, 'listening');
  renameSync(join(folder, 'alive'), join(folder, 'lock.sock'));
  server.close();
  await once(server, 'close');
}

test.each([['an empty folder', () => Promise.resolve()], ["a dead one's folder", leaveDead]])('one of two that start at the same instant gets %s', async (name, prepare) => {
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = join(root, `${name} ${round}`);
    await prepare(folder);
    const at = Date.now() + 20;
    const answers = processes.map((each) => once(each, 'message'));
    for (const each of processes) each.send({ folder, at });
    const got = (await Promise.all(answers)).filter(([answer]) => answer === true).length;
    outcomes.push(`${got} of 2, ${locks(folder).length} locks`);
  }
  expect(new Set(outcomes)).toEqual(new Set(['1 of 2, 1 locks']));
});

test('a folder that is given back can be taken, one that is held cannot', async () => {
  const folder = join(root, 'in turn');
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('Another Yardstick runs on');
  await release();
  expect(locks(folder)).toEqual([]);
  await (await lockFolder(folder))();
});
