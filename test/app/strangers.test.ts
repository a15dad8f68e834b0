// Strangers without the secret at the door: they shut nobody out, slow nothing down, and are not waited for.
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Limits } from '../../app/front/body.ts';
import { createCrowd } from '../../app/front/crowd.ts';
import { appRoutes } from '../../app/front/routes.ts';
import { openFront } from '../../app/front/server.ts';
import type { Front } from '../../app/front/server.ts';
import { createWebhook } from '../../app/front/webhook.ts';
import { createDoorMetrics } from '../../app/metrics.ts';
import { until } from './running-app.ts';

const SECRET = 'sesame';
const MIB = 1024 * 1024;
const CROWD = 8;
const crowd = createCrowd();
const open: { front: Front | null; readonly sockets: Socket[] } = { front: null, sockets: [] };
afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  await open.front?.close();
});

async function openDoor(limits: Limits, accept = (): Promise<void> => Promise.resolve()): Promise<void> {
  const webhook = createWebhook({ secrets: [SECRET], crowd, limits, accept });
  const desk = { metrics: () => Promise.resolve(''), ping: () => Promise.resolve(), readiness: () => Promise.resolve({ shut: null, stuck: null }) };
  open.front = await openFront(appRoutes({ webhook, log: pino({ level: 'silent' }), tracing: { webhook: () => undefined }, metrics: createDoorMetrics(), desk }), { host: '127.0.0.1', port: 0, onError: () => undefined });
}

const HEAD = { 'x-github-event': 'ping', 'x-github-delivery': 'one', 'content-type': 'application/json' };

/** Announces so much and sends a part of it; `answer` is the first line of what comes back. */
function stranger(length: number, sent = 0): { readonly answer: () => string } {
  const socket = connect(Number(new URL(open.front?.url ?? '').port), '127.0.0.1');
  let answer = '';
  socket.on('error', () => undefined).on('data', (data) => void (answer += data.toString()));
  const head = Object.entries({ ...HEAD, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}`, 'content-length': length }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head.join('')}\r\n${'x'.repeat(sent)}`);
  open.sockets.push(socket);
  return { answer: () => answer.split('\r\n', 1)[0] ?? '' };
}

async function post(body: string): Promise<number> {
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  return (await fetch(`${open.front?.url}/`, { method: 'POST', body, headers: { ...HEAD, 'x-hub-signature-256': signature } })).status;
}

const pause = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));

test('who announces much and sends nothing shuts nobody out, and is told to go', async () => {
  await openDoor({ most: 64 * MIB, idleMs: 1500 });
  const idle = [25, 25, 14].map((announced) => stranger(announced * MIB, 10));
  await pause(300);
  expect(await post('{}')).toBe(202);
  expect(await until(async () => idle.map(({ answer }) => answer()), (answers) => !answers.includes(''))).toEqual(idle.map(() => 'HTTP/1.1 408 Request Timeout'));
});

test('who does send as much as there is memory for gives way to who comes after', async () => {
  await openDoor({ most: 300_000, idleMs: 60_000 });
  const first = stranger(250_000, 200_000);
  await pause(300);
  const second = stranger(100_000, 90_000);
  await pause(300);
  expect(await post(' '.repeat(50_000))).toBe(202);
  expect(await until(async () => first.answer(), (answer) => answer !== '')).toContain('503');
  expect(second.answer()).toBe('');
});

test('what is here and not stored yet takes memory too', async () => {
  const stored = Promise.withResolvers<void>();
  await openDoor({ most: 100_000, idleMs: 60_000 }, () => stored.promise);
  const [one, two] = [post(' '.repeat(45_000)), post('\n'.repeat(45_000))];
  await pause(500);
  expect(await post('\t'.repeat(45_000))).toBe(503);
  stored.resolve();
  expect(await Promise.all([one, two])).toEqual([202, 202]);
  expect(await post('\t'.repeat(45_000))).toBe(202);
});

test('strangers are no crowd, those who wait for their answer are', async () => {
  const stored = Promise.withResolvers<void>();
  await openDoor({ most: MIB, idleMs: 60_000 }, () => stored.promise);
  for (let count = 0; count < CROWD; count += 1) stranger(2, 1);
  await pause(500);
  expect(crowd.isThere()).toBe(false);
  const waiting = Array.from({ length: CROWD }, () => post('{}'));
  expect(await until(async () => crowd.isThere(), Boolean)).toBe(true);
  stored.resolve();
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => 202));
  expect(crowd.isThere()).toBe(false);
});
