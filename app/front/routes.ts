// What the App answers: GitHub's webhooks, the probes of whoever runs it, and its metrics.
import type { Desk } from '../desk/desk.ts';
import type { Log } from '../log.ts';
import type { DoorMetrics } from '../metrics.ts';
import { reply } from './server.ts';
import type { Routes } from './server.ts';
import type { Webhook } from './webhook.ts';

export interface RouteTools {
  readonly webhook: Webhook;
  readonly metrics: DoorMetrics;
  readonly desk: Pick<Desk, 'metrics' | 'notReady'>;
  readonly log: Log;
}

/** The second is where Probot's Apps have it: a moved App keeps its address. */
const WEBHOOKS = ['POST /', 'POST /api/github/webhooks'];

export function appRoutes({ webhook, metrics, desk, log }: RouteTools): Routes {
  const take: Routes[string] = async (request, response) => {
    const began = performance.now();
    const { status, text, outcome, delivery } = await webhook.take(request).catch((error: unknown) => {
      metrics.delivery('failed', 0);
      throw error;
    });
    // The rest of a refused body is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    reply(response, status, text);
    metrics.delivery(outcome, (performance.now() - began) / 1000);
    if (outcome !== 'accepted') log.warn({ delivery, outcome, from: request.socket.remoteAddress }, text);
  };
  return {
    ...Object.fromEntries(WEBHOOKS.map((route) => [route, take])),
    'GET /healthz': async (_, response) => reply(response, 200, 'alive'),
    'GET /readyz': async (_, response) => {
      const why = await desk.notReady();
      reply(response, why === null ? 200 : 503, why ?? 'ready');
    },
    'GET /metrics': async (_, response) => {
      const [door, behind] = await Promise.all([metrics.render(), desk.metrics()]);
      response.setHeader('content-type', metrics.contentType);
      reply(response, 200, `${door.trimEnd()}\n${behind}`);
    },
  };
}
