// Keeps each installation within GitHub's limits, by itself: nobody waits for somebody else's.
import { TransientError } from '../../src/errors.ts';
import { readLimit } from '../../src/github/answers.ts';
import type { ApiRequest, ApiResponse, Transport } from '../../src/github/transport.ts';
import { createBucket } from './bucket.ts';
import type { Bucket } from './bucket.ts';

export interface Pace {
  /** The same transport, held to this installation's limits. */
  readonly over: (installation: number, transport: Transport) => Transport;
  /** Installations for which work begun now would only wait. */
  readonly held: () => readonly number[];
  /** What GitHub said is left of each installation's hour. */
  readonly left: () => ReadonlyMap<number, number>;
  /** Among so many processes GitHub's limits are divided from now on: they are the installation's. */
  readonly share: (processes: number) => void;
}

interface Lane {
  /** 900 points a minute: a read costs one, a write five. */
  readonly points: Bucket;
  /** Content: 80 a minute and 500 an hour. */
  readonly minute: Bucket;
  readonly hour: Bucket;
  /** Nothing is sent before this instant: GitHub asked for it. */
  closedUntil: number;
  /** Limits in a row for which GitHub named no pause; what was in flight together is one. */
  unnamed: number;
  remaining: number | null;
}

const POINTS_A_MINUTE = 900;
const CONTENT_A_MINUTE = 80;
const CONTENT_AN_HOUR = 500;
const WRITE_POINTS = 5;
/** GitHub asks for at least a minute where it names no pause, and for exponentially longer each time. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
const UNNAMED_PAUSE = 60;
/** It names no longest pause; after a quarter of an hour its own windows (a minute for points and content) have long begun anew. */
const LONGEST_UNNAMED_PAUSE = 15 * 60;
/** What was begun waits no longer than this: it would take the place of somebody else's work. */
const PATIENCE_MS = 10_000;
/** An evaluation takes about this: with less left it is better not begun. Where very many share the limits, nobody's part is larger than one request at a time. */
const RESERVE = { points: 10, content: 3 };

export function createPace(now: () => number = Date.now): Pace {
  const lanes = new Map<number, Lane>();
  let processes = 1;
  const bucket = (most: number, over: number): Bucket => createBucket({ most, over, now, sharers: () => processes });
  const laneOf = (installation: number): Lane => {
    const lane = lanes.get(installation) ?? {
      points: bucket(POINTS_A_MINUTE, 60_000), minute: bucket(CONTENT_A_MINUTE, 60_000), hour: bucket(CONTENT_AN_HOUR, 3_600_000), closedUntil: 0, unnamed: 0, remaining: null,
    };
    lanes.set(installation, lane);
    return lane;
  };
  return {
    over: (installation, transport) => async (request) => {
      const lane = laneOf(installation);
      await admit(lane, request, now);
      return observe(lane, await transport(request), now);
    },
    held: () => [...lanes].flatMap(([installation, lane]) => (isHeld(lane, now()) ? [installation] : [])),
    left: () => new Map([...lanes].flatMap(([installation, { remaining }]) => (remaining === null ? [] : [[installation, remaining] as const]))),
    share: (count) => {
      processes = Math.max(1, count);
    },
  };
}

function isHeld({ points, minute, hour, closedUntil }: Lane, now: number): boolean {
  return closedUntil > now || isSpent(points, RESERVE.points) || isSpent(minute, RESERVE.content) || isSpent(hour, RESERVE.content);
}

function isSpent(bucket: Bucket, reserve: number): boolean {
  return bucket.left() < Math.min(reserve, bucket.full());
}

/** Resolves when the request may go. @throws TransientError where that would be later than it waits for; then nothing is spent */
async function admit(lane: Lane, request: ApiRequest, now: () => number): Promise<void> {
  const prices = pricesOf(lane, request);
  const latest = now() + PATIENCE_MS;
  const goesAt = now() + Math.max(...prices.map(({ bucket, amount }) => bucket.wait(amount)));
  if (lane.closedUntil > latest) throw tooLong('GitHub asked to wait', lane.closedUntil - now());
  if (goesAt > latest) throw tooLong('what GitHub allows is spent', goesAt - now());
  for (const { bucket, amount } of prices) bucket.take(amount);
  await pause(goesAt - now());
  // Somebody may have been told to wait meanwhile.
  if (lane.closedUntil > latest) {
    for (const { bucket, amount } of prices) bucket.giveBack(amount);
    throw tooLong('GitHub asked to wait', lane.closedUntil - now());
  }
  await pause(lane.closedUntil - now());
}

function pricesOf({ points, minute, hour }: Lane, request: ApiRequest): readonly { readonly bucket: Bucket; readonly amount: number }[] {
  return isWrite(request) ? [{ bucket: points, amount: WRITE_POINTS }, { bucket: minute, amount: 1 }, { bucket: hour, amount: 1 }] : [{ bucket: points, amount: 1 }];
}

function tooLong(why: string, ms: number): TransientError {
  const seconds = Math.ceil(ms / 1000);
  return new TransientError(`${why} for ${seconds} s`, seconds);
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => void setTimeout(resolve, ms));
}

/** A query of GraphQL is a read, whatever its method. */
function isWrite({ method, path }: ApiRequest): boolean {
  return method !== 'GET' && path !== '/graphql';
}

function observe(lane: Lane, response: ApiResponse, now: () => number): ApiResponse {
  // What was sent before the lane closed says nothing of whether its pause was long enough.
  const isLate = lane.closedUntil > now();
  const remaining = Number(response.headers['x-ratelimit-remaining']);
  if (Number.isFinite(remaining)) lane.remaining = remaining;
  // The last one that was granted: the next would be refused.
  if (remaining === 0) lane.closedUntil = Math.max(lane.closedUntil, 1000 * Number(response.headers['x-ratelimit-reset'] ?? 0));
  const limit = readLimit(response);
  if (!isLate) lane.unnamed = limit?.pause === null ? lane.unnamed + 1 : limit === null ? 0 : lane.unnamed;
  if (limit !== null) lane.closedUntil = Math.max(lane.closedUntil, now() + 1000 * (limit.pause ?? unnamedPause(lane)));
  return response;
}

/** Seconds. */
function unnamedPause({ unnamed }: Lane): number {
  return Math.min(LONGEST_UNNAMED_PAUSE, UNNAMED_PAUSE * 2 ** Math.max(0, unnamed - 1));
}
