// What the App answers: GitHub's webhooks, the probes of whoever runs it, and its metrics.
import type { IncomingMessage } from 'node:http';
import type { Desk } from '../desk/desk.ts';
import type { Log } from '../log.ts';
import type { DoorMetrics } from '../metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { reply } from './server.ts';
import type { Handler, Routes } from './server.ts';
import type { Webhook } from './webhook.ts';

export interface RouteTools {
  readonly webhook: Webhook;
  readonly metrics: DoorMetrics;
  readonly desk: Pick<Desk, 'metrics' | 'readiness' | 'ping'>;
  readonly log: Log;
  readonly tracing: Pick<Tracing, 'webhook'>;
}

/** The second is where Probot's Apps have it: a moved App keeps its address. */
const WEBHOOKS = ['POST /', 'POST /api/github/webhooks'];

export function appRoutes(tools: RouteTools): Routes {
  const { metrics, desk } = tools;
  const webhooks = { handle: takeWebhook(tools), failed: 'not stored, send it again' };
  return {
    ...Object.fromEntries(WEBHOOKS.map((route) => [route, webhooks])),
    'GET /healthz': { handle: async (_, response) => {
      const alive = await desk.ping().then(() => true, () => false);
      reply(response, alive ? 200 : 503, alive ? 'alive' : NO_DESK);
    }, failed: 'not known' },
    'GET /readyz': { handle: async (request, response) => {
      const { shut, stuck } = await desk.readiness().catch(() => ({ shut: NO_DESK, stuck: null }));
      const isUnready = shut !== null || (stuck !== null && !leavesQueue(request));
      reply(response, isUnready ? 503 : 200, shut ?? stuck ?? 'ready');
    }, failed: 'not known' },
    'GET /metrics': { handle: async (_, response) => {
      const [door, behind] = await Promise.all([metrics.render(), desk.metrics()]);
      response.setHeader('content-type', metrics.contentType);
      reply(response, 200, `${door.trimEnd()}\n${behind}`);
    }, failed: 'the metrics cannot be read' },
  };
}

const NO_DESK = 'the desk does not answer';

/** `?queue=told`: whoever sends webhooks here asks only whether they can be stored. */
function leavesQueue({ url = '' }: IncomingMessage): boolean {
  return new URLSearchParams(url.split('?')[1]).get('queue') === 'told';
}

function takeWebhook({ webhook, metrics, log, tracing }: RouteTools): Handler {
  return async (request, response) => {
    const began = performance.now();
    const { status, text, outcome, delivery, level } = await webhook.take(request).catch((error: unknown) => {
      metrics.delivery('failed', 0);
      throw error;
    });
    // The rest of a refused body is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    reply(response, status, text);
    const seconds = (performance.now() - began) / 1000;
    metrics.delivery(outcome, seconds);
    if (outcome === 'accepted' && delivery !== null) tracing.webhook({ delivery, event: String(request.headers['x-github-event']), status, seconds });
    else log[level]({ delivery, outcome, from: request.socket.remoteAddress }, text);
  };
}
