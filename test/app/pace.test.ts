// Each installation is held to GitHub's limits, by itself, and the processes that share the work share them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from '../../app/github/pace.ts';
import type { Pace } from '../../app/github/pace.ts';
import type { ApiRequest, ApiResponse, Transport } from '../../src/github/transport.ts';

const READ: ApiRequest = { method: 'GET', path: '/x' };
const WRITE: ApiRequest = { method: 'POST', path: '/x' };
const QUERY: ApiRequest = { method: 'POST', path: '/graphql' };
const FINE: ApiResponse = { status: 200, headers: {}, body: {} };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** So many are asked for at once; resolves with how many went out after each of these milliseconds. */
async function sent(transport: Transport, request: ApiRequest, { count, after }: { readonly count: number; readonly after: readonly number[] }): Promise<readonly number[]> {
  let out = 0;
  for (let index = 0; index < count; index += 1) void transport(request).then(() => (out += 1), () => undefined);
  const seen: number[] = [];
  let passed = 0;
  for (const ms of after) {
    await vi.advanceTimersByTimeAsync(ms - passed);
    passed = ms;
    seen.push(out);
  }
  return seen;
}

const over = (pace: Pace, answer: () => ApiResponse = () => FINE, installation = 1): Transport => pace.over(installation, () => Promise.resolve(answer()));

test('80 writes a minute, then one each 750 ms', async () => {
  expect(await sent(over(createPace()), WRITE, { count: 100, after: [0, 749, 751, 7501] })).toEqual([80, 80, 81, 90]);
});

test('500 writes an hour', async () => {
  const transport = over(createPace());
  let written = 0;
  for (let minute = 0; minute < 60; minute += 1) written += (await sent(transport, WRITE, { count: 100, after: [60_000] }))[0] ?? 0;
  expect(written).toBeGreaterThan(950);
  expect(written).toBeLessThanOrEqual(1000);
  const spent = createPace();
  const busy = over(spent);
  for (let minute = 0; minute < 8; minute += 1) await sent(busy, WRITE, { count: 79, after: [60_000] });
  await sent(busy, WRITE, { count: 79, after: [0] });
  expect(spent.held()).toEqual([1]);
});

test('900 points a minute: a read is one, a query too, a write five', async () => {
  expect(await sent(over(createPace()), READ, { count: 1000, after: [0, 667] })).toEqual([900, 910]);
  expect(await sent(over(createPace()), QUERY, { count: 1000, after: [0] })).toEqual([900]);
  const mixed = createPace();
  await sent(over(mixed), WRITE, { count: 70, after: [0] });
  expect(await sent(over(mixed), READ, { count: 600, after: [0] })).toEqual([550]);
});

test('what was begun waits ten seconds at most, and spends nothing where that is too short', async () => {
  const transport = over(createPace());
  const ends: { readonly ok: boolean; readonly after: number }[] = [];
  const began = Date.now();
  const end = (ok: boolean) => void ends.push({ ok, after: Date.now() - began });
  for (let index = 0; index < 142; index += 1) void transport(WRITE).then(() => end(true), () => end(false));
  await vi.advanceTimersByTimeAsync(0);
  await expect(transport(WRITE)).rejects.toThrow(/^what GitHub allows is spent for 11 s$/);
  await vi.advanceTimersByTimeAsync(20_000);
  // One each 750 ms: 13 in ten seconds. The others are told at once.
  expect([ends.filter(({ ok }) => ok).length, Math.max(...ends.map(({ after }) => after))]).toEqual([93, 9750]);
  expect(ends.filter(({ ok, after }) => !ok && after > 0)).toEqual([]);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(await sent(transport, WRITE, { count: 80, after: [0] })).toEqual([67]);
});

test('nor does it wait for a lane that closed meanwhile', async () => {
  const pace = createPace();
  const transport = over(pace);
  await sent(transport, WRITE, { count: 80, after: [0] });
  const waiting = transport(WRITE).then(() => 'sent', (error: Error) => error.message);
  await over(pace, () => ({ status: 403, headers: { 'retry-after': '60' }, body: { message: 'You have exceeded a secondary rate limit.' } }))(READ);
  await vi.advanceTimersByTimeAsync(800);
  expect(await waiting).toMatch(/^GitHub asked to wait for \d\d s$/);
});

test('two processes have half each, and the whole again when one is gone', async () => {
  const pace = createPace();
  pace.share(2);
  const transport = over(pace);
  expect(await sent(transport, WRITE, { count: 60, after: [0, 1499, 1501] })).toEqual([40, 40, 41]);
  pace.share(1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await sent(transport, WRITE, { count: 90, after: [0] })).toEqual([80]);
});

test('Retry-After is obeyed, by the one who was told alone', async () => {
  const pace = createPace();
  let limited = true;
  const told = over(pace, () => (limited ? { status: 403, headers: { 'retry-after': '5' }, body: { message: 'You have exceeded a secondary rate limit.' } } : FINE));
  await told(WRITE);
  limited = false;
  expect(pace.held()).toEqual([1]);
  expect(await sent(over(pace, () => FINE, 2), WRITE, { count: 3, after: [0] })).toEqual([3]);
  expect(await sent(told, WRITE, { count: 1, after: [4900, 5100] })).toEqual([0, 1]);
  expect(pace.held()).toEqual([]);
});

test('a limit without a pause closes for a minute, then for longer; what was begun does not wait for it', async () => {
  const pace = createPace();
  const limited = over(pace, () => ({ status: 403, headers: {}, body: { message: 'You have exceeded a secondary rate limit.' } }));
  await limited(WRITE);
  await expect(limited(WRITE)).rejects.toThrow('GitHub asked to wait for 60 s');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pace.held()).toEqual([]);
  await limited(WRITE);
  await vi.advanceTimersByTimeAsync(119_000);
  expect(pace.held()).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1001);
  expect(pace.held()).toEqual([]);
});

test('32 in flight together count as one: it closes for a minute, then for longer, and for a quarter of an hour at most', async () => {
  const pace = createPace();
  const refused: ApiResponse = { status: 403, headers: {}, body: { message: 'You have exceeded a secondary rate limit.' } };
  const minutes: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    // One was granted before the others were refused, and its answer comes among theirs.
    await Promise.all(Array.from({ length: 32 }, (_, index) => over(pace, () => (index === 16 ? FINE : refused))(READ)));
    const began = Date.now();
    while (pace.held().length > 0 && Date.now() - began < 86_400_000) await vi.advanceTimersByTimeAsync(60_000);
    minutes.push((Date.now() - began) / 60_000);
  }
  expect(minutes).toEqual([1, 2, 4, 8, 15, 15, 15]);
});

test('after the last request of the hour nothing is begun until it is over', async () => {
  const pace = createPace();
  const reset = Math.floor(Date.now() / 1000) + 30;
  await over(pace, () => ({ status: 200, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }, body: {} }))(READ);
  expect([pace.held(), pace.left().get(1)]).toEqual([[1], 0]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(pace.held()).toEqual([]);
});

test('however many share the limits, each has a part of them and is not held for its smallness', async () => {
  const pace = createPace();
  pace.share(60);
  const transport = over(pace);
  expect(await sent(transport, READ, { count: 1, after: [0] })).toEqual([1]);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(pace.held()).toEqual([]);
});
