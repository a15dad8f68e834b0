// The real App as a process of its own, with what an operator would set and nothing of this machine; its clock is the sandbox's.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Move } from './clock.ts';
import { YARDSTICK_APP } from './github/apps.ts';
import type { GitHub } from './github/github.ts';

export interface AppProcess {
  readonly url: string;
  /** Its database, its journal and its log. */
  readonly folder: string;
  /** Moves its clock; what it would have done by the clock meanwhile it does now. */
  readonly moveClock: (instant: string) => Promise<void>;
  /** Deliveries that it has not worked off. */
  readonly waiting: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export interface AppOptions {
  /** What its operator allows to be asked: the YAML of YARDSTICK_SOURCES. */
  readonly sources: string;
  /** Where its clock starts, ISO 8601. */
  readonly at: string;
  /** Leaves its folder behind. */
  readonly keep: boolean;
}

/** Starts it on the embedded database, and has the emulated GitHub send it the events of its installation. */
export async function startAppProcess(github: GitHub, { sources, at, keep }: AppOptions): Promise<AppProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-app-'));
  const secret = randomBytes(24).toString('hex');
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'sources.yml'), sources);
  const env = {
    PATH: process.env['PATH'] ?? '', HOME: folder, APP_ID: String(YARDSTICK_APP), PRIVATE_KEY: github.upstream.privateKey, WEBHOOK_SECRET: secret, GITHUB_API_URL: github.url,
    DATA_FOLDER: join(folder, 'data'), YARDSTICK_SOURCES: join(folder, 'sources.yml'), HOST: '127.0.0.1', PORT: '0', SANDBOX_NOW: at,
  };
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'clock.ts'), join(import.meta.dirname, '../app/main.ts')], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    github.store.hooks.delete(YARDSTICK_APP);
    child.kill('SIGTERM');
    await ended;
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await listening(child, join(folder, 'app.log'));
    github.store.hooks.set(YARDSTICK_APP, { url: `${url}/api/github/webhooks`, secret });
    return { url, folder, stop, moveClock: (now) => move(child, { now }), waiting: () => readWaiting(url) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its address, as soon as it says so; what it says goes into its log. */
function listening(child: ChildProcess, log: string): Promise<string> {
  const file = createWriteStream(log);
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer): void => {
      file.write(text);
      if (said.length > 20_000) return;
      said += text.toString();
      const url = /"url":"(?<url>[^"]+)"/.exec(said)?.groups?.['url'];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The App ended with ${code}:\n${said.slice(-2000)}`)));
  });
}

function move(child: ChildProcess, to: Move): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.send(to, (error) => error && reject(error));
  });
}

async function readWaiting(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^yardstick_queue_depth (?<depth>\d+)/m.exec(text)?.groups?.['depth'] ?? 0);
}
