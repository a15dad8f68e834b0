// The door: what is refused, and when. A real server, an inbox that only counts.
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCrowd } from '../../app/front/crowd.ts';
import { appRoutes } from '../../app/front/routes.ts';
import { openFront } from '../../app/front/server.ts';
import type { Front } from '../../app/front/server.ts';
import { createWebhook } from '../../app/front/webhook.ts';
import type { Readiness } from '../../app/desk/desk.ts';
import { createDoorMetrics, createMetrics } from '../../app/metrics.ts';
import { until } from './running-app.ts';

const SECRET = 'sesame';
const OLD = 'sesame of last year';
const accepted: string[] = [];
let failing = false;
let readiness: Readiness | null = { shut: null, stuck: null };
let isAlive = true;
const lines: { readonly level: number; readonly msg: string; readonly path?: string }[] = [];
const log = pino({ level: 'debug' }, { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) });
let front: Front;

beforeAll(async () => {
  const webhook = createWebhook({
    secrets: [SECRET, OLD],
    crowd: createCrowd(),
    accept: async ({ id }) => {
      if (failing) throw new Error('disk full: password=hunter2');
      accepted.push(id);
    },
  });
  const behind = createMetrics({ left: () => new Map([[7, 4200]]), held: () => 1, database: () => Promise.resolve({ waiting: 3, oldestSeconds: 1, sweptAt: new Date(), open: new Map([['measuring', 2]]), overdue: 1 }) });
  const orGone = <T>(value: T | null): Promise<T> => (value === null ? Promise.reject(new Error('gone: password=hunter2')) : Promise.resolve(value));
  const desk = { metrics: () => (isAlive ? behind.render() : orGone<string>(null)), ping: () => orGone(isAlive ? undefined : null), readiness: () => orGone(readiness) };
  const routes = appRoutes({ webhook, log, tracing: { webhook: () => undefined }, metrics: createDoorMetrics(), desk });
  front = await openFront(routes, { host: '127.0.0.1', port: 0, onError: (error, path) => log.error({ err: String(error), path }, 'request failed') });
});
afterAll(() => front.close());

const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${front.url}/`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': 'one', 'x-hub-signature-256': sign(body), ...headers } });

describe('the door', () => {
  test('takes what GitHub signed', async () => {
    expect((await post('{}', { 'x-github-delivery': 'good' })).status).toBe(202);
    expect(accepted).toContain('good');
  });

  test('takes what it signed with the secret that is being replaced', async () => {
    expect((await post('{}', { 'x-github-delivery': 'old', 'x-hub-signature-256': sign('{}', OLD) })).status).toBe(202);
    expect(accepted).toContain('old');
  });

  test('refuses, and hardly mentions, who hangs up in the middle', async () => {
    const counted = async (outcome: string) => Number(new RegExp(`deliveries_total\\{outcome="${outcome}"\\} (\\d+)`).exec(await (await fetch(`${front.url}/metrics`)).text())?.[1]);
    const [refused, failed] = [await counted('refused'), await counted('failed')];
    const socket = connect(Number(new URL(front.url).port), '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\nx-github-event: ping\r\nx-github-delivery: half\r\ncontent-type: application/json\r\nx-hub-signature-256: ${sign('x')}\r\ncontent-length: 1000\r\n\r\n{`);
    setTimeout(() => socket.resetAndDestroy(), 100);
    expect(await until(() => counted('refused'), (count) => count > refused)).toBe(refused + 1);
    expect(await counted('failed')).toBe(failed);
    expect(lines.filter(({ msg }) => /broke off|request failed/.test(msg))).toMatchObject([{ level: 20, msg: 'the sender broke off' }]);
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

  test.each([
    ['application/x-www-form-urlencoded', 415],
    ['', 415],
    ['application/json; charset=utf-8', 202],
  ])('takes JSON alone, not %s, and says what to set', async (type, status) => {
    const answer = await post('{}', { 'content-type': type });
    expect(answer.status).toBe(status);
    if (status === 415) expect(await answer.text()).toContain('set the content type of the App\'s webhook to application/json');
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
    expect(await answer.text()).toBe('not stored, send it again');
    expect(await (await fetch(`${front.url}/metrics`)).text()).toContain('yardstick_deliveries_total{outcome="failed"} 1');
  });

  test('answers the probes, and nothing else', async () => {
    const asked = await Promise.all(['/healthz', '/readyz', '/metrics', '/', '/api/github/webhooks'].map((path) => fetch(front.url + path)));
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
    const metrics = await asked[2]?.text();
    expect(metrics).toContain('yardstick_queue_depth 3');
    expect(metrics).toContain('yardstick_measurements_overdue 1');
    expect(metrics).toContain('yardstick_bets{stage="measuring"} 2');
    expect(metrics).toContain('yardstick_bets{stage="judged"} 0');
    expect(metrics).toContain('yardstick_github_requests_left{installation="7"} 4200');
    expect(metrics).toContain('yardstick_installations_held 1');
    expect(metrics).toMatch(/yardstick_deliveries_total\{outcome="forged"\} 4/);
  });

  test.each<[string, Readiness | null, all: number, told: number, text: string]>([
    ['all is well', { shut: null, stuck: null }, 200, 200, 'ready'],
    ['nothing can be stored', { shut: 'the database does not answer', stuck: null }, 503, 503, 'the database does not answer'],
    ['the queue does not move: webhooks are taken all the same', { shut: null, stuck: 'the oldest waits' }, 503, 200, 'the oldest waits'],
    ['the desk hangs', null, 503, 503, 'the desk does not answer'],
  ])('is ready or not, and says why, where %s', async (_, found, all, told, text) => {
    readiness = found;
    const asked = await Promise.all(['/readyz', '/readyz?queue=told'].map(async (path) => fetch(front.url + path)));
    expect(await Promise.all(asked.map(async (answer) => [answer.status, await answer.text()]))).toEqual([[all, text], [told, text]]);
  });

  test('is not healthy beside a desk that does not answer, and each route fails in words of its own', async () => {
    isAlive = false;
    const [health, metrics] = await Promise.all(['/healthz', '/metrics'].map(async (path) => fetch(front.url + path).then(async (answer) => [answer.status, await answer.text()])));
    isAlive = true;
    expect(health).toEqual([503, 'the desk does not answer']);
    expect(metrics).toEqual([500, 'the metrics cannot be read']);
    expect(lines.findLast(({ msg }) => msg === 'request failed')?.path).toBe('/metrics');
  });
});
