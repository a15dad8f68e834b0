// What the App's tests share: an App on a store, told of by the emulated GitHub, and what a test looks at.
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApp } from '../../app/app.ts';
import type { App } from '../../app/app.ts';
import { openDesk } from '../../app/desk/desk.ts';
import type { Settings } from '../../app/settings.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { deviations } from '../../sandbox/openapi/contract.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';

export const SECRET = 'a secret between GitHub and the App';

/** @param store the address of a PostgreSQL, or null for the embedded one in a new folder */
export function settingsFor(github: GitHub, store: string | null, folder = mkdtempSync(join(tmpdir(), 'yardstick-app-'))): Settings {
  return {
    appId: String(YARDSTICK_APP), privateKey: github.upstream.privateKey, webhookSecret: SECRET, webhookSecretOld: null, databaseUrl: store, dataFolder: folder,
    host: '127.0.0.1', port: 0, apiUrl: github.url, configPath: '.github/yardstick.yml', logLevel: process.env['APP_LOG'] ?? 'silent',
    signingKey: null, allowances: [], retentionDays: 30, traces: null, hidden: [],
  };
}

/** Starts the App in this process and has GitHub send it events. */
export async function runApp(github: GitHub, settings: Settings): Promise<App> {
  const app = await startApp(settings, pino({ level: settings.logLevel }), openDesk);
  github.store.hooks.set(YARDSTICK_APP, { url: `${app.url}/api/github/webhooks`, secret: SECRET });
  return app;
}

export function removeFolder({ dataFolder }: Settings): void {
  rmSync(dataFolder, { recursive: true, force: true });
}

export interface Sent {
  readonly event: string;
  readonly payload: unknown;
  readonly id?: string;
  readonly secret?: string;
}

/** Sends a webhook as GitHub does; resolves with its status. */
export async function send(url: string, { event, payload, id = randomUUID(), secret = SECRET }: Sent): Promise<number> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': id, 'x-hub-signature-256': signature };
  return (await fetch(`${url}/api/github/webhooks`, { method: 'POST', headers, body })).status;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string;
  readonly output: { readonly title: string };
}

/** Every check run of ours at the head of a pull request, with those that newer ones hide. */
export async function checksOf(github: GitHub, number: number): Promise<readonly CheckRun[]> {
  const { head } = await github.call<{ head: { sha: string } }>('GET', `/repos/${REPOSITORY}/pulls/${number}`);
  return (await github.call<{ check_runs: CheckRun[] }>('GET', `/repos/${REPOSITORY}/commits/${head.sha}/check-runs?filter=all`)).check_runs;
}

/** In what the App's requests, as itself and as an installation, differ from GitHub's own description; `[]` where in nothing. */
export function deviationsOfApp({ requests }: GitHub): readonly string[] {
  const own = requests.filter(({ viewer, path }) => viewer === 'yardstick[bot]' || /^\/app(\/|$)/.test(path));
  if (own.length === 0) throw new Error('the App asked for nothing');
  return [...new Set(own.flatMap(deviations))];
}

/** Asks until it is so. */
export async function until<T>(look: () => Promise<T>, isSo: (found: T) => boolean, patienceMs = 20_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (isSo(found) || Date.now() > end) return found;
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}
