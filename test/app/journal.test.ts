// The journal and the inbox on it: what was synced is read back, what is torn is not, and a start replays what the database lacks.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createBatcher } from '../../app/inbox/batcher.ts';
import type { Delivery } from '../../app/inbox/delivery.ts';
import { decodeFrame, encodeFrame } from '../../app/inbox/frame.ts';
import { createJournalledInbox } from '../../app/inbox/inbox.ts';
import type { Inbox } from '../../app/inbox/inbox.ts';
import { Journal } from '../../app/inbox/journal.ts';
import { headOf, readSegment } from '../../app/inbox/segment.ts';
import { until } from './running-app.ts';

const root = mkdtempSync(join(tmpdir(), 'yardstick-journal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const fresh = (name: string): string => join(root, name);
const quiet = { settle: () => Promise.resolve(), onTrouble: () => undefined, onDamage: () => undefined };
const delivery = (id: string, payload = Buffer.from(`{"id":"${id}\n"}`)): Delivery => ({ id, event: 'pull_request', receivedAt: '2026-03-02T09:00:00.000Z', payload });

async function read(path: string): Promise<readonly Delivery[]> {
  const all: Delivery[] = [];
  for await (const frame of readSegment(path)) if (frame !== null) all.push(...decodeFrame(frame));
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
  ['torn in its body', (path: string) => appendFileSync(path, Buffer.concat([headOf(Buffer.alloc(200)), Buffer.from([5])]))],
  ['zeros, as a power cut leaves them', (path: string) => appendFileSync(path, Buffer.alloc(4096))],
  ['longer than any', (path: string) => appendFileSync(path, Buffer.concat([Buffer.alloc(8, 255), Buffer.alloc(100_000)]))],
  ['damaged', (path: string) => writeFileSync(path, Buffer.concat([readFileSync(path), headOf(Buffer.alloc(4)), Buffer.from([5, 6, 7, 8])]))],
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

/** What a start on this folder stores, and which files it keeps as damaged. */
async function startOn(folder: string): Promise<{ readonly stored: readonly string[]; readonly kept: readonly string[] }> {
  const [stored, kept]: [string[], string[]] = [[], []];
  const inbox = await createJournalledInbox({ ...quiet, folder, store: async (frames) => void stored.push(...frames.flatMap(decodeFrame).map(({ id }) => id)), onDamage: (file) => void kept.push(file) });
  await inbox.close();
  return { stored, kept };
}

const openDead = (folder: string): Promise<Inbox> => createJournalledInbox({ ...quiet, folder, store: () => new Promise(() => undefined) });
const segmentIn = (folder: string): string => join(folder, readdirSync(folder).toSorted().at(-1) ?? '');
const record = (body: Buffer, written = body): Buffer => Buffer.concat([headOf(written), body]);

test.each([
  ['whose checksum does not fit', record(Buffer.from('as it was not written'), Buffer.from('as it was now written'))],
  ['that is none', record(Buffer.from('no frame'))],
])('a frame %s is kept for a person; what stands around it is stored, and the start goes on', async (name, bad) => {
  const folder = fresh(name);
  await (await openDead(folder)).accept(delivery('before'));
  const segment = segmentIn(folder);
  appendFileSync(segment, Buffer.concat([bad, record(await encodeFrame([delivery('behind')]))]));
  expect(await startOn(folder)).toEqual({ stored: ['before', 'behind'], kept: [`${segment}.bad`] });
  expect(readFileSync(`${segment}.bad`).includes(bad)).toBe(true);
  expect(await startOn(folder)).toEqual({ stored: [], kept: [] });
  expect(readdirSync(folder)).toEqual(['00000001.log.bad']);
});

test.each([['its length', 0], ['its checksum', 4], ['the checksum of both', 8]])('a head in which %s was damaged keeps all behind it for a person', async (name, at) => {
  const folder = fresh(name);
  const dead = await openDead(folder);
  await dead.accept(delivery('before'));
  const segment = segmentIn(folder);
  const { size } = statSync(segment);
  await dead.accept(delivery('behind'));
  const bytes = readFileSync(segment);
  bytes[size + at + 2] = (bytes[size + at + 2] ?? 0) ^ 1;
  writeFileSync(segment, bytes);
  expect(await startOn(folder)).toEqual({ stored: ['before'], kept: [`${segment}.bad`] });
  expect(readFileSync(`${segment}.bad`)).toEqual(bytes);
});

/** A limit on the size of files, which is met as a full disk is: a part of it is taken, then nothing. */
const limitFiles = (most: string): void => void execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${most}:`]);

test.runIf(process.platform === 'linux')('a full disk refuses, keeps nothing of what it took, and is trusted again once it has room', async () => {
  const folder = fresh('full');
  const inbox = await openDead(folder);
  await inbox.accept(delivery('before'));
  expect(await inbox.notReady()).toBe(null);
  const { size } = statSync(segmentIn(folder));
  limitFiles(String(size + 50));
  try {
    for (const id of ['in part', 'not at all']) await expect(inbox.accept(delivery(id))).rejects.toThrow(/room for a part of it only|EFBIG/);
    expect(statSync(segmentIn(folder)).size).toBe(size);
    expect(await inbox.notReady()).toContain('the journal cannot be written');
  } finally {
    limitFiles('unlimited');
  }
  expect(await inbox.notReady()).toBe(null);
  for (const id of ['after', 'long after']) await inbox.accept(delivery(id));
  expect((await startOn(folder)).stored).toEqual(['before', 'after', 'long after']);
});

test('a segment that cannot be begun is begun later, and the one before goes on', async () => {
  const folder = fresh('turn');
  const troubles: unknown[] = [];
  const inbox = await createJournalledInbox({ ...quiet, folder, store: () => Promise.resolve(), onTrouble: (error) => void troubles.push(error) });
  mkdirSync(join(folder, '00000002.log'));
  const noise = (size: number) => randomBytes(size);
  await inbox.accept(delivery('fills the segment', noise(17 * 1024 * 1024)));
  await inbox.accept(delivery('while it cannot be', noise(10)));
  expect(troubles).toMatchObject([{ code: 'EISDIR' }, { code: 'EISDIR' }]);
  rmdirSync(join(folder, '00000002.log'));
  await inbox.accept(delivery('turns', noise(10)));
  await inbox.accept(delivery('in the next', noise(10)));
  expect(troubles).toHaveLength(2);
  await until(async () => readdirSync(folder), (names) => !names.includes('00000001.log'));
  expect(readdirSync(folder)).toEqual(['00000002.log']);
  await inbox.close();
});

test('what cannot be stored at once is tried until it is', async () => {
  let tries = 0;
  const troubles: unknown[] = [];
  const inbox = await createJournalledInbox({
    ...quiet, folder: fresh('insists'), onTrouble: (error) => void troubles.push(error),
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
    ...quiet, folder: fresh('slow'),
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
