// Signed deliveries for the App's bench, and a client that sends them over kept connections and times the answers.
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export const SECRET = 'the bench keeps no secret';

export interface Shot {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** @param payload of a `pull_request` event */
export function shot(payload: unknown): Shot {
  const body = Buffer.from(JSON.stringify(payload));
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  return { body, headers: { 'content-type': 'application/json', 'content-length': body.length, 'x-github-event': 'pull_request', 'x-github-delivery': randomUUID(), 'x-hub-signature-256': signature } };
}

export interface Volley {
  /** Milliseconds to the answer of each, sorted. */
  readonly times: readonly number[];
  readonly seconds: number;
  /** Answers other than 2xx. */
  readonly refused: number;
}

export interface Target {
  readonly url: string;
  readonly agent: Agent;
}

export function targetAt(url: string, connections: number): Target {
  return { url, agent: new Agent({ keepAlive: true, maxSockets: connections }) };
}

/** As fast as the connections carry them. */
export async function burst(target: Target, shots: readonly Shot[], connections: number): Promise<Volley> {
  let next = 0;
  return timed(async (tell) => {
    const one = async (): Promise<void> => {
      for (let mine = next++; mine < shots.length; mine = next++) await fire(target, shots[mine] as Shot, tell);
    };
    await Promise.all(Array.from({ length: connections }, one));
  });
}

export interface Persistence {
  readonly connections: number;
  /** Told of each answer how many there are by now. */
  readonly onAnswer: (answered: number) => void;
}

/** Sends each until it is acknowledged. */
export async function persist(target: Target, shots: readonly Shot[], { connections, onAnswer }: Persistence): Promise<{ readonly unanswered: number }> {
  let next = 0;
  let answered = 0;
  let unanswered = 0;
  const insist = async (each: Shot): Promise<void> => {
    let taken = false;
    while (!taken) {
      const status = await statusOf(target, each);
      taken = status === 202;
      if (taken) continue;
      unanswered += 1;
      await new Promise((resolve) => void setTimeout(resolve, 50));
    }
    onAnswer((answered += 1));
  };
  const one = async (): Promise<void> => {
    for (let mine = next++; mine < shots.length; mine = next++) await insist(shots[mine] as Shot);
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { unanswered };
}

/** So many a second, whether or not the ones before are answered. */
export async function steady(target: Target, shots: readonly Shot[], perSecond: number): Promise<Volley> {
  const start = performance.now();
  return timed(async (tell) => {
    await Promise.all(shots.map(async (each, index) => {
      await new Promise((resolve) => void setTimeout(resolve, Math.max(0, (index / perSecond) * 1000 - (performance.now() - start))));
      await fire(target, each, tell);
    }));
  });
}

async function timed(work: (tell: (ms: number, status: number) => void) => Promise<void>): Promise<Volley> {
  const times: number[] = [];
  let refused = 0;
  const start = performance.now();
  await work((ms, status) => {
    times.push(ms);
    if (status >= 300) refused += 1;
  });
  return { times: times.sort((a, b) => a - b), seconds: (performance.now() - start) / 1000, refused };
}

/** Of its answer; 0 where none came. */
async function statusOf(target: Target, each: Shot): Promise<number> {
  let answered = 0;
  await fire(target, each, (_, status) => void (answered = status)).catch(() => undefined);
  return answered;
}

function fire({ url, agent }: Target, { body, headers }: Shot, tell: (ms: number, status: number) => void): Promise<void> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        tell(performance.now() - start, answer.statusCode ?? 0);
        resolve();
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
