// What the App answers: GitHub's webhooks, the probes of whoever runs it, and its metrics.
import type { Desk } from '../desk/desk.ts';
import type { Log } from '../log.ts';
import type { DoorMetrics } from '../metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { reply } from './server.ts';
import type { Routes } from './server.ts';
import type { Webhook } from './webhook.ts';

export interface RouteTools {
  readonly webhook: Webhook;
  readonly metrics: DoorMetrics;
  readonly desk: Pick<Desk, 'metrics' | 'notReady'>;
  readonly log: Log;
  readonly tracing: Pick<Tracing, 'webhook'>;
}

/** The second is where Probot's Apps have it: a moved App keeps its address. */
const WEBHOOKS = ['POST /', 'POST /api/github/webhooks'];

export function appRoutes({ webhook, metrics, desk, log, tracing }: RouteTools): Routes {
  const take: Routes[string] = async (request, response) => {
    const began = performance.now();
    const { status, text, outcome, delivery } = await webhook.take(request).catch((error: unknown) => {
      metrics.delivery('failed', 0);
      throw error;
    });
    // The rest of a refused body is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    reply(response, status, text);
    const seconds = (performance.now() - began) / 1000;
    metrics.delivery(outcome, seconds);
    if (outcome === 'accepted' && delivery !== null) tracing.webhook({ delivery, event: String(request.headers['x-github-event']), status, seconds });
    else log.warn({ delivery, outcome, from: request.socket.remoteAddress }, text);
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
