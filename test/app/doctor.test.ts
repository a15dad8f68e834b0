// `yardstick doctor` against the emulated GitHub: each thing that can be wrong is a line with its remedy, and a sound set-up has none.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examineGitHub } from '../../app/doctor/github.ts';
import { EVENTS, PERMISSIONS } from '../../app/github/asked.ts';
import { openEmbedded, migrate } from '../../app/store/database.ts';
import type { ApiResponse, Transport } from '../../src/github/transport.ts';
import { deliver } from '../../sandbox/github/deliver.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { useStage } from '../e2e/stage.ts';
import { environmentOf } from './app-process.ts';
import { removeFolder, SECRET, settingsFor } from './running-app.ts';
import { spawnApp } from './spawned.ts';

const stage = useStage();
const source = createServer((_, response) => response.end());
beforeAll(() => new Promise<void>((ready) => source.listen(0, '127.0.0.1', ready)));
afterAll(() => void source.close());

async function doctor(env: Readonly<Record<string, string>>, cwd: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const app = spawnApp(env, { words: ['doctor'], cwd });
  return { code: await app.ended, said: app.said() };
}

test('finds nothing to object to where all is in place, and what is not, one line each', async () => {
  const settings = settingsFor(stage.github(), null);
  const database = await openEmbedded(settings.dataFolder);
  await migrate(database.db);
  await database.close();
  const sources = join(settings.dataFolder, 'sources.yml');
  const { port } = source.address() as AddressInfo;
  writeFileSync(sources, `allow:\n  - repositories: [acme]\n    sources:\n      prom: { type: prometheus, url: 'http://127.0.0.1:${port}', headers: { authorization: 'Bearer \${YARDSTICK_PROM}' } }\n`);
  const env = { ...environmentOf(settings), YARDSTICK_SOURCES: sources, YARDSTICK_PROM: 'prom-token' };
  stage.github().store.hooks.set(YARDSTICK_APP, { url: 'https://yardstick.example.com/api/github/webhooks', secret: SECRET });
  const sound = await doctor(env, settings.dataFolder);
  expect(sound.said).not.toMatch(/missing|unsure/);
  for (const what of ['credentials', 'permissions', 'events', 'installations', 'webhook', 'deliveries', 'database', 'source prom of acme']) expect(sound.said).toMatch(new RegExp(`^${what} +ok `, 'm'));
  expect(sound.said).toMatch(/database +ok +the embedded database in .* answers; 0 deliveries wait/);
  expect(sound.code).toBe(0);

  // Nobody listens there any more, and the last webhook was refused.
  stage.github().store.hooks.set(YARDSTICK_APP, { url: 'http://127.0.0.1:9/hooks', secret: SECRET });
  await deliver(stage.github(), { app: YARDSTICK_APP, event: 'ping', payload: {} });
  writeFileSync(sources, "allow: [{ repositories: [acme], sources: { prom: { type: prometheus, url: 'http://127.0.0.1:9' } } }]\n");
  const ill = await doctor({ ...env, DATABASE_URL: 'postgres://app:hunter2-hunter2@127.0.0.1:9/x' }, settings.dataFolder);
  expect(ill.code).toBe(1);
  expect(ill.said).toMatch(/webhook +missing +http:\/\/127\.0\.0\.1:9\/hooks is this machine only\n +Set it on the App's settings page/);
  expect(ill.said).toMatch(/deliveries +missing +1 of the last 1 did not arrive.*\n +GitHub does not reach the App/);
  expect(ill.said).toMatch(/database +missing +The database of DATABASE_URL does not answer \(ECONNREFUSED\)\n +Start it/);
  expect(ill.said).toMatch(/source prom of acme +missing +127\.0\.0\.1:9 does not answer \(ECONNREFUSED\)/);
  expect(ill.said).not.toContain('hunter2');

  const other = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
  expect((await doctor({ ...env, PRIVATE_KEY: other }, settings.dataFolder)).said).toMatch(/credentials +missing +GitHub does not know the App by this key \(401\)\n +APP_ID and PRIVATE_KEY have to be of the same App/);
  expect((await doctor({ ...env, GITHUB_API_URL: 'http://127.0.0.1:9' }, settings.dataFolder)).said).toMatch(/GitHub +missing +GitHub could not be reached \(ECONNREFUSED\)/);
  writeFileSync(sources, "allow: [{ repositories: [acme], sources: { prom: { type: prometheus, url: 'http://127.0.0.1:9', headers: { x-key: '${YARDSTICK_KEY}' } } } }]\n");
  expect((await doctor(env, settings.dataFolder)).said).toMatch(/settings +missing +The App cannot start:\n +YARDSTICK_KEY is not set: the source `prom`/);
  expect((await doctor({ ...env, APP_ID: '' }, settings.dataFolder)).said).toMatch(/settings +missing +The App cannot start:[^]*\n +APP_ID is not set/);
  removeFolder(settings);
});

/** GitHub as it answers an App, changed in one thing. */
function githubWith(changes: Readonly<Record<string, unknown>>, headers: ApiResponse['headers'] = {}): Transport {
  const answers: Readonly<Record<string, unknown>> = {
    '/app': { slug: 'yardstick', owner: { login: 'acme' }, permissions: PERMISSIONS, events: EVENTS },
    '/app/installations': [{ account: { login: 'acme' }, permissions: PERMISSIONS, suspended_at: null }],
    '/app/hook/config': { url: 'https://y.example.com/', content_type: 'json', insecure_ssl: '0' },
    '/app/hook/deliveries': [{ guid: 'a', status: 'OK', status_code: 202 }, { guid: 'a', status: 'Invalid HTTP Response', status_code: 500 }],
    ...changes,
  };
  return async ({ path }) => ({ status: 200, headers: { date: new Date().toUTCString(), ...headers }, body: answers[path] });
}

const HOOK = { content_type: 'json', insecure_ssl: '0' };
const failed = (status: number) => ({ guid: 'b', status: 'Invalid HTTP Response', status_code: status, delivered_at: '2026-03-02T10:00:00Z' });
test.each<[string, Transport, string, string, RegExp]>([
  ['all is well, and a failed delivery came later', githubWith({}), 'deliveries', 'fine', /the last 2 arrived/],
  ['a permission is not asked for', githubWith({ '/app': { permissions: { ...PERMISSIONS, checks: 'read' }, events: EVENTS } }), 'permissions', 'missing', /does not ask for checks: write/],
  ['it may write what it does not use', githubWith({ '/app': { permissions: { ...PERMISSIONS, contents: 'write' }, events: EVENTS } }), 'permissions', 'unknown', /may also write contents/],
  ['an event is not heard', githubWith({ '/app': { permissions: PERMISSIONS, events: EVENTS.slice(1) } }), 'events', 'missing', /does not hear check_run/],
  ['it is installed nowhere', githubWith({ '/app/installations': [] }), 'installations', 'missing', /installed nowhere/],
  ['an owner has not accepted', githubWith({ '/app/installations': [{ account: { login: 'acme' }, permissions: { metadata: 'read' } }] }), 'installations', 'missing', /acme granted less/],
  ['an owner has suspended it', githubWith({ '/app/installations': [{ account: { login: 'acme' }, permissions: PERMISSIONS, suspended_at: '2026-03-02' }] }), 'installations', 'unknown', /suspended by acme/],
  ['no webhook is set', githubWith({ '/app/hook/config': HOOK }), 'webhook', 'missing', /no address is set/],
  ['the webhook sends forms', githubWith({ '/app/hook/config': { ...HOOK, content_type: 'form', url: 'https://y.example.com/' } }), 'webhook', 'missing', /sends forms/],
  ['the webhook is not encrypted', githubWith({ '/app/hook/config': { ...HOOK, url: 'http://y.example.com/' } }), 'webhook', 'unknown', /not proven/],
  ['the newest delivery was refused for its signature', githubWith({ '/app/hook/deliveries': [failed(401), { guid: 'a', status: 'OK' }] }), 'deliveries', 'missing', /WEBHOOK_SECRET is not the secret/],
  ['an older one could not be stored', githubWith({ '/app/hook/deliveries': [{ guid: 'a', status: 'OK' }, failed(500)] }), 'deliveries', 'unknown', /could not store them.*sent again/],
  ['the clock is off', githubWith({}, { date: new Date(Date.now() - 90_000).toUTCString() }), 'clock', 'missing', /s ahead of GitHub/],
])('where %s', async (_, app, what, state, says) => {
  const finding = (await examineGitHub(app)).find((each) => each.what === what);
  expect(finding?.state).toBe(state);
  expect(`${finding?.text} ${finding?.remedy}`).toMatch(says);
  expect(finding?.remedy === null).toBe(state === 'fine');
});
