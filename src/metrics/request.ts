// One request to a source of metrics: limits on time and size, retries, no way to other hosts, no secret in a message.
import type { IncomingMessage, RequestOptions } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { SetupError, TransientError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import { guardedLookup, refuseAddress } from './address.ts';
import { fillSecrets, type Environment, type Secrets } from './secrets.ts';

export interface MetricRequest {
  readonly method: 'GET' | 'POST';
  /** Below the source's address: `/api/v1/query_range`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Asks a source and gives the answer's text, for every status below 300. Throws TransientError and SetupError for all others. */
export type Ask = (request: MetricRequest) => Promise<string>;

export interface AskOptions {
  readonly env: Environment;
  /** Seconds for one try, from the first byte sent to the last one read. */
  readonly timeout?: number;
  /** Ends every try and every pause: the time for all metrics of a run is over. */
  readonly signal?: AbortSignal;
  /** Waits; replaced in tests. */
  readonly pause?: (seconds: number) => Promise<void>;
}

/** What a vendor does its own way. */
export interface Dialect {
  /** The HTTP status that says what this answer means, where the vendor's own doesn't: a throttled 400, a refusal inside a 200. */
  readonly statusOf?: (answer: Answer) => number;
  /** Headers that sign the finished request. */
  readonly sign?: (request: SignedRequest) => Promise<Readonly<Record<string, string>>>;
  /** Values that `sign` sends and no message may show. */
  readonly hidden?: readonly string[];
}

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Pauses before a repeated try, seconds. */
const BACKOFF = [0.5, 2];
/** Longest `Retry-After` that is waited for, seconds; a longer one is left to the next run. */
const PATIENCE = 10;
const ANSWER_MAX = 32 * 1024 * 1024;

/** @throws SetupError for an address without a scheme, or a secret that the environment lacks */
export function createAsk(source: Source, options: AskOptions, dialect: Dialect = {}): Ask {
  const secrets = fillSecrets(source, options.env, dialect.hidden);
  const sending: Sending = { source, secrets, timeout: options.timeout ?? 15, signal: options.signal, sign: dialect.sign, env: options.env };
  const meaning = (answer: Answer): string | Error => judgeAnswer({ ...answer, status: dialect.statusOf?.(answer) ?? answer.status }, source, secrets);
  return async (request) => {
    for (let tried = 0; ; tried += 1) {
      const outcome = await send(request, sending).then(meaning, (error: unknown) => asFault(error, source, secrets));
      if (typeof outcome === 'string') return outcome;
      const backoff = BACKOFF[tried];
      const wait = Math.max(backoff ?? 0, outcome instanceof TransientError ? (outcome.retryAfter ?? 0) : 0);
      if (!(outcome instanceof TransientError) || backoff === undefined || wait > PATIENCE || options.signal?.aborted === true) throw outcome;
      await (options.pause ?? pauseUnless(options.signal))(wait);
    }
  };
}

/** Waits, but not longer than the signal lets. */
function pauseUnless(signal: AbortSignal | undefined): (seconds: number) => Promise<void> {
  return async (seconds) => setTimeout(seconds * 1000, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** The text, or what its status means. What the source says itself is quoted: short, and with our secrets cut out. */
function judgeAnswer({ status, headers, text }: Answer, source: Source, secrets: Secrets): string | Error {
  if (status >= 200 && status < 300) return text;
  const name = `the source \`${source.name}\``;
  const says = text.trim() === '' ? '' : `: ${secrets.redact(text.replaceAll(/\s{1,1000}/g, ' ')).slice(0, 300)}`;
  if (status === 429 || status >= 500) return new TransientError(status === 429 ? `${name} asks to be asked less often (429)` : `${name} is in trouble (${status})`, retryAfter(headers));
  if (status >= 300 && status < 400) return new SetupError(`${name} redirects (${status}) to ${secrets.redact(headers['location'] ?? 'nowhere').slice(0, 200)}; redirects are not followed`, 'Write the final address in `url` of the source. A redirect often leads to a log-in page: check the token.');
  if (status === 401 || status === 403) return new SetupError(`${name} refuses the token (${status})${says}`, 'Check that the secret in `headers` of the source has not expired, and may read metrics.');
  if (status === 404) return new SetupError(`${name} has nothing at this address (404)`, 'Check `url` of the source: the address without `/api/…` at its end.');
  return new SetupError(`${name} refuses the query (${status})${says}`, 'Try the query in the source itself, and correct it in the metric catalogue.');
}

/** Seconds to wait: `Retry-After`, or Datadog’s `X-RateLimit-Reset`. Dates and instants are left out, since their clock may be another one. */
function retryAfter(headers: Answer['headers']): number | null {
  const header = headers['retry-after'] ?? headers['x-ratelimit-reset'];
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

function asFault(error: unknown, source: Source, secrets: Secrets): Error {
  if (error instanceof TransientError || error instanceof SetupError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new TransientError(`the source \`${source.name}\` could not be reached (${secrets.redact(code ?? message).slice(0, 200)})`);
}

interface Sending {
  readonly source: Source;
  readonly secrets: Secrets;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly sign: Dialect['sign'];
  readonly env: Environment;
}

/** Where the environment names a proxy, Node goes through it (from 24.5 on). */
function hasProxy(env: Environment): boolean {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => (env[name] ?? '') !== '');
}

async function send(request: MetricRequest, { source, secrets, timeout, signal: runs, sign, env }: Sending): Promise<Answer> {
  const url = new URL(secrets.url.replace(/\/+$/, '') + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  refuseAddress(url, source.name);
  const { request: open, Agent } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  const own = { accept: 'application/json', 'user-agent': 'yardstick', ...request.headers, ...Object.fromEntries(secrets.headers) };
  const headers = sign === undefined ? own : { ...own, ...(await sign({ method: request.method, url, headers: own, body: request.body ?? '' })) };
  const slow = AbortSignal.timeout(timeout * 1000);
  const signal = runs === undefined ? slow : AbortSignal.any([slow, runs]);
  const options: RequestOptions = { method: request.method, signal, lookup: guardedLookup(source.name), headers, ...(hasProxy(env) ? { agent: new Agent({ proxyEnv: env } as object) } : {}) };
  return new Promise<Answer>((resolve, reject) => {
    const late = (): string => (runs?.aborted === true ? 'in the time for all metrics' : `in ${timeout} s`);
    const fail = (error: Error): void => reject(signal.aborted ? new TransientError(`the source \`${source.name}\` gave no whole answer ${late()}`) : error);
    const outgoing = open(url, options, (answer) => {
      readText(answer, source.name).then((text) => resolve({ status: answer.statusCode ?? 0, headers: { 'retry-after': answer.headers['retry-after'], 'x-ratelimit-reset': String(answer.headers['x-ratelimit-reset'] ?? ''), location: answer.headers.location }, text }), fail);
    });
    outgoing.on('error', fail);
    outgoing.end(request.body);
  });
}

async function readText(answer: IncomingMessage, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_MAX) throw new SetupError(`the answer of the source \`${name}\` is over ${ANSWER_MAX / 1024 / 1024} MiB`, 'Make the query give one series, or take a wider step.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
