// Takes a webhook: what can be refused without its body is, then signature, inbox, 202. Nothing is worked on here.
import type { IncomingMessage } from 'node:http';
import type { Delivery } from '../inbox/delivery.ts';
import type { Outcome } from '../metrics.ts';
import { createReceive } from './body.ts';
import type { Limits, Missing } from './body.ts';
import type { Crowd } from './crowd.ts';
import { isSignature, isSigned } from './signature.ts';

/** GitHub caps payloads here. */
const BODY_MAX = 25 * 1024 * 1024;
const LIMITS: Limits = { most: 64 * 1024 * 1024, idleMs: 5000 };
const ID = /^[A-Za-z0-9-]{1,64}$/;
const EVENT = /^[a-z0-9_]{1,60}$/;
/** GitHub can send forms as well, in which nobody would find anything. */
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

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
  /** Unless given, those that GitHub never meets. */
  readonly limits?: Limits;
}

export interface Webhook {
  readonly take: (request: IncomingMessage) => Promise<Answer>;
}

/** What becomes of a body that did not come whole. */
const MISSING: Readonly<Record<Missing, Pick<Answer, 'status' | 'outcome' | 'text' | 'level'>>> = {
  'broken off': { status: 400, outcome: 'refused', text: 'the sender broke off', level: 'debug' },
  'of another length': { status: 400, outcome: 'refused', text: 'the body is not as long as it says', level: 'warn' },
  'too slow': { status: 408, outcome: 'refused', text: 'the sender sends nothing', level: 'debug' },
  'no room': { status: 503, outcome: 'busy', text: 'too much at once, send it again', level: 'warn' },
};

/** One per server: it counts what is in flight. */
export function createWebhook({ secrets, accept, crowd, limits = LIMITS }: Intake): Webhook {
  const receive = createReceive(limits);
  /** Only who has the secret is a part of the crowd. */
  const acceptAmong = (delivery: Delivery): Promise<void> => {
    crowd.enter();
    return accept(delivery).finally(crowd.leave);
  };
  const take: Webhook['take'] = async (request) => {
    const { headers } = request;
    const length = Number(headers['content-length']);
    const signature = headers['x-hub-signature-256'];
    const id = String(headers['x-github-delivery'] ?? '');
    const event = String(headers['x-github-event'] ?? '');
    const delivery = ID.test(id) ? id : null;
    const answer = (status: number, outcome: Answer['outcome'], text: string): Answer => ({ status, outcome, text, delivery, level: 'warn' });
    if (!Number.isInteger(length)) return answer(411, 'refused', 'a webhook says its length');
    if (length > BODY_MAX) return answer(413, 'oversized', 'larger than any webhook');
    if (!ID.test(id) || !EVENT.test(event)) return answer(400, 'refused', 'not a webhook of GitHub');
    if (typeof signature !== 'string' || !isSignature(signature)) return answer(401, 'forged', 'not signed');
    if (!JSON_TYPE.test(headers['content-type'] ?? '')) return answer(415, 'refused', 'not JSON: set the content type of the App\'s webhook to application/json');
    return receive(request, length, async (body) => {
      if (typeof body === 'string') return { ...MISSING[body], delivery };
      if (!isSigned(body, signature, secrets)) return answer(401, 'forged', 'the signature does not fit');
      await acceptAmong({ id, event, receivedAt: new Date().toISOString(), payload: body.length === 1 && body[0] ? body[0] : Buffer.concat(body, length) });
      return answer(202, 'accepted', 'stored');
    });
  };
  return { take };
}
