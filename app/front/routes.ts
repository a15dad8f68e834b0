// What the App answers: GitHub's webhooks, the probes of whoever runs it, and its metrics.
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { reply } from './server.ts';
import type { Routes } from './server.ts';
import type { Webhook } from './webhook.ts';

export interface RouteTools {
  readonly webhook: Webhook;
  /** null when all is well, else what is wrong, in words. */
  readonly notReady: () => Promise<string | null>;
  readonly metrics: () => Promise<Metrics>;
  readonly log: Log;
}

/** The second is where Probot's Apps have it: a moved App keeps its address. */
const WEBHOOKS = ['POST /', 'POST /api/github/webhooks'];

export function appRoutes({ webhook, notReady, metrics, log }: RouteTools): Routes {
  const take: Routes[string] = async (request, response) => {
    const began = performance.now();
    const { status, text, outcome, delivery } = await webhook.take(request);
    // The rest of a refused body is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    reply(response, status, text);
    void metrics().then((told) => told.delivery(outcome, (performance.now() - began) / 1000));
    if (outcome !== 'accepted') log.warn({ delivery, outcome, from: request.socket.remoteAddress }, text);
  };
  return {
    ...Object.fromEntries(WEBHOOKS.map((route) => [route, take])),
    'GET /healthz': async (_, response) => reply(response, 200, 'alive'),
    'GET /readyz': async (_, response) => {
      const why = await notReady();
      reply(response, why === null ? 200 : 503, why ?? 'ready');
    },
    'GET /metrics': async (_, response) => {
      const told = await metrics();
      response.setHeader('content-type', told.contentType);
      reply(response, 200, await told.render());
    },
  };
}
