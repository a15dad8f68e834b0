// Tells Apps of events as GitHub does: signed, with a number of their own each, once, and only those who may hear it.
import { createHmac, randomUUID } from 'node:crypto';
import { subscribes } from './apps.ts';
import { hears } from './installation-state.ts';
import { type Layer, timestamp } from './layer.ts';
import type { Delivery, Payload } from './store.ts';
import { installationOf } from './upstream.ts';

/** Sends an event to an App's server, as GitHub does: once, and never again by itself. */
export async function deliver(layer: Layer, of: { app: number; event: string; payload: Payload; redelivery?: Delivery }): Promise<Delivery> {
  const guid = of.redelivery?.guid ?? randomUUID();
  const hook = layer.store.hooks.get(of.app);
  const payload = { installation: { id: installationOf(of.app), node_id: `MDIz${installationOf(of.app)}` }, ...of.payload };
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

/** Tells every App with a server that may hear it of something that the emulator knows nothing of. */
export async function announce(layer: Layer, event: string, payload: Payload): Promise<void> {
  await Promise.all([...layer.store.hooks.keys()].map((app) => tell(layer, { app, event, payload })));
}

/** Tells one App, where it has asked for such events and the installation is there to hear. */
export async function tell(layer: Layer, of: { readonly app: number; readonly event: string; readonly payload: Payload }): Promise<void> {
  if (layer.store.hooks.has(of.app) && subscribes(of.app, of.event) && hears(layer, of.app, of.payload)) await deliver(layer, of);
}
