// The inbox: a delivery is accepted once it would survive a power cut, and stored with its job.
import { createBatcher } from './batcher.ts';
import { addressOf } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { Journal, readSegment, removeSegment } from './journal.ts';
import type { Recorded } from './journal.ts';
import { pack, unpack } from './payload.ts';
import type { Entry } from './store.ts';

export interface Inbox {
  readonly accept: (delivery: Delivery) => Promise<void>;
  /** Resolves when everything that was accepted is stored. */
  readonly close: () => Promise<void>;
}

/** Stores entries; `told` once they are there, so that the work begins at once. */
export interface InboxStore {
  readonly store: (entries: readonly Entry[]) => Promise<void>;
}

/** Rows in one transaction. */
const BATCH_MAX = 128;
/** Accepted but not stored yet, in the journalled inbox: beyond it senders wait. */
const BACKLOG_MAX = 10_000;
/** Storing waits for a crowd at the door to be answered, but not longer. */
const YIELD_MAX_MS = 5000;

/** Where the database itself keeps its word: accepted when the transaction is through. */
export function createInbox({ store }: InboxStore): Inbox {
  const add = createBatcher(store, BATCH_MAX);
  return { accept: (delivery) => add(entryOf(delivery)), close: () => Promise.resolve() };
}

export interface JournalOptions extends InboxStore {
  readonly folder: string;
  /** Brings the database's files to disk. */
  readonly settle: () => Promise<void>;
  /** Whether webhooks crowd at the door: they are answered first, and stored when it is quieter. */
  readonly isCrowded: () => boolean;
  /** Told when storing failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Where it does not: accepted when the journal is on disk, stored right after, replayed at the next start if it comes to that. */
export async function createJournalledInbox({ folder, store, settle, isCrowded, onTrouble }: JournalOptions): Promise<Inbox> {
  const { journal, segments } = await Journal.open(folder);
  for (const segment of segments) await replay(segment, store);
  if (segments.length > 0) await settle();
  await Promise.all(segments.map(removeSegment));

  let backlog = 0;
  let stored: Promise<void> = Promise.resolve();
  const persist = createBatcher<Recorded>(async (records) => {
    await quiet(() => isCrowded() && backlog < BACKLOG_MAX);
    const entries = records.map(entryFrom);
    await insist(() => store(entries), onTrouble);
    backlog -= records.length;
  }, BATCH_MAX);
  /** A closed segment goes once what it holds is in the database and on disk. */
  const retire = (segment: string): void => {
    stored = stored.then(settle).then(() => removeSegment(segment)).catch(onTrouble);
  };
  const append = createBatcher<Recorded>(async (records) => {
    await journal.append(records);
    backlog += records.length;
    stored = Promise.all([stored, ...records.map(persist)]).then(() => undefined);
    if (journal.isFull) retire(await journal.turn());
    if (backlog >= BACKLOG_MAX) await stored;
  }, BATCH_MAX);
  return {
    accept: (delivery) => append(recordOf(delivery)),
    close: async () => {
      await stored;
      const last = await journal.turn();
      await settle();
      await removeSegment(last);
      await journal.close();
    },
  };
}

async function replay(segment: string, store: InboxStore['store']): Promise<void> {
  let batch: Entry[] = [];
  for await (const recorded of readSegment(segment)) {
    batch.push(entryFrom(recorded));
    if (batch.length < BATCH_MAX) continue;
    await store(batch);
    batch = [];
  }
  if (batch.length > 0) await store(batch);
}

/** What was acknowledged has to get in: it is tried until it does. */
async function insist(work: () => Promise<void>, onTrouble: (error: unknown) => void): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      onTrouble(error);
      await pause(1000);
    }
  }
}

function recordOf({ id, event, receivedAt, payload }: Delivery): Recorded {
  return { id, event, receivedAt, stored: pack(payload) };
}

function entryOf(delivery: Delivery): Entry {
  return { recorded: recordOf(delivery), address: addressOf(delivery) };
}

/** The address of what was journalled is read when it is stored: at the door only the journal counts. */
function entryFrom(recorded: Recorded): Entry {
  return { recorded, address: addressOf({ ...recorded, payload: unpack(recorded.stored) }) };
}

async function quiet(isLoud: () => boolean): Promise<void> {
  const end = performance.now() + YIELD_MAX_MS;
  for (;;) {
    if (!isLoud() || performance.now() > end) return;
    await pause(20);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
