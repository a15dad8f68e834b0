// The App as a process of its own, to be killed and started again.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Settings } from '../../app/settings.ts';

export interface AppProcess {
  readonly url: string;
  /** Resolves with the exit code, or null where a signal ended it. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>;
}

export const MAIN = join(import.meta.dirname, '../../app/main.ts');

export function environmentOf(settings: Settings): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '', APP_ID: settings.appId, PRIVATE_KEY: settings.privateKey, WEBHOOK_SECRET: settings.webhookSecret, GITHUB_API_URL: settings.apiUrl,
    DATA_FOLDER: settings.dataFolder, HOST: '127.0.0.1', PORT: String(settings.port), ...(settings.databaseUrl && { DATABASE_URL: settings.databaseUrl }),
  };
}

/** Starts it; rejects with what it said where it ends before it listens. */
export function startProcess(settings: Settings): Promise<AppProcess> {
  const child = spawn(process.execPath, [MAIN], { env: environmentOf(settings), stdio: ['ignore', 'pipe', 'pipe'], cwd: settings.dataFolder });
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said = (said + text.toString()).slice(-20_000);
      const url = /"url":"([^"]+)"/.exec(said)?.[1];
      if (url === undefined) return;
      resolve({ url, end: (signal) => (child.kill(signal), ended) });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then((code) => reject(new Error(`the App ended with ${code}: ${said}`)));
  });
}
