// The App's program with an environment that the test writes whole; every line it says is kept.
import { spawn } from 'node:child_process';
import { MAIN } from './app-process.ts';
import { until } from './running-app.ts';

export interface Spawned {
  readonly said: () => string;
  /** Its address, as soon as it says so; null where it ends before. */
  readonly listening: () => Promise<string | null>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** A start takes seconds; on a machine that others use too it takes long. */
const PATIENCE_MS = 90_000;

/** @param args before the program's name are Node's own */
export function spawnApp(env: Readonly<Record<string, string>>, { node = [], words = [], cwd }: { readonly node?: readonly string[]; readonly words?: readonly string[]; readonly cwd: string }): Spawned {
  const child = spawn(process.execPath, [...node, MAIN, ...words], { env: { PATH: process.env['PATH'] ?? '', ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let over = false;
  const hear = (text: Buffer): void => void (said += text.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // Not `exit`: its last words may still be on their way.
  const ended = new Promise<number | null>((resolve) => void child.once('close', (code) => { over = true; resolve(code); }));
  const url = (): string | null => /"url":"([^"]+)"/.exec(said)?.[1] ?? null;
  return { said: () => said, ended, signal: (name) => void child.kill(name), listening: () => until(async () => url(), (found) => found !== null || over, PATIENCE_MS) };
}
