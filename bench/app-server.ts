// Servers that a bench starts as processes of their own: how soon they serve, how much memory they took, and their end.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Server {
  /** What Node is given, the file first. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it prints once it serves; null: it prints nothing, and is given a second. */
  readonly ready: RegExp | null;
}

export interface Running {
  /** Milliseconds from the start to the first line that fits `ready`. */
  readonly startedIn: number;
  /** The most memory it ever held, MiB. */
  readonly peak: () => number;
  readonly stop: () => Promise<void>;
  /** As a power cut would. */
  readonly kill: () => Promise<void>;
}

export async function start({ args, env, ready }: Server): Promise<Running> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  await (ready === null ? new Promise((resolve) => void setTimeout(resolve, 1000)) : new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => { if (ready.test(text.toString())) resolve(); });
    void ended.then(() => reject(new Error(`${args.join(' ')} ended before it served`)));
  }));
  const startedIn = performance.now() - began;
  child.stdout.resume();
  const end = (signal: 'SIGTERM' | 'SIGKILL') => async (): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    startedIn,
    peak: () => Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024),
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  };
}
