// `npm run setup` from its page to the credentials, with a server that answers as GitHub's form and its conversion do.
import { generateKeyPairSync } from 'node:crypto';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import examples from '@octokit/webhooks-examples';
import { load } from 'js-yaml';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { EVENTS, PERMISSIONS } from '../../app/github/asked.ts';
import { parseSettings } from '../../app/settings.ts';
import { parseNotice } from '../../app/inbox/notice.ts';
import { parseEvent } from '../../src/github/events.ts';

import { until } from './running-app.ts';

const ROOT = join(import.meta.dirname, '../..');
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;

interface Manifest {
  readonly hook_attributes: { readonly url: string };
  readonly redirect_url: string;
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

let made: Manifest | null = null;
/** GitHub Enterprise Server, as far as the flow goes. */
const github = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    if (request.method === 'POST' && request.url === '/organizations/acme/settings/apps/new') {
      made = JSON.parse(new URLSearchParams(text).get('manifest') ?? '') as Manifest;
      response.writeHead(302, { location: `${made.redirect_url}?code=a-code` }).end();
    } else if (request.method === 'POST' && request.url === '/api/v3/app-manifests/a-code/conversions') {
      const body = { id: 77, slug: 'yardstick', client_id: 'Iv1.0123', client_secret: 'client-secret', webhook_secret: '5d41402abc4b2a76b9719d911017c592', pem: PEM, html_url: 'https://git.example.com/apps/yardstick' };
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } else response.writeHead(404).end();
  });
});
beforeAll(() => new Promise<void>((ready) => github.listen(0, '127.0.0.1', ready)));
afterAll(() => void github.close());

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yardstick-setup-'));
  for (const file of ['app.yml', 'package.json']) copyFileSync(join(ROOT, file), join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setup(words: readonly string[]) {
  const host = `127.0.0.1:${(github.address() as AddressInfo).port}`;
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', GHE_HOST: host, GHE_PROTOCOL: 'http', GH_ORG: 'acme', HOST: '127.0.0.1', PORT: '39217' };
  const child = spawn(process.execPath, [join(ROOT, 'app/setup.ts'), ...words], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  return { said: () => said, ended: new Promise<number | null>((resolve) => void child.once('close', resolve)), stop: () => void child.kill() };
}

test('leads to GitHub and back, and keeps the credentials for their owner alone', async () => {
  const before = '# mine\nPORT=4000\nexport OTHER="a b" # said\nPRIVATE_KEY="old\nkey"\n';
  writeFileSync(join(folder, '.env'), before, { mode: 0o644 });
  const running = setup(['https://yardstick.example.com']);
  const address = await until(async () => /Open (\S+) in a browser/.exec(running.said())?.[1] ?? '', (found) => found !== '');
  const page = await (await fetch(`${address}/`)).text();
  // What the terminal says of the page stands on it.
  for (const words of ['Welcome to', 'Register GitHub App']) expect([running.said().includes(`"${words}"`), page.includes(words)]).toEqual([true, true]);
  const [, action = ''] = /<form action="([^"]+)"/.exec(page) ?? [];
  // As a browser reads it: the attribute ends at the next apostrophe.
  const [, manifest = ''] = /value='([^']*)'/.exec(page) ?? [];
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams({ manifest }), redirect: 'manual' });
  const back = await fetch(answer.headers.get('location') ?? '', { redirect: 'manual' });
  expect(back.headers.get('location')).toBe('https://git.example.com/apps/yardstick/installations/new');
  running.stop();
  await running.ended;

  expect(made).toMatchObject({ hook_attributes: { url: 'https://yardstick.example.com/api/github/webhooks' }, name: 'yardstick', public: false });
  const text = readFileSync(join(folder, '.env'), 'utf8');
  expect(text.startsWith('# mine\nPORT=4000\nexport OTHER="a b" # said\n')).toBe(true);
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  expect(text).not.toContain('client-secret');
  expect(text).toMatch(/^APP_ID=77\nPRIVATE_KEY=[\w+/]+=*\nWEBHOOK_SECRET=\w+\n/m);
  expect(parseSettings(parseEnv(text))).toMatchObject({ appId: '77', privateKey: PEM.trim(), webhookSecret: '5d41402abc4b2a76b9719d911017c592', apiUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/api\/v3$/) as unknown, port: 4000 });
  expect(running.said()).not.toContain(PEM.slice(100, 140));
});

test('says what it needs, and makes no second App', async () => {
  const lost = setup([]);
  expect(await lost.ended).toBe(2);
  expect(lost.said()).toContain('npm run setup -- https://');
  writeFileSync(join(folder, '.env'), 'APP_ID=7\n');
  const second = setup(['https://yardstick.example.com']);
  expect(await second.ended).toBe(2);
  expect(second.said()).toContain('There is an App already: APP_ID is 7');
});

const { default_permissions: permissions, default_events: events } = load(readFileSync(join(ROOT, 'app.yml'), 'utf8')) as Manifest;

test('app.yml asks for three writes and four reads', () => {
  expect(permissions).toEqual({ checks: 'write', pull_requests: 'write', issues: 'write', contents: 'read', deployments: 'read', merge_queues: 'read', metadata: 'read' });
  expect({ permissions, events: events.toSorted() }).toEqual({ permissions: PERMISSIONS, events: EVENTS });
});

test('app.yml subscribes to the events that are worked on, and to no other', () => {
  /** Reviews change nothing that is judged, those of the installation come unasked, and a dispatch is for a workflow. */
  const unasked = ['workflow_dispatch', 'pull_request_review', 'pull_request_review_comment', 'installation', 'installation_repositories'];
  const moved = { action: 'renamed', changes: { login: { from: 'acme' }, repository: { name: { from: 'store' } } }, repository: { name: 'shop', owner: { login: 'acme' } } };
  const worksOn = (name: string): boolean => {
    if (parseNotice(name, moved) !== null) return true;
    const trigger = parseEvent({ name, payload: {}, at: '2026-03-02T10:00:00Z', delivery: null });
    return !(trigger.kind === 'ignored' && trigger.reason.includes('none of those'));
  };
  // There is no example of that one.
  const known = [...(examples as unknown as readonly { readonly name: string }[]).map(({ name }) => name), 'installation_target'];
  expect(known.filter((name) => worksOn(name) && !unasked.includes(name)).toSorted()).toEqual(events.toSorted());
});
