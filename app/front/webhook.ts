// Takes a webhook: what can be refused without its body is, then signature, inbox, 202. Nothing is worked on here.
import type { IncomingMessage } from 'node:http';
import type { Delivery } from '../inbox/delivery.ts';
import type { Outcome } from '../metrics.ts';
import type { Crowd } from './crowd.ts';
import { isSignature, isSigned } from './signature.ts';

/** GitHub caps payloads here. */
const BODY_MAX = 25 * 1024 * 1024;
/** Bodies that are being received, all together: beyond it senders are told to come back. */
const IN_FLIGHT_MAX = 64 * 1024 * 1024;
const ID = /^[A-Za-z0-9-]{1,64}$/;
const EVENT = /^[a-z0-9_]{1,60}$/;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** One word for the metrics. */
  readonly outcome: Outcome;
  readonly delivery: string | null;
  /** How loudly the log tells it: what anybody can do by hanging up is no line of an ordinary log. */
  readonly level: 'debug' | 'warn';
}

export interface Intake {
  /** Any of them will do: while one is replaced there are two. */
  readonly secrets: readonly string[];
  /** Resolves when the delivery would survive a power cut. */
  readonly accept: (delivery: Delivery) => Promise<void>;
  /** Those that wait for their answer. */
  readonly crowd: Crowd;
}

export interface Webhook {
  readonly take: (request: IncomingMessage) => Promise<Answer>;
}

/** One per server: it counts what is in flight. */
export function createWebhook({ secrets, accept, crowd }: Intake): Webhook {
  let inFlight = 0;
  const take: Webhook['take'] = async (request) => {
    const { headers } = request;
    const length = Number(headers['content-length']);
    const signature = headers['x-hub-signature-256'];
    const id = String(headers['x-github-delivery'] ?? '');
    const event = String(headers['x-github-event'] ?? '');
    const answer = (status: number, outcome: Answer['outcome'], text: string): Answer => ({ status, outcome, text, delivery: ID.test(id) ? id : null, level: 'warn' });
    if (!Number.isInteger(length)) return answer(411, 'refused', 'a webhook says its length');
    if (length > BODY_MAX) return answer(413, 'oversized', 'larger than any webhook');
    if (!ID.test(id) || !EVENT.test(event)) return answer(400, 'refused', 'not a webhook of GitHub');
    if (typeof signature !== 'string' || !isSignature(signature)) return answer(401, 'forged', 'not signed');
    if (inFlight + length > IN_FLIGHT_MAX) return answer(503, 'busy', 'too much at once, send it again');
    inFlight += length;
    crowd.enter();
    try {
      const body = await readBody(request, length);
      if (body === 'broken off') return { ...answer(400, 'refused', 'the sender broke off'), level: 'debug' };
      if (body === 'of another length') return answer(400, 'refused', 'the body is not as long as it says');
      if (!isSigned(body, signature, secrets)) return answer(401, 'forged', 'the signature does not fit');
      await accept({ id, event, receivedAt: new Date().toISOString(), payload: body.length === 1 && body[0] ? body[0] : Buffer.concat(body, length) });
      return answer(202, 'accepted', 'stored');
    } finally {
      inFlight -= length;
      crowd.leave();
    }
  };
  return { take };
}

/** The chunks of a body, or why there is none. */
function readBody(request: IncomingMessage, length: number): Promise<readonly Buffer[] | 'of another length' | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > length) resolve('of another length');
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(size === length ? chunks : 'of another length'));
    // The sender hung up, or was cut off for its slowness: trouble of its own, not ours.
    request.on('error', () => resolve('broken off'));
    request.on('close', () => resolve('broken off'));
  });
}
