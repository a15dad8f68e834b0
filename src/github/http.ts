// Sends requests to GitHub over node:https: keep-alive, limits on time and size, retries of what may be repeated.
import type { ClientRequest, IncomingMessage } from 'node:http';
import { SetupError, TransientError } from '../errors.ts';
import { loadClient } from './client.ts';
import type { Client, ClientOptions } from './client.ts';
import { planRetry, UNTRIED } from './retry.ts';
import type { ApiRequest, ApiResponse, Transport } from './transport.ts';

export interface TransportOptions extends ClientOptions {
  /** `https://api.github.com`, or `https://HOST/api/v3` on Enterprise Server. */
  readonly apiUrl: string;
  /** Derived from `apiUrl` where it isn't given. */
  readonly graphqlUrl?: string | undefined;
  /** Asked for with each request where it changes: an installation's lives for an hour. */
  readonly token: string | (() => Promise<string>);
  /** Shared between transports; of its own unless given. */
  readonly clients?: Clients;
  /** Longest that a request waits for rate limits in all, seconds; a longer pause ends it. */
  readonly patience?: number;
  /** Told before each such pause, of its seconds. */
  readonly onLimit?: (seconds: number) => void;
  /** Waits; replaced in tests. */
  readonly pause?: (seconds: number) => Promise<void>;
  /** Told when a request has been handed to the network: the time until its answer is free for other work. */
  readonly onSent?: (request: ApiRequest) => void;
  /** Silence after which a request is given up, seconds. GitHub itself gives up after 10. */
  readonly timeout?: number;
}

/** Clients with their open connections, by protocol: a host with many tokens shares them. */
export type Clients = Map<string, Promise<Client>>;

const REDIRECTS_MAX = 3;
/** A page of 100 files with their patches is below 10 MiB, an artefact may be larger. */
const ANSWER_MAX = 32 * 1024 * 1024;

interface Attempt {
  readonly request: ApiRequest;
  readonly url: URL;
  readonly redirects: number;
}

/** The transport of a host that has a token and no client of its own. */
export function createTransport(options: TransportOptions): Transport {
  const send = createSender(options);
  const pause = options.pause ?? ((seconds) => new Promise((resolve) => void setTimeout(resolve, seconds * 1000)));
  return async (request) => {
    for (let tried = UNTRIED; ; ) {
      const outcome = await send({ request, url: urlOf(request, options), redirects: 0 }).catch(asTransient);
      const retry = planRetry(request, outcome, { tried, patience: options.patience ?? 5 });
      if (retry === null) {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }
      if (retry.because === 'limit') options.onLimit?.(retry.pause);
      await pause(retry.pause);
      tried = retry.tried;
    }
  };
}

function asTransient(error: unknown): Error {
  if (error instanceof TransientError || error instanceof SetupError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new TransientError(`GitHub could not be reached (${code ?? message})`);
}

function urlOf({ path, query }: ApiRequest, { apiUrl, graphqlUrl }: TransportOptions): URL {
  const root = apiUrl.replace(/\/+$/, '');
  const url = new URL(path === '/graphql' ? (graphqlUrl ?? `${root.replace(/\/api\/v3$/, '/api')}/graphql`) : root + path);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
  return url;
}

/** With the token that this request carries. */
type Settled = TransportOptions & { readonly token: string };

type Sender = (attempt: Attempt) => Promise<ApiResponse>;

function createSender(options: TransportOptions): Sender {
  const clients: Clients = options.clients ?? new Map();
  const clientFor = ({ protocol }: URL) => {
    const known = clients.get(protocol);
    if (known) return known;
    const client = loadClient(protocol, options);
    clients.set(protocol, client);
    return client;
  };
  const send: Sender = async (attempt) => {
    const [{ request, agent, dropIdle }, token] = await Promise.all([clientFor(attempt.url), typeof options.token === 'string' ? options.token : options.token()]);
    dropIdle();
    const answer = await exchange({ attempt, options: { ...options, token }, open: (headers, answered) => request(attempt.url, { method: attempt.request.method, agent, headers }, answered) });
    const next = redirect(attempt, answer);
    return next === null ? answer : send(next);
  };
  return send;
}

function exchange({ attempt, options, open }: { readonly attempt: Attempt; readonly options: Settled; readonly open: (headers: Record<string, string | number>, answered: (answer: IncomingMessage) => void) => ClientRequest }): Promise<ApiResponse> {
  const { request, url } = attempt;
  const body = request.body === undefined ? null : Buffer.from(JSON.stringify(request.body));
  const seconds = options.timeout ?? 15;
  return new Promise((resolve, reject) => {
    const outgoing = open({ ...headersOf(attempt, options), ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}) }, (answer) => {
      collect(answer).then((bytes) => resolve({ status: answer.statusCode ?? 0, headers: flat(answer.headers), body: decode(bytes, request) }), reject);
    });
    outgoing.setTimeout(seconds * 1000, () => outgoing.destroy(new TransientError(`no answer from ${url.host} for ${seconds} s`)));
    outgoing.on('error', reject);
    outgoing.once('finish', () => options.onSent?.(request));
    outgoing.end(body ?? undefined);
  });
}

/** The token goes to GitHub's API alone, never to the storage that an archive is redirected to. */
function headersOf({ request, url }: Attempt, options: Settled): Record<string, string> {
  const own = [options.apiUrl, options.graphqlUrl].some((known) => known !== undefined && new URL(known).origin === url.origin);
  return {
    accept: request.accept ?? 'application/vnd.github+json',
    'user-agent': 'yardstick',
    'x-github-api-version': '2022-11-28',
    ...(own && options.token !== '' ? { authorization: `Bearer ${options.token}` } : {}),
  };
}

async function collect(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_MAX) throw new SetupError(`GitHub's answer is over ${ANSWER_MAX / 1024 / 1024} MiB`, 'Make what is read smaller, for example the artefact.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function decode(bytes: Buffer, { expects }: ApiRequest): unknown {
  if (expects === 'bytes') return new Uint8Array(bytes);
  const text = bytes.toString('utf8');
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}

/** Where a redirect leads: renamed repositories on the same host, archives anywhere over TLS; null for everything else. */
function redirect({ request, url, redirects }: Attempt, { status, headers }: ApiResponse): Attempt | null {
  if (![301, 302, 307, 308].includes(status) || headers['location'] === undefined || redirects >= REDIRECTS_MAX) return null;
  const next = new URL(headers['location'], url);
  const sameHost = next.origin === url.origin;
  const archive = request.expects === 'bytes' && request.method === 'GET' && (next.protocol === 'https:' || url.protocol === 'http:');
  return sameHost || archive ? { request, url: next, redirects: redirects + 1 } : null;
}
