// The index of the dashboard issue: it comes back as it went, fits, forgets the oldest first, and never guesses.
import { describe, expect, test } from 'vitest';
import { LEDGER_ROOM, decodeLedger, encodeLedger } from '../../src/experiment/ledger.ts';
import type { LedgerEntry } from '../../src/model/experiment.ts';
import { entry } from '../report/experiment-sample.ts';

const SEEN = '2026-05-05T12:00:00Z';
const silent = entry({ key: 'acme/shop#8', stage: 'measuring', silent: true, home: null, copy: null, outcome: null, endedAt: null, told: null, odds: null, monthlyCost: null, currency: null, dueAt: null });
const open = (index: number): LedgerEntry => entry({ key: `acme/shop#${index}`, stage: 'measuring', outcome: null, endedAt: null, told: null, title: noise(index) });
const ended = (index: number): LedgerEntry => entry({ key: `acme/shop#${index}`, stage: 'decided', endedAt: new Date(Date.UTC(2020, 0, index)).toISOString(), title: noise(index) });

/** Text that doesn't compress, the same in every run. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 120 }, () => String.fromCharCode(33 + ((state = (state * 48_271) % 2_147_483_647) % 90))).join('');
}

test('comes back as it went, wherever it stands in the body', () => {
  const { text, dropped } = encodeLedger({ entries: [entry(), silent], mergesSeenUntil: SEEN });
  expect(dropped).toEqual([]);
  expect(decodeLedger(`# Bets\n\n${text}\n\nmore`)).toEqual({ ok: true, ledger: { entries: [entry(), silent], mergesSeenUntil: SEEN } });
  expect(decodeLedger(encodeLedger({ entries: [], mergesSeenUntil: null }).text)).toEqual({ ok: true, ledger: { entries: [], mergesSeenUntil: null } });
});

test('is one hidden line, and the same for the same entries', () => {
  const { text } = encodeLedger({ entries: [entry({ title: '--> <b>' })], mergesSeenUntil: null });
  expect(text).toMatch(/^<!-- yardstick:ledger 1 [\w-]{16} [\w-]+ -->$/);
  expect(encodeLedger({ entries: [entry({ title: '--> <b>' })], mergesSeenUntil: null }).text).toBe(text);
});

test('forgets the oldest ended ones first, then those that wait, and open ones last', () => {
  const waiting = entry({ key: 'acme/shop#1', stage: 'judged', title: noise(1) });
  const entries = [...Array.from({ length: 400 }, (_, index) => ended(index + 10)), waiting, ...Array.from({ length: 20 }, (_, index) => open(1_000 + index))];
  const { text, dropped } = encodeLedger({ entries, mergesSeenUntil: null });
  expect(text.length).toBeLessThanOrEqual(LEDGER_ROOM);
  expect(text.length).toBeGreaterThan(LEDGER_ROOM * 0.98);
  const back = decodeLedger(text);
  const kept = back.ok ? back.ledger.entries : [];
  expect(kept.length + dropped.length).toBe(entries.length);
  expect(kept).toContainEqual(waiting);
  expect(kept.filter(({ stage }) => stage === 'measuring')).toHaveLength(20);
  const newestDropped = dropped.map(({ endedAt }) => endedAt ?? '').toSorted().at(-1) ?? '';
  expect(kept.filter(({ stage, endedAt }) => stage === 'decided' && (endedAt ?? '') < newestDropped)).toEqual([]);
});

test('drops open ones too where nothing else is left, and says which', () => {
  const { text, dropped } = encodeLedger({ entries: Array.from({ length: 50 }, (_, index) => open(index)), mergesSeenUntil: null }, 3_000);
  expect(text.length).toBeLessThanOrEqual(3_000);
  expect(dropped.length).toBeGreaterThan(0);
});

test('cuts what is long in an entry', () => {
  const back = decodeLedger(encodeLedger({ entries: [entry({ title: 'é'.repeat(5_000), paths: Array.from({ length: 500 }, (_, i) => `a/${i}`), metrics: Array.from({ length: 500 }, (_, i) => `m${i}`) })], mergesSeenUntil: null }).text);
  const [only] = back.ok ? back.ledger.entries : [];
  expect([only?.title.length, only?.paths.length, only?.metrics.length]).toEqual([140, 12, 24]);
});

describe('what can’t be read is null with a reason', () => {
  const { text } = encodeLedger({ entries: [entry()], mergesSeenUntil: null });
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['no block', 'hello', /has no index/], ['cut', text.slice(0, -10), /cut or damaged/], ['a changed letter', text.replace(/.( -->)$/, (_, end: string) => `${text.at(-5) === 'A' ? 'B' : 'A'}${end}`), /doesn’t match its digest/],
    ['newer', text.replace('ledger 1', 'ledger 2'), /version 2/], ['nothing inside', '<!-- yardstick:ledger 1  -->', /cut or damaged/],
    ['an instant that is none', encodeLedger({ entries: [entry({ dueAt: '+010000-01-01T00:00Z' })], mergesSeenUntil: null }).text, /can’t be read/], ['words for an instant', encodeLedger({ entries: [], mergesSeenUntil: 'soon' }).text, /can’t be read/],
  ];
  test.each(rows)('%s', (_, body, reason) => {
    expect(decodeLedger(body)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test('64 kB of openings take no time', () => {
    const start = performance.now();
    decodeLedger('<!-- yardstick:ledger 1 '.repeat(2_700));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
