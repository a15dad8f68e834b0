// The inbox: deliveries that arrive together are framed, and accepted once their frame would survive a power cut.
import { within } from '../patience.ts';
import { inDataFolder } from '../refusal.ts';
import { createBatcher } from './batcher.ts';
import type { Delivery } from './delivery.ts';
import { encodeFrame, readFrame } from './frame.ts';
import { Journal } from './journal.ts';
import { readSegment, removeSegment, setAside } from './segment.ts';

export interface Inbox {
  /** Resolves once the delivery would survive a power cut. */
  readonly accept: (delivery: Delivery) => Promise<void>;
  /** null where deliveries can be accepted, else why not, in words. */
  readonly notReady: () => Promise<string | null>;
  /** Resolves when everything that was accepted is where the desk finds it. */
  readonly close: () => Promise<void>;
}

/** Deliveries in one frame. */
const FRAME_MAX = 128;
/** Journalled but not stored yet, in bytes, which lie in memory too: beyond it senders wait. */
const BACKLOG_MAX = 32 * 1024 * 1024;
/** Whoever asks how it goes waits no longer for a disk, ms. */
const DISK_MS = 4000;
/** Deliveries that are stored in one transaction. */
const STORED_AT_ONCE = 256;

/** Over a database that keeps its word: what it has committed is safe. */
export function createInbox(keep: (frame: Buffer, count: number) => Promise<void>): Inbox {
  const accept = createBatcher<Delivery>(async (deliveries) => keep(await encodeFrame(deliveries), deliveries.length), FRAME_MAX);
  return { accept, notReady: () => Promise.resolve(null), close: () => Promise.resolve() };
}

export interface JournalOptions {
  readonly folder: string;
  /** Stores what frames hold; the same frame twice is harmless. */
  readonly store: (frames: readonly Buffer[]) => Promise<void>;
  /** Brings the database's files to disk. */
  readonly settle: () => Promise<void>;
  /** Told when storing failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
  /** Told where a segment is kept of which a part could not be read. */
  readonly onDamage: (file: string) => void;
}

interface Journalled {
  readonly frame: Buffer;
  /** Deliveries in it. */
  readonly count: number;
}

/** Over one that doesn't: accepted when a journal is on disk, stored right after, replayed at the next start if it comes to that. */
export async function createJournalledInbox({ folder, store, settle, onTrouble, onDamage }: JournalOptions): Promise<Inbox> {
  const { journal, segments } = await inDataFolder(() => Journal.open(folder));
  await replay(segments, { store, settle, onDamage });

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
    // Where the next cannot be begun this one grows on.
    if (journal.isFull) await journal.turn().then(retire, onTrouble);
    if (backlog >= BACKLOG_MAX) await stored;
  }, FRAME_MAX);
  return {
    accept,
    notReady: async () => {
      const trouble = await within(DISK_MS, 'the disk', journal.ask()).catch((error: unknown) => error);
      return trouble === null ? null : `the journal cannot be written (${(trouble as { readonly code?: string }).code ?? String(trouble)})`;
    },
    close: async () => {
      await stored;
      const last = await journal.close();
      await settle();
      await removeSegment(last);
    },
  };
}

/** Stores what the segments hold. What cannot be read of them stays on disk for a person, and keeps nobody from starting. */
async function replay(segments: readonly string[], { store, settle, onDamage }: Pick<JournalOptions, 'store' | 'settle' | 'onDamage'>): Promise<void> {
  const damaged: string[] = [];
  for (const segment of segments) {
    for await (const frame of readSegment(segment)) {
      if (frame !== null && readFrame(frame) !== null) await store([frame]);
      else damaged.push(segment);
    }
  }
  if (segments.length > 0) await settle();
  for (const segment of segments) await (damaged.includes(segment) ? setAside(segment).then(onDamage) : removeSegment(segment));
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
