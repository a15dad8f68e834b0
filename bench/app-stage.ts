// What every bench of the App needs: a PostgreSQL, a stub of GitHub, the bundled App's settings, and deliveries that no two are alike.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/app/postgres.ts';
import { stubbedGitHub } from './app-github.ts';
import type { StubbedGitHub } from './app-github.ts';
import { SECRET, shot, targetAt } from './app-load.ts';
import type { Shot, Target } from './app-load.ts';
import { start } from './app-server.ts';
import type { Server } from './app-server.ts';

const ROOT = join(import.meta.dirname, '..');
export const SHARED = join(ROOT, '../shared/bench');
const STUB_PORT = 9918;
const PORT = 9919;
/** At once, and of so many installations, with so many files in each pull request. */
export const CONNECTIONS = 64;
export const INSTALLATIONS = 64;
export const FILES = 100;

export type Store = 'postgresql' | 'embedded';

export interface Stage {
  readonly github: StubbedGitHub;
  /** The App on an own, empty store; `replica` names another process on the same one. */
  readonly appOn: (store: Store, replica?: number) => Server;
  /** The server that checks signatures and does nothing else. */
  readonly floor: Server;
  readonly target: (replica?: number) => Target;
  /** Deliveries, each of a pull request of its own, of installations from `first` on. */
  readonly shots: (count: number, first?: number, installations?: number) => readonly Shot[];
}

/** @throws where the stub and the floor are not beside this checkout */
export async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
  if (!existsSync(SHARED)) throw new Error('the stub of GitHub and the floor are not beside this checkout: there is nothing to measure against');
  const { event } = (await import(join(SHARED, 'fixtures.mjs'))) as { event: (...about: readonly [string, number, number, number]) => unknown };
  const scratch = mkdtempSync(join(tmpdir(), 'yardstick-bench-'));
  const postgres = await startPostgres();
  const stub = await start({ args: [join(SHARED, 'stub.mjs'), String(STUB_PORT)], env: {}, ready: /stub on/ });
  const env = { APP_ID: '1', PRIVATE_KEY: newKey(), WEBHOOK_SECRET: SECRET, GITHUB_API_URL: `http://127.0.0.1:${STUB_PORT}`, HOST: '127.0.0.1' };
  const stores: Readonly<Record<Store, Readonly<Record<string, string>>>> = { postgresql: { DATABASE_URL: await postgres.database() }, embedded: { DATA_FOLDER: join(scratch, 'data') } };
  let number = 1000;
  try {
    await play({
      github: stubbedGitHub(`http://127.0.0.1:${STUB_PORT}`),
      appOn: (store, replica = 0) => ({ args: ['--max-semi-space-size=8', join(ROOT, 'app/dist/app.js')], env: { ...env, ...stores[store], PORT: String(PORT + replica) }, ready: /listening/ }),
      floor: { args: [join(SHARED, 'app/hmac-server.mjs')], env: { WEBHOOK_SECRET: SECRET, PORT: String(PORT) }, ready: null },
      target: (replica = 0) => targetAt(`http://127.0.0.1:${PORT + replica}/`, CONNECTIONS),
      shots: (count, first = 1, installations = INSTALLATIONS) => Array.from({ length: count }, (_, index) => shot(event('opened', (number += 1), first + (index % installations), FILES))),
    });
  } finally {
    await stub.stop();
    await postgres.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function newKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } }).privateKey;
}
