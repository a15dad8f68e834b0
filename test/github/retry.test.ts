// Which outcomes are tried again, and after how long.
import { describe, expect, it } from 'vitest';
import { SetupError, TransientError } from '../../src/errors.ts';
import { planRetry, UNTRIED } from '../../src/github/retry.ts';
import type { Tried } from '../../src/github/retry.ts';
import type { ApiRequest, ApiResponse } from '../../src/github/transport.ts';

const READ: ApiRequest = { method: 'GET', path: '/x' };
const QUERY: ApiRequest = { method: 'POST', path: '/graphql' };
const WRITE: ApiRequest = { method: 'POST', path: '/x' };
const PATIENCE = 180;

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, message = ''): ApiResponse => ({ status, headers, body: { message } });
const SECONDARY = answer(403, {}, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.');
const inSeconds = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);

/** The pauses taken when a request meets the same outcome again and again. */
function pauses(request: ApiRequest, outcome: ApiResponse | Error, patience = PATIENCE): readonly number[] {
  const taken: number[] = [];
  let tried: Tried | null = UNTRIED;
  while (tried !== null && taken.length < 50) {
    const retry = planRetry(request, outcome, { tried, patience });
    if (retry !== null) taken.push(retry.pause);
    tried = retry?.tried ?? null;
  }
  return taken;
}

describe('pauses until the outcome stands', () => {
  it.each<[string, ApiRequest, ApiResponse | Error, readonly number[]]>([
    ['an answer', READ, answer(200), []],
    ['a refusal that lasts', WRITE, answer(403, {}, 'Resource not accessible by integration'), []],
    ['a setup that is wrong', READ, new SetupError('x', 'y'), []],
    ['a read: 502', READ, answer(502), [0.3, 1]],
    ['a query: 502', QUERY, answer(502), [0.3, 1]],
    ['a read: no answer', READ, new TransientError('gone'), [0.3, 1]],
    ['a write: 502, it may have been done', WRITE, answer(502), []],
    ['a write: no answer, it may have been done', WRITE, new TransientError('gone'), []],
    ['secondary limit, named', WRITE, answer(403, { 'retry-after': '50' }), [50, 50, 50]],
    ['secondary limit, 429', WRITE, answer(429, { 'retry-after': '100' }), [100]],
    ['secondary limit, not named: a minute, then longer', WRITE, SECONDARY, [60, 120]],
    ['429 without a word', READ, answer(429), [60, 120]],
    ['a pause beyond our patience', WRITE, answer(429, { 'retry-after': '181' }), []],
    ['hourly limit, soon over', READ, answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(-5) }), Array.from({ length: 50 }, () => 1)],
    ['hourly limit, long to go', READ, answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(1800) }), []],
    ['hourly limit without its end', READ, answer(403, { 'x-ratelimit-remaining': '0' }), [60, 120]],
    ['Retry-After: 0 is no circle', READ, answer(429, { 'retry-after': '0' }), Array.from({ length: 50 }, () => 1)],
    ['Retry-After that is no number', READ, answer(429, { 'retry-after': 'soon' }), [60, 120]],
  ])('%s', (_, request, outcome, expected) => {
    expect(pauses(request, outcome)).toEqual(expected);
  });

  it.each([[0, []], [59, []], [60, [60]], [420, [60, 120, 240]]])('a patience of %d s', (patience, expected) => {
    expect(pauses(WRITE, SECONDARY, patience)).toEqual(expected);
  });

  it('faults do not use up the patience for limits', () => {
    const { tried } = planRetry(READ, answer(502), { tried: UNTRIED, patience: PATIENCE }) ?? { tried: UNTRIED };
    expect(planRetry(READ, SECONDARY, { tried, patience: 60 })).toEqual({ pause: 60, because: 'limit', tried: { faults: 1, limits: 1, waited: 60 } });
  });
});
