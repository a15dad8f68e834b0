// Traces, heard by a real receiver of OTLP over HTTP: from the webhook over the queue to GitHub; and nothing at all where none are wanted.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOtlp } from '../../app/tracing/otlp.ts';
import { rootOf } from '../../app/tracing/context.ts';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { useStage } from '../e2e/stage.ts';
import { environmentOf } from './app-process.ts';
import { checksOf, removeFolder, SECRET, send, settingsFor, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';

interface Told {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

const stage = useStage();
const spans: Told[] = [];
let services: string[] = [];
let bodies = '';
const receiver = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    bodies += text;
    const { resourceSpans } = JSON.parse(text) as { readonly resourceSpans: readonly { readonly resource: { readonly attributes: Told['attributes'] }; readonly scopeSpans: readonly { readonly spans: readonly Told[] }[] }[] };
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    services = [...services, ...resourceSpans.flatMap(({ resource }) => resource.attributes.filter(({ key }) => key === 'service.name').map(({ value }) => String(value['stringValue'])))];
    response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  });
});
beforeAll(() => new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready)));
afterAll(() => void receiver.close());

const DELIVERY = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
const attribute = ({ attributes }: Told, name: string): unknown => Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

test('a delivery is one trace under its own id: webhook, queue, turn, and every request to GitHub', async () => {
  const settings = settingsFor(stage.github(), null);
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const app = spawnApp({ ...environmentOf(settings), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'gate' }, { cwd: settings.dataFolder });
  const url = (await app.listening()) ?? '';
  // Its first sweep would find the pull request too.
  await until(async () => app.said(), (said) => said.includes('looked around'));
  const number = await stage.open();
  const payload = { ...(await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' })), installation: { id: installationOf(YARDSTICK_APP) } };
  expect(await send(url, { event: 'pull_request', payload, id: DELIVERY })).toBe(202);
  expect(await until(() => checksOf(stage.github(), number), (found) => found.length > 0)).toHaveLength(1);
  await until(async () => (await fetch(`${url}/metrics`)).text(), (text) => text.includes('yardstick_queue_depth 0\n'));
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);

  const ours = spans.filter(({ traceId }) => traceId === DELIVERY.replaceAll('-', ''));
  const [webhook, queue, turn] = ['webhook', 'queue', 'turn'].map((name) => ours.find((span) => span.name === name));
  if (!webhook || !queue || !turn) throw new Error(`only ${ours.map(({ name }) => name).join()}`);
  expect(webhook).toMatchObject({ spanId: rootOf(DELIVERY).spanId });
  expect(webhook.parentSpanId ?? '').toBe('');
  for (const behind of [queue, turn]) expect(behind.parentSpanId).toBe(webhook.spanId);
  for (const span of [webhook, queue, turn]) expect(attribute(span, 'yardstick.delivery')).toBe(DELIVERY);
  expect(attribute(turn, 'yardstick.verdict')).toEqual({ values: [{ stringValue: 'fail' }] });
  const requests = ours.filter(({ parentSpanId }) => parentSpanId === turn.spanId);
  expect(requests.map((span) => `${span.name} ${String(attribute(span, 'url.path'))} ${String(attribute(span, 'http.response.status_code'))}`)).toEqual(expect.arrayContaining(['POST GitHub /graphql 200', `POST GitHub /repos/${REPOSITORY}/check-runs 201`]));
  for (const span of ours) expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  expect(new Set(services)).toEqual(new Set(['gate']));
  for (const secret of [SECRET, settings.privateKey.slice(100, 140), 'ghs_', 'Bearer']) expect(bodies).not.toContain(secret);
  removeFolder(settings);
});

describe('a collector that does not take them', () => {
  test.each<[string, (port: number) => string]>([['refuses', (port) => `http://127.0.0.1:${port}/elsewhere`], ['is not there', () => 'http://127.0.0.1:9']])('%s: told in the log, and a stop does not wait for it', async (what, endpointAt) => {
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpointAt((receiver.address() as AddressInfo).port);
    const settings = { ...settingsFor(stage.github(), null), traces: 1 };
    const lines: string[] = [];
    const tracing = openOtlp(settings, pino({ level: 'warn' }, { write: (line) => void lines.push(line) }));
    tracing.webhook({ delivery: DELIVERY, event: 'ping', status: 202, seconds: 0.01 });
    // Either while it works, or at the end.
    if (what === 'refuses') expect(await until(async () => lines.length, (count) => count > 0)).toBeGreaterThan(0);
    const began = performance.now();
    await tracing.close();
    expect(performance.now() - began).toBeLessThan(4000);
    expect(lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg)).toEqual(['traces cannot be sent']);
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    removeFolder(settings);
  });
});

describe('the trace of a delivery', () => {
  test('is valid for ids of any form, and the same in every process', () => {
    for (const id of [DELIVERY, '00000000-0000-0000-0000-000000000000', 'the-same-one', 'A']) {
      expect(rootOf(id)).toEqual(rootOf(id));
      expect(rootOf(id)).toMatchObject({ traceId: expect.stringMatching(/^(?!0{32})[0-9a-f]{32}$/) as unknown, spanId: expect.stringMatching(/^(?!0{16})[0-9a-f]{16}$/) as unknown });
    }
  });
});

test('nothing of the SDK is loaded where no traces are wanted', async () => {
  const settings = settingsFor(stage.github(), null);
  const naming = "data:text/javascript,import{registerHooks as hook}from'node:module';hook({load:(url,context,next)=>(console.error('LOAD',url),next(url,context))})";
  const app = spawnApp(environmentOf(settings), { node: ['--import', naming], cwd: settings.dataFolder });
  expect(await app.listening()).not.toBeNull();
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  const loaded = app.said().split('\n').filter((line) => line.startsWith('LOAD'));
  for (const file of ['/app/tracing/tracing.ts', '/app/desk/desk.ts']) expect(loaded.some((line) => line.endsWith(file))).toBe(true);
  // The API without an implementation is prom-client's.
  expect(loaded.filter((line) => /otlp|opentelemetry\/(?!api\/)/.test(line))).toEqual([]);
  removeFolder(settings);
});
