// Faults on demand: what a real GitHub does on a bad day, for the requests that a test names.
import type { Answer } from './exchange.ts';

export interface Fault {
  /** Which requests: method and path with query, e.g. /^GET .*\/contents\//. */
  readonly on: RegExp;
  /** Whose; anybody's unless said. */
  readonly of?: 'apps';
  /** What to answer instead; left out to answer as always, but late. */
  readonly status?: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the answer. */
  readonly latency?: number;
  /** Drops the connection instead of answering: before anything is done, or after it was done, as when an answer is lost. */
  readonly cut?: 'before' | 'after';
  /** How often; for ever unless said. */
  readonly times?: number;
  /** Only every so many of the requests that fit. */
  readonly every?: number;
}

/** The faults in force, in the order they were set; the first that fits is used. */
export class Faults {
  #faults: { fault: Fault; left: number; seen: number }[] = [];

  set(...faults: readonly Fault[]): void {
    this.#faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity, seen: 0 })));
  }

  clear(): void {
    this.#faults = [];
  }

  /** The fault that befalls a request, counted as used; null where it goes its usual way. Waits as long as the fault says. */
  async befall(request: string, { isPerson }: { readonly isPerson: boolean }): Promise<Fault | null> {
    const hit = this.#faults.find((entry) => entry.left > 0 && !(entry.fault.of === 'apps' && isPerson) && entry.fault.on.test(request) && (entry.seen += 1) % (entry.fault.every ?? 1) === 0);
    if (hit === undefined) return null;
    hit.left -= 1;
    const { latency } = hit.fault;
    if (latency !== undefined) await new Promise((done) => setTimeout(done, latency));
    return hit.fault;
  }
}

/** What a fault answers; null where it lets the request be answered as always. */
export function faultAnswer({ status, message, headers }: Fault): Answer | null {
  if (status === undefined) return null;
  const body = status === 502 ? '<html><body><h1>502 Bad Gateway</h1></body></html>' : { message: message ?? `fault ${status}`, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body, ...(headers && { headers }) };
}

/** The secondary rate limit, as GitHub words it. @param seconds of Retry-After, which GitHub doesn't always send */
export function secondaryLimit(on: RegExp, seconds: number | null): Fault {
  return { on, status: 403, message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', ...(seconds !== null && { headers: { 'retry-after': String(seconds) } }) };
}

/** The hourly limit is used up until `reset` (seconds since 1970). */
export function primaryLimit(on: RegExp, reset: number): Fault {
  const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset), 'x-ratelimit-resource': 'core' };
  return { on, status: 403, message: 'API rate limit exceeded for installation ID 1015368.', headers };
}
