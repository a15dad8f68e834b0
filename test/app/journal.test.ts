// The journal and the inbox on it: what was synced is read back, what is torn is not, and a start replays what the database lacks.
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createBatcher } from '../../app/inbox/batcher.ts';
import type { Delivery } from '../../app/inbox/delivery.ts';
import { decodeFrame, encodeFrame } from '../../app/inbox/frame.ts';
import { createJournalledInbox } from '../../app/inbox/inbox.ts';
import { Journal, readSegment } from '../../app/inbox/journal.ts';

const root = mkdtempSync(join(tmpdir(), 'yardstick-journal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const fresh = (name: string): string => join(root, name);
const delivery = (id: string, payload = Buffer.from(`{"id":"${id}\n"}`)): Delivery => ({ id, event: 'pull_request', receivedAt: '2026-03-02T09:00:00.000Z', payload });

async function read(path: string): Promise<readonly Delivery[]> {
  const all: Delivery[] = [];
  for await (const frame of readSegment(path)) all.push(...decodeFrame(frame));
  return all;
}

async function idsIn(path: string): Promise<readonly string[]> {
  return (await read(path)).map(({ id }) => id);
}

test('gives back what was appended, byte for byte', async () => {
  const { journal } = await Journal.open(fresh('whole'));
  const big = delivery('big', Buffer.alloc(300_000, 10));
  await journal.append(await encodeFrame([delivery('a'), big]));
  await journal.append(await encodeFrame([delivery('b', Buffer.alloc(0))]));
  const path = await journal.turn();
  expect(await read(path)).toEqual([delivery('a'), big, delivery('b', Buffer.alloc(0))]);
  await journal.close();
});

test.each([
  ['torn in its head', (path: string) => appendFileSync(path, Buffer.from([9, 0, 0]))],
  ['torn in its body', (path: string) => appendFileSync(path, Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]))],
  ['damaged', (path: string) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from([4, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])]))],
])('ends before a frame that is %s', async (name, spoil) => {
  const { journal } = await Journal.open(fresh(name));
  await journal.append(await encodeFrame([delivery('kept')]));
  const path = await journal.turn();
  spoil(path);
  expect(await idsIn(path)).toEqual(['kept']);
  await journal.close();
});

test('loses only the last frame when its end is cut', async () => {
  const { journal } = await Journal.open(fresh('cut'));
  await journal.append(await encodeFrame([delivery('first')]));
  await journal.append(await encodeFrame([delivery('last')]));
  const path = await journal.turn();
  truncateSync(path, readFileSync(path).length - 1);
  expect(await idsIn(path)).toEqual(['first']);
  await journal.close();
});

test('what was accepted but not stored is stored at the next start, then forgotten', async () => {
  const folder = fresh('replay');
  const quiet = { settle: () => Promise.resolve(), onTrouble: () => undefined };
  const dead = await createJournalledInbox({ folder, store: () => new Promise(() => undefined), ...quiet });
  await Promise.all(['one', 'two'].map((id) => dead.accept(delivery(id))));

  const stored: string[] = [];
  const store = async (frames: readonly Buffer[]) => void stored.push(...frames.flatMap(decodeFrame).map(({ id }) => id));
  const alive = await createJournalledInbox({ folder, store, ...quiet });
  expect(stored.toSorted()).toEqual(['one', 'two']);
  await alive.close();
  const again = await createJournalledInbox({ folder, store, ...quiet });
  await again.close();
  expect(stored).toHaveLength(2);
  expect(readdirSync(folder).filter((name) => readFileSync(join(folder, name)).length > 0)).toEqual([]);
});

test('what cannot be stored at once is tried until it is', async () => {
  let tries = 0;
  const troubles: unknown[] = [];
  const inbox = await createJournalledInbox({
    folder: fresh('insists'), settle: () => Promise.resolve(), onTrouble: (error) => void troubles.push(error),
    store: async () => {
      tries += 1;
      if (tries === 1) throw new Error('no');
    },
  });
  await inbox.accept({ id: 'x', event: 'ping', receivedAt: '2026-03-02T09:00:00.000Z', payload: Buffer.from('{}') });
  await inbox.close();
  expect([tries, troubles.length]).toEqual([2, 1]);
});

test('a batch gathers while another is on its way, and its failure is told to its own callers alone', async () => {
  const batches: (readonly number[])[] = [];
  const add = createBatcher<number>(async (items) => {
    batches.push(items);
    await new Promise((resolve) => void setTimeout(resolve, 10));
    if (items.includes(3)) throw new Error('refused');
  }, 2);
  const settled = await Promise.allSettled([1, 2, 3, 4, 5].map(add));
  expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
});

test('a slow store is slow for many at once, and nobody who was accepted waits for it', async () => {
  const batches: (readonly string[])[] = [];
  const first = Promise.withResolvers<void>();
  const inbox = await createJournalledInbox({
    folder: fresh('slow'), settle: () => Promise.resolve(), onTrouble: () => undefined,
    store: async (frames) => {
      batches.push(frames.flatMap(decodeFrame).map(({ id }) => id));
      if (batches.length === 1) await first.promise;
    },
  });
  for (let index = 0; index < 300; index += 1) await inbox.accept(delivery(String(index)));
  expect(batches.length).toBe(1);
  first.resolve();
  await inbox.close();
  expect(batches.map((batch) => batch.length)).toEqual([1, 256, 43]);
  expect(batches.flat()).toEqual(Array.from({ length: 300 }, (_, index) => String(index)));
});

test('a batch weighs what its items weigh, and one that is too heavy goes alone', async () => {
  const batches: (readonly number[])[] = [];
  const add = createBatcher<number>(async (items) => void batches.push(items), 5, (weight) => weight);
  await Promise.all([2, 3, 1, 9, 4].map(add));
  expect(batches).toEqual([[2, 3], [1], [9], [4]]);
});
