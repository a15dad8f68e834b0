// Real servers for tests: each starts its own on a free port in a folder of its own, and says loudly where the program is missing.
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether all programs can be run; a machine of CI has to have them. @throws Error under CI */
export function installed(what: string, programs: readonly (readonly string[])[], packages: string): boolean {
  const found = programs.every(([program = '', ...args]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0);
  if (!found) process.stderr.write(`SKIPPED: no ${what} on this machine, so nothing was tested against the real server (apt-get install ${packages})\n`);
  if (!found && Boolean(process.env['CI'])) throw new Error(`CI has no ${what}: apt-get install ${packages}`);
  return found;
}

export interface Workshop {
  readonly folder: string;
  /** Starts a program that ends with the workshop. */
  readonly start: (program: string, args: readonly string[], options?: SpawnOptions) => void;
  readonly close: () => Promise<void>;
}

export function openWorkshop(name: string): Workshop {
  const folder = mkdtempSync(join(tmpdir(), `yardstick-${name}-`));
  const children: ChildProcess[] = [];
  return {
    folder,
    start: (program, args, options = {}) => {
      children.push(spawn(program, args, { stdio: 'ignore', ...options }));
    },
    close: async () => {
      await Promise.all(children.map(end));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A program that doesn't end when asked is not asked twice. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const slow = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(slow);
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Asks again until the answer is yes. @throws Error after 40 seconds */
export async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
    if (await ask().catch(() => false)) return;
  }
  throw new Error(`waited in vain until ${what}`);
}
