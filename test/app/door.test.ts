// The door: what is refused, and when. A real server, an inbox that only counts.
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCrowd } from '../../app/front/crowd.ts';
import { appRoutes } from '../../app/front/routes.ts';
import { openFront } from '../../app/front/server.ts';
import type { Front } from '../../app/front/server.ts';
import { createWebhook } from '../../app/front/webhook.ts';
import { createLog } from '../../app/log.ts';
import { createDoorMetrics, createMetrics } from '../../app/metrics.ts';

const SECRET = 'sesame';
const accepted: string[] = [];
let failing = false;
let front: Front;

beforeAll(async () => {
  const webhook = createWebhook({
    secret: SECRET,
    crowd: createCrowd(),
    accept: async ({ id }) => {
      if (failing) throw new Error('disk full: password=hunter2');
      accepted.push(id);
    },
  });
  const behind = createMetrics({ depth: () => Promise.resolve({ waiting: 3, oldestSeconds: 1 }), left: () => new Map([[7, 4200]]), ledger: () => Promise.resolve({ open: new Map([['measuring', 2]]), overdue: 1 }) });
  const routes = appRoutes({ webhook, log: createLog('silent'), tracing: { webhook: () => undefined }, metrics: createDoorMetrics(), desk: { metrics: behind.render, notReady: () => Promise.resolve('the database does not answer') } });
  front = await openFront(routes, { host: '127.0.0.1', port: 0, onError: () => undefined });
});
afterAll(() => front.close());

const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${front.url}/`, { method: 'POST', body, headers: { 'x-github-event': 'ping', 'x-github-delivery': 'one', 'x-hub-signature-256': sign(body), ...headers } });

describe('the door', () => {
  test('takes what GitHub signed', async () => {
    expect((await post('{}', { 'x-github-delivery': 'good' })).status).toBe(202);
    expect(accepted).toContain('good');
  });

  test.each([
    ['signed with another secret', { 'x-hub-signature-256': sign('{}', 'other') }, 401],
    ['signed as another body', { 'x-hub-signature-256': sign('{ }') }, 401],
    ['without a signature', { 'x-hub-signature-256': '' }, 401],
    ['with the old signature alone', { 'x-hub-signature-256': 'sha1=0000' }, 401],
    ['without an event', { 'x-github-event': '' }, 400],
    ['with an id that is none', { 'x-github-delivery': '../../etc' }, 400],
  ])('refuses a body %s', async (_, headers, status) => {
    const before = accepted.length;
    expect((await post('{}', headers)).status).toBe(status);
    expect(accepted).toHaveLength(before);
  });

  test('refuses what is too large, or says no length, before it has come', async () => {
    const answered = (head: string) => new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(front.url).port), '127.0.0.1', () => socket.write(`POST / HTTP/1.1\r\nhost: x\r\nx-github-event: ping\r\nx-github-delivery: big\r\nx-hub-signature-256: ${sign('x')}\r\n${head}\r\n\r\n`));
      socket.once('data', (data) => { socket.destroy(); resolve(data.toString().split('\r\n', 1)[0] ?? ''); });
    });
    expect(await answered('content-length: 62914560')).toContain('413');
    expect(await answered('transfer-encoding: chunked')).toContain('411');
  });

  test('counts what it could not store, and says nothing of what went wrong inside', async () => {
    failing = true;
    const answer = await post('{}').finally(() => { failing = false; });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect(await (await fetch(`${front.url}/metrics`)).text()).toContain('yardstick_deliveries_total{outcome="failed"} 1');
  });

  test('answers the probes, and nothing else', async () => {
    const asked = await Promise.all(['/healthz', '/readyz', '/metrics', '/', '/api/github/webhooks'].map((path) => fetch(front.url + path)));
    expect(asked.map(({ status }) => status)).toEqual([200, 503, 200, 404, 404]);
    const metrics = await asked[2]?.text();
    expect(metrics).toContain('yardstick_queue_depth 3');
    expect(metrics).toContain('yardstick_measurements_overdue 1');
    expect(metrics).toContain('yardstick_bets{stage="measuring"} 2');
    expect(metrics).toContain('yardstick_bets{stage="judged"} 0');
    expect(metrics).toContain('yardstick_github_requests_left{installation="7"} 4200');
    expect(metrics).toMatch(/yardstick_deliveries_total\{outcome="forged"\} 4/);
  });
});
