// The inbox: deliveries that arrive together are framed, and accepted once their frame would survive a power cut.
import { createBatcher } from './batcher.ts';
import type { Delivery } from './delivery.ts';
import { encodeFrame } from './frame.ts';
import { Journal, readSegment, removeSegment } from './journal.ts';

export interface Inbox {
  /** Resolves once the delivery would survive a power cut. */
  readonly accept: (delivery: Delivery) => Promise<void>;
  /** Resolves when everything that was accepted is where the desk finds it. */
  readonly close: () => Promise<void>;
}

/** Deliveries in one frame. */
const FRAME_MAX = 128;
/** Journalled but not stored yet, in bytes, which lie in memory too: beyond it senders wait. */
const BACKLOG_MAX = 32 * 1024 * 1024;
/** Deliveries that are stored in one transaction. */
const STORED_AT_ONCE = 256;

/** Over a database that keeps its word: what it has committed is safe. */
export function createInbox(keep: (frame: Buffer, count: number) => Promise<void>): Inbox {
  const accept = createBatcher<Delivery>(async (deliveries) => keep(await encodeFrame(deliveries), deliveries.length), FRAME_MAX);
  return { accept, close: () => Promise.resolve() };
}

export interface JournalOptions {
  readonly folder: string;
  /** Stores what frames hold; the same frame twice is harmless. */
  readonly store: (frames: readonly Buffer[]) => Promise<void>;
  /** Brings the database's files to disk. */
  readonly settle: () => Promise<void>;
  /** Told when storing failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

interface Journalled {
  readonly frame: Buffer;
  /** Deliveries in it. */
  readonly count: number;
}

/** Over one that doesn't: accepted when a journal is on disk, stored right after, replayed at the next start if it comes to that. */
export async function createJournalledInbox({ folder, store, settle, onTrouble }: JournalOptions): Promise<Inbox> {
  const { journal, segments } = await Journal.open(folder);
  for (const segment of segments) for await (const frame of readSegment(segment)) await store([frame]);
  if (segments.length > 0) await settle();
  await Promise.all(segments.map(removeSegment));

  let backlog = 0;
  let stored: Promise<void> = Promise.resolve();
  // However slow the store is, it is slow for many at once.
  const persist = createBatcher<Journalled>(async (frames) => {
    await insist(() => store(frames.map(({ frame }) => frame)), onTrouble);
    for (const { frame } of frames) backlog -= frame.length;
  }, STORED_AT_ONCE, ({ count }) => count);
  /** A closed segment goes once what it holds is in the database and on disk. */
  const retire = (segment: string): void => {
    stored = stored.then(settle).then(() => removeSegment(segment)).catch(onTrouble);
  };
  const accept = createBatcher<Delivery>(async (deliveries) => {
    const frame = await encodeFrame(deliveries);
    await journal.append(frame);
    backlog += frame.length;
    stored = Promise.all([stored, persist({ frame, count: deliveries.length })]).then(() => undefined);
    if (journal.isFull) retire(await journal.turn());
    if (backlog >= BACKLOG_MAX) await stored;
  }, FRAME_MAX);
  return {
    accept,
    close: async () => {
      await stored;
      const last = await journal.turn();
      await settle();
      await removeSegment(last);
      await journal.close();
    },
  };
}

/** What was acknowledged has to get in: it is tried until it does. */
async function insist(work: () => Promise<void>, onTrouble: (error: unknown) => void): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      onTrouble(error);
      await new Promise((resolve) => void setTimeout(resolve, 1000));
    }
  }
}
