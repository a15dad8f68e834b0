// Keeps each installation within GitHub's limits, by itself: nobody waits for somebody else's.
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
}

interface Lane {
  /** 900 points a minute: a read costs one, a write five. */
  readonly points: Bucket;
  /** Content: 80 a minute and 500 an hour. */
  readonly minute: Bucket;
  readonly hour: Bucket;
  /** Nothing is sent before this instant: GitHub asked for it. */
  closedUntil: number;
  /** Limits in a row for which GitHub named no pause. */
  unnamed: number;
  remaining: number | null;
}

const POINTS_A_MINUTE = 900;
const CONTENT_A_MINUTE = 80;
const CONTENT_AN_HOUR = 500;
const WRITE_POINTS = 5;
/** GitHub asks for at least a minute where it names no pause, and for longer each time. */
const UNNAMED_PAUSE = 60;
/** An evaluation takes about this: with less left it is better not begun. */
const RESERVE = { points: 10, content: 1 };

export function createPace(now: () => number = Date.now): Pace {
  const lanes = new Map<number, Lane>();
  const laneOf = (installation: number): Lane => {
    const lane = lanes.get(installation) ?? {
      points: createBucket({ most: POINTS_A_MINUTE, over: 60_000, now }), minute: createBucket({ most: CONTENT_A_MINUTE, over: 60_000, now }), hour: createBucket({ most: CONTENT_AN_HOUR, over: 3_600_000, now }), closedUntil: 0, unnamed: 0, remaining: null,
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
  };
}

function isHeld({ points, minute, hour, closedUntil }: Lane, now: number): boolean {
  return closedUntil > now || points.left() < RESERVE.points || minute.left() < RESERVE.content || hour.left() < RESERVE.content;
}

async function admit(lane: Lane, request: ApiRequest, now: () => number): Promise<void> {
  const writes = isWrite(request);
  await Promise.all([lane.points.take(writes ? WRITE_POINTS : 1), ...(writes ? [lane.minute.take(1), lane.hour.take(1)] : [])]);
  const pause = lane.closedUntil - now();
  if (pause > 0) await new Promise((resolve) => void setTimeout(resolve, pause));
}

/** A query of GraphQL is a read, whatever its method. */
function isWrite({ method, path }: ApiRequest): boolean {
  return method !== 'GET' && path !== '/graphql';
}

function observe(lane: Lane, response: ApiResponse, now: () => number): ApiResponse {
  const remaining = Number(response.headers['x-ratelimit-remaining']);
  if (Number.isFinite(remaining)) lane.remaining = remaining;
  const limit = readLimit(response);
  lane.unnamed = limit?.pause === null ? lane.unnamed + 1 : limit === null ? 0 : lane.unnamed;
  if (limit !== null) lane.closedUntil = Math.max(lane.closedUntil, now() + 1000 * (limit.pause ?? UNNAMED_PAUSE * 2 ** (lane.unnamed - 1)));
  return response;
}
