// When a request is sent again: after a fault if it may be done twice, after a limit once GitHub opens again.
import { TransientError } from '../errors.ts';
import { readLimit } from './answers.ts';
import type { ApiRequest, ApiResponse } from './transport.ts';

/** Pauses after faults, seconds; then the fault stands. */
const BACKOFF = [0.3, 1];
/** GitHub asks for at least a minute where it names no pause, and for longer each time. */
const UNNAMED_PAUSE = 60;
/** A pause of nothing would ask again and again. */
const SHORTEST_PAUSE = 1;

/** What a request has been through. */
export interface Tried {
  readonly faults: number;
  readonly limits: number;
  /** Seconds spent waiting for limits to open. */
  readonly waited: number;
}

export const UNTRIED: Tried = { faults: 0, limits: 0, waited: 0 };

export interface Retry {
  /** Seconds to wait first. */
  readonly pause: number;
  readonly because: 'fault' | 'limit';
  readonly tried: Tried;
}

/** The next try, or null where this outcome stands. `patience`: the longest that may be waited for limits in all, seconds. */
export function planRetry(request: ApiRequest, outcome: ApiResponse | Error, { tried, patience }: { readonly tried: Tried; readonly patience: number }): Retry | null {
  if (outcome instanceof TransientError) return afterFault(request, tried);
  if (outcome instanceof Error) return null;
  const limit = readLimit(outcome);
  if (limit !== null) return afterLimit(limit.pause, { tried, patience });
  return outcome.status >= 500 ? afterFault(request, tried) : null;
}

/** A write may have been done although its answer was lost: it is never sent twice. Our GraphQL requests are all reads. */
function afterFault({ method, path }: ApiRequest, tried: Tried): Retry | null {
  const pause = BACKOFF[tried.faults];
  const repeatable = method === 'GET' || path === '/graphql';
  return pause === undefined || !repeatable ? null : { pause, because: 'fault', tried: { ...tried, faults: tried.faults + 1 } };
}

/** What a limit refused was not done, so a write is sent again too. */
function afterLimit(named: number | null, { tried, patience }: { readonly tried: Tried; readonly patience: number }): Retry | null {
  const pause = named === null ? UNNAMED_PAUSE * 2 ** tried.limits : Math.max(named, SHORTEST_PAUSE);
  const waited = tried.waited + pause;
  return waited > patience ? null : { pause, because: 'limit', tried: { ...tried, limits: tried.limits + 1, waited } };
}
