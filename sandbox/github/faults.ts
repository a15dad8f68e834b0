// Faults on demand: what a real GitHub does on a bad day, for the requests that a test names.
import type { Answer } from './exchange.ts';

export interface Fault {
  /** Which requests: method and path with query, e.g. /^GET .*\/contents\//. */
  readonly on: RegExp;
  /** What to answer instead; left out to answer as always, but late. */
  readonly status?: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before the answer. */
  readonly latency?: number;
  /** How often; for ever unless said. */
  readonly times?: number;
}

/** The faults in force, in the order they were set; the first that fits is used. */
export class Faults {
  #faults: { fault: Fault; left: number }[] = [];

  set(...faults: readonly Fault[]): void {
    this.#faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? Infinity })));
  }

  clear(): void {
    this.#faults = [];
  }

  /** Waits as long as the matching fault says and gives its answer; null where the request goes its usual way. */
  async answer(request: string): Promise<Answer | null> {
    const hit = this.#faults.find((entry) => entry.left > 0 && entry.fault.on.test(request));
    if (hit === undefined) return null;
    hit.left -= 1;
    const { latency, status, message, headers } = hit.fault;
    if (latency !== undefined) await new Promise((done) => setTimeout(done, latency));
    if (status === undefined) return null;
    return { status, body: status === 502 ? '<html><body><h1>502 Bad Gateway</h1></body></html>' : { message: message ?? `fault ${status}`, documentation_url: 'https://docs.github.com/rest', status: String(status) }, ...(headers && { headers }) };
  }
}

/** The secondary rate limit, as GitHub words it. @param seconds of Retry-After */
export function secondaryLimit(on: RegExp, seconds: number): Fault {
  return { on, status: 403, message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', headers: { 'retry-after': String(seconds) } };
}

/** The hourly limit is used up until `reset` (seconds since 1970). */
export function primaryLimit(on: RegExp, reset: number): Fault {
  const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset), 'x-ratelimit-resource': 'core' };
  return { on, status: 403, message: 'API rate limit exceeded for installation ID 1015368.', headers };
}
