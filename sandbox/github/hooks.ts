// Webhooks of Apps: taken from the emulator, set right and told; what was told can be listed, and sent again.
import { type Answer, type Ask, bodyOf, param, Refusal } from './exchange.ts';
import { amendEvent } from './amend-event.ts';
import { appOf } from './app-token.ts';
import { deliver, tell } from './deliver.ts';
import type { Layer } from './layer.ts';
import { route, type Route } from './route.ts';
import type { Delivery } from './store.ts';
import { installationOf } from './upstream.ts';

function formatDelivery(delivery: Delivery): Record<string, unknown> {
  const ok = delivery.statusCode >= 200 && delivery.statusCode < 300;
  return { id: delivery.id, guid: delivery.guid, delivered_at: delivery.at, redelivery: delivery.redelivery, duration: 0.1, status: ok ? 'OK' : 'Invalid HTTP Response', status_code: delivery.statusCode, event: delivery.event, action: delivery.action, installation_id: installationOf(delivery.app), repository_id: null, throttled_at: null };
}

/** GitHub shows the deliveries of three days. */
const SHOWN_MS = 3 * 86_400_000;

/** Newest first, turned by a cursor: there are no numbered pages. */
function listDeliveries(ask: Ask, layer: Layer): Answer {
  const app = appOf(ask, layer);
  const query = ask.url.searchParams;
  const size = Math.min(Math.max(Number(query.get('per_page') ?? 30) || 30, 1), 100);
  const before = Number(query.get('cursor')?.replace(/^v1_/, '') ?? Infinity);
  const shown = layer.store.deliveries.filter((delivery) => delivery.app === app && Date.parse(delivery.at) >= Date.now() - SHOWN_MS && delivery.id < before);
  const page = shown.toSorted((a, b) => b.id - a.id).slice(0, size);
  const next = new URL(ask.url);
  next.searchParams.set('cursor', `v1_${page.at(-1)?.id}`);
  return { status: 200, body: page.map(formatDelivery), ...(page.length < shown.length && { headers: { link: `<${next}>; rel="next"` } }) };
}

function deliveryOf(ask: Ask, layer: Layer): Delivery {
  const app = appOf(ask, layer);
  const found = layer.store.deliveries.find((delivery) => delivery.app === app && delivery.id === Number(param(ask, 'id')));
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

export const HOOK_ROUTES: readonly Route[] = [
  route('POST /_hooks/:app', async (ask, layer) => {
    const app = Number(param(ask, 'app'));
    // The emulator tells every App; hardly any listens.
    const amended = layer.store.hooks.has(app) ? await amendEvent(layer, ask.headers['x-github-event'] ?? '', bodyOf(ask)) : null;
    if (amended !== null) await tell(layer, { app, ...amended });
    return { status: 202, body: null };
  }),
  route('GET /app/hook/config', async (ask, layer) => {
    const hook = layer.store.hooks.get(appOf(ask, layer));
    return { status: 200, body: { content_type: 'json', insecure_ssl: '0', ...(hook && { secret: '********', url: hook.url }) } };
  }),
  route('GET /app/hook/deliveries', async (ask, layer) => listDeliveries(ask, layer)),
  route('GET /app/hook/deliveries/:id', async (ask, layer) => {
    const delivery = deliveryOf(ask, layer);
    return { status: 200, body: { ...formatDelivery(delivery), url: layer.store.hooks.get(delivery.app)?.url ?? '', request: { headers: {}, payload: delivery.payload }, response: { headers: {}, payload: '' } } };
  }),
  route('POST /app/hook/deliveries/:id/attempts', async (ask, layer) => {
    const { app, event, payload, ...old } = deliveryOf(ask, layer);
    // GitHub answers before it has sent it.
    void deliver(layer, { app, event, payload, redelivery: { app, event, payload, ...old } });
    return { status: 202, body: {} };
  }),
];
