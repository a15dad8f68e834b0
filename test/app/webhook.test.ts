// The App end to end: a signed webhook comes in, the same gate decides, a check run stands on the head.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, createProbot } from 'probot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateApp } from '../../app/gate-app.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import type { Delivery } from '../../sandbox/github/store.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';

const SECRET = 'a secret between GitHub and the App';
const stage = useStage();
let server: Server;

beforeAll(async () => {
  const github = stage.github();
  const probot = createProbot({
    overrides: { appId: YARDSTICK_APP, privateKey: github.upstream.privateKey, secret: SECRET, baseUrl: github.url, logLevel: 'fatal' },
  });
  const middleware = await createNodeMiddleware(gateApp({ configPath: '.github/yardstick.yml' }), { probot, webhooksPath: '/hook' });
  server = createServer((request, response) => void middleware(request, response, () => void response.writeHead(404).end()));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  github.store.hooks.set(YARDSTICK_APP, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, secret: SECRET });
});

afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

interface CheckRun {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string;
  readonly output: { readonly title: string };
}

async function checksOf(number: number): Promise<readonly CheckRun[]> {
  const { head } = await stage.github().call<{ head: { sha: string } }>('GET', `${API}/pulls/${number}`);
  return (await stage.github().call<{ check_runs: CheckRun[] }>('GET', `${API}/commits/${head.sha}/check-runs`)).check_runs;
}

function commentsOf(number: number): Promise<readonly { readonly user: { readonly login: string }; readonly body: string }[]> {
  return stage.github().call('GET', `${API}/issues/${number}/comments`);
}

/** Waits until the App has answered the newest delivery for this pull request. */
async function answered(number: number): Promise<Delivery | undefined> {
  const mine = (): Delivery | undefined => stage.github().store.deliveries.findLast((delivery) => delivery.event === 'pull_request' && delivery.payload['number'] === number);
  for (let tried = 0; tried < 200 && mine() === undefined; tried += 1) await new Promise((resolve) => void setTimeout(resolve, 50));
  return mine();
}

describe('the App', () => {
  test('fails the check of a pull request that scales without a hypothesis', async () => {
    const number = await stage.open();
    expect((await answered(number))?.statusCode).toBe(200);
    expect(await checksOf(number)).toMatchObject([{ name: 'yardstick', status: 'completed', conclusion: 'failure', output: { title: expect.stringContaining('replicas 4 → 12') } }]);
    expect(await commentsOf(number)).toMatchObject([{ user: { login: 'yardstick[bot]' }, body: expect.stringContaining('## Hypothesis') }]);
  });

  test('passes it when the hypothesis is sound, without a comment', async () => {
    const number = await stage.open({ body: SOUND_BODY });
    await answered(number);
    expect(await checksOf(number)).toMatchObject([{ conclusion: 'success' }]);
    expect(await commentsOf(number)).toEqual([]);
  });

  test('refuses a webhook with a forged signature', async () => {
    const { url } = stage.github().store.hooks.get(YARDSTICK_APP) ?? { url: '' };
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-github-event': 'pull_request', 'x-github-delivery': 'forged', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, body: '{}' });
    expect(response.status).toBe(400);
  });
});
