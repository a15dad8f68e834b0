// Receives the bodies of webhooks: no more at a time than there is memory for, and nobody is waited for who sends nothing.
import type { IncomingMessage } from 'node:http';

/** The chunks of a body, or why there is none. */
export type Body = readonly Buffer[] | Missing;
export type Missing = 'of another length' | 'broken off' | 'too slow' | 'no room';

export interface Limits {
  /** Bytes of all bodies that are here, of which some are still being received. */
  readonly most: number;
  /** Who sends nothing for so long, ms, is not waited for. */
  readonly idleMs: number;
}

/** Receives a body, whose memory is taken until the work with it is done. */
export type Receive = <T>(request: IncomingMessage, length: number, work: (body: Body) => Promise<T>) => Promise<T>;

interface Coming {
  size: number;
  readonly stop: (why: Missing) => void;
}

/** One per server: it counts what has come. What was announced counts nothing: anybody can announce. */
export function createReceive({ most, idleMs }: Limits): Receive {
  let held = 0;
  const coming = new Set<Coming>();
  const leave = (one: Coming): void => {
    coming.delete(one);
    held -= one.size;
    one.size = 0;
  };
  const grow = (one: Coming, bytes: number): void => {
    one.size += bytes;
    held += bytes;
    // GitHub sends a body within moments: who has been at it for the longest is the one to come back.
    for (const oldest of coming) {
      if (held <= most) break;
      oldest.stop('no room');
    }
  };
  return async (request, length, work) => {
    const { promise, resolve } = Promise.withResolvers<Body>();
    const chunks: Buffer[] = [];
    const end = (body: Body): void => {
      coming.delete(one);
      clearTimeout(idle);
      resolve(body);
    };
    const one: Coming = { size: 0, stop: (why) => {
      chunks.length = 0;
      leave(one);
      end(why);
    } };
    const idle = setTimeout(() => one.stop('too slow'), idleMs);
    coming.add(one);
    request.on('data', (chunk: Buffer) => {
      if (!coming.has(one)) return;
      idle.refresh();
      chunks.push(chunk);
      grow(one, chunk.length);
      if (one.size > length) one.stop('of another length');
    });
    request.on('end', () => end(one.size === length ? chunks : 'of another length'));
    // The sender hung up, or was cut off for its slowness: trouble of its own, not ours.
    for (const event of ['error', 'close']) request.on(event, () => end('broken off'));
    try {
      return await work(await promise);
    } finally {
      leave(one);
    }
  };
}
