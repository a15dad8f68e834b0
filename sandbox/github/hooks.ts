// Webhooks of Apps: taken from the emulator, corrected, numbered uniquely, signed, delivered and kept for redelivery.
import { createHmac, randomUUID } from 'node:crypto';
import { type Ask, bodyOf, paged, param, Refusal } from './exchange.ts';
import { APPS } from './apps.ts';
import { type Layer, timestamp } from './layer.ts';
import { amendPull, type Pull } from './pulls.ts';
import { route, type Route } from './route.ts';
import type { Delivery } from './store.ts';
import { installationOf } from './upstream.ts';

type Payload = Record<string, unknown> & { readonly action?: string; readonly repository?: { readonly full_name: string } };

/** Sends an event to an App's server, as GitHub does: once, and never again by itself. */
export async function deliver(layer: Layer, of: { app: number; event: string; payload: Payload; redelivery?: Delivery }): Promise<Delivery> {
  const guid = of.redelivery?.guid ?? randomUUID();
  const hook = layer.store.hooks.get(of.app);
  const payload = { ...of.payload, installation: { id: installationOf(of.app), node_id: `MDIz${installationOf(of.app)}` } };
  const text = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json', 'user-agent': 'GitHub-Hookshot/sandbox', 'x-github-event': of.event, 'x-github-delivery': guid, 'x-github-hook-id': String(of.app),
    'x-github-hook-installation-target-id': String(of.app), 'x-github-hook-installation-target-type': 'integration', 'x-hub-signature-256': `sha256=${createHmac('sha256', hook?.secret ?? '').update(text).digest('hex')}`,
  };
  const statusCode = hook === undefined ? 0 : await fetch(hook.url, { method: 'POST', headers, body: text, signal: AbortSignal.timeout(10_000) }).then((response) => response.status, () => 0);
  const delivery: Delivery = { id: layer.store.nextId(), guid, app: of.app, event: of.event, action: of.payload.action ?? null, at: timestamp(), redelivery: of.redelivery !== undefined, payload, statusCode };
  layer.store.deliveries.push(delivery);
  return delivery;
}

/** Tells every App with a server of something that the emulator knows nothing of. */
export async function announce(layer: Layer, event: string, payload: Payload): Promise<void> {
  await Promise.all([...layer.store.hooks.keys()].map((app) => deliver(layer, { app, event, payload })));
}

/** The emulator says `issues` when a pull request is labelled; GitHub says `pull_request`, with the pull request whole. */
async function correct(layer: Layer, event: string, payload: Payload): Promise<{ event: string; payload: Payload }> {
  const repository = payload.repository?.full_name ?? '';
  const issue = payload['issue'] as { number?: number; pull_request?: unknown; head?: unknown } | undefined;
  const labelled = event === 'issues' && (payload.action === 'labeled' || payload.action === 'unlabeled');
  if (labelled && (issue?.pull_request !== undefined || issue?.head !== undefined)) {
    const { issue: _, ...rest } = payload;
    const pull = await layer.upstream.request('GET', `/repos/${repository}/pulls/${issue.number}`);
    return { event: 'pull_request', payload: { ...rest, number: issue.number, pull_request: await amendPull(layer, repository, pull.body as Pull) } };
  }
  const pull = payload['pull_request'] as Pull | undefined;
  if (event !== 'pull_request' || pull === undefined) return { event, payload };
  return { event, payload: { ...payload, number: pull.number, pull_request: await amendPull(layer, repository, pull) } };
}

function formatDelivery(delivery: Delivery): Record<string, unknown> {
  const ok = delivery.statusCode >= 200 && delivery.statusCode < 300;
  return { id: delivery.id, guid: delivery.guid, delivered_at: delivery.at, redelivery: delivery.redelivery, duration: 0.1, status: ok ? 'OK' : 'Invalid HTTP Response', status_code: delivery.statusCode, event: delivery.event, action: delivery.action, installation_id: installationOf(delivery.app), repository_id: null, throttled_at: null };
}

/** The App whose JSON web token this is. */
function appOf(ask: Ask): number {
  const part = ask.token?.split('.')[1];
  if (part === undefined) throw new Refusal(401, 'A JSON web token could not be decoded');
  return Number((JSON.parse(Buffer.from(part, 'base64url').toString()) as { iss: string }).iss);
}

function deliveryOf(ask: Ask, layer: Layer): Delivery {
  const found = layer.store.deliveries.find((delivery) => delivery.app === appOf(ask) && delivery.id === Number(param(ask, 'id')));
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

export const HOOK_ROUTES: readonly Route[] = [
  route('POST /_hooks/:app', async (ask, layer) => {
    const app = APPS.find((candidate) => candidate.id === Number(param(ask, 'app')));
    const { event, payload } = await correct(layer, ask.headers['x-github-event'] ?? '', bodyOf(ask));
    if (app !== undefined && layer.store.hooks.has(app.id)) await deliver(layer, { app: app.id, event, payload });
    return { status: 202, body: null };
  }),
  route('GET /app/hook/deliveries', async (ask, layer) => paged(ask, layer.store.deliveries.filter((delivery) => delivery.app === appOf(ask)).toReversed().map(formatDelivery))),
  route('GET /app/hook/deliveries/:id', async (ask, layer) => {
    const delivery = deliveryOf(ask, layer);
    return { status: 200, body: { ...formatDelivery(delivery), url: layer.store.hooks.get(delivery.app)?.url ?? '', request: { headers: {}, payload: delivery.payload }, response: { headers: {}, payload: '' } } };
  }),
  route('POST /app/hook/deliveries/:id/attempts', async (ask, layer) => {
    const old = deliveryOf(ask, layer);
    await deliver(layer, { app: old.app, event: old.event, payload: old.payload, redelivery: old });
    return { status: 202, body: {} };
  }),
];
