// The App's command line: what it does not know it says, with what it knows, before anything is opened.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { MAIN } from './app-process.ts';

const run = (...args: readonly string[]) => promisify(execFile)(process.execPath, [MAIN, ...args], { env: { PATH: process.env['PATH'] ?? '' } });

test('refuses a command that it does not have, and names those it has', async () => {
  await expect(run('dance')).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/no command "dance"[\s\S]*reindex/) as unknown });
});

test('asks for the same settings as the App itself', async () => {
  await expect(run('reindex')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('APP_ID is not set') as unknown });
});
