// The dashboard issue: each part where it has something to say, the index beside it, all within GitHub's limits.
import { describe, expect, test } from 'vitest';
import { decodeLedger, encodeLedger } from '../../src/experiment/ledger.ts';
import type { LedgerEntry } from '../../src/model/experiment.ts';
import { sizeOf } from '../../src/report/budget.ts';
import { renderDashboard, type DashboardGiven } from '../../src/report/dashboard.ts';
import { calibration, hitRate } from '../../src/report/track-record.ts';
import { DUE, entry } from './experiment-sample.ts';

const AT = '2026-05-20T06:00:00.000Z';
const open = entry({ key: 'acme/shop#9', title: 'Bigger pools', stage: 'measuring', changes: [9], home: null, outcome: null, endedAt: null, told: null, dueAt: '2026-05-23T06:00:00.000Z' });
const waiting = entry({ key: 'acme/shop#10', title: 'Not begun', stage: 'locked', changes: [10], home: null, outcome: null, endedAt: null, told: null, dueAt: null, odds: null });
const repair = entry({ key: 'acme/shop#11', title: 'More replicas after the outage', intent: 'repair', outcome: 'validated', told: { number: 11, commentId: 1 }, home: null, changes: [11], monthlyCost: 310 });
const decided = (index: number, outcome: LedgerEntry['outcome'], change: Partial<LedgerEntry> = {}): LedgerEntry => entry({ key: `acme/shop#${index}`, title: `Bet ${index}`, stage: 'decided', outcome, told: { number: index, commentId: 1 }, home: null, changes: [index], ...change });
const entries = [entry(), open, waiting, repair, decided(20, 'validated', { odds: 0.9 }), decided(21, 'held', { odds: 0.7 }), decided(22, 'inconclusive'), decided(23, 'withdrawn'), decided(24, 'no harm', { stage: 'judged', odds: null }), decided(25, 'validated', { silent: true, told: null })];
const tell = (of: readonly LedgerEntry[] = entries, more: Partial<DashboardGiven> = {}): string => renderDashboard({ entries: of, index: encodeLedger({ mergesSeenUntil: null, entries: of }).text, dropped: 0, at: AT, costs: true, ...more });
const part = (text: string, heading: string): string => text.split('\n\n### ').find((section) => section.startsWith(heading)) ?? '';

test('whole', () => {
  expect(tell().replace(/<!--.*-->/, '<!-- index -->')).toMatchSnapshot();
});

test('repairs and verdicts that wait for an answer come first, with what they cost a year', () => {
  const text = tell();
  expect(text.indexOf('### Repairs to keep or undo (1)')).toBeLessThan(text.indexOf('### Keep, undo or accept? (1)'));
  expect(text).toContain('| More replicas after the outage | #11 | $3,720 a year | 12 May 2026 |');
  expect(text).toContain('| Moving session reads to Redis cuts checkout latency at peak | #7 | 🔴 refuted | $1,680 a year | 12 May 2026 |');
});

test('open bets by their date, the next first, those that have not begun last', () => {
  const late = { ...open, key: 'x', title: 'Overdue', dueAt: DUE };
  const section = part(tell([waiting, open, late]), 'Open bets');
  expect([...section.matchAll(/^\| (\w.*?) \|.*$/gm)].map(([, name]) => name)).toEqual(['Bet', 'Overdue', 'Bigger pools', 'Not begun']);
  expect(section).toContain('| 12 May 2026 (now) |');
  expect(section).toContain('| not begun | - |');
});

test('verdicts older than 90 days are gone from the list, and silent ones are in no list', () => {
  const old = decided(30, 'refuted', { endedAt: '2026-02-01T00:00:00.000Z' });
  expect(part(tell([...entries, old]), 'Verdicts')).not.toContain('Bet 30');
  expect(tell()).not.toContain('Bet 25');
  expect(tell()).toContain('- Small changes, measured silently, after which all stayed well: **1 of 1**');
});

test('what is empty is left out', () => {
  expect(tell([])).not.toContain('###');
});

test('costs are told only to those who may know them', () => {
  expect(tell(entries, { costs: false })).not.toContain('$');
});

test('the index comes back from the body, and what it forgot is said', () => {
  expect(decodeLedger(tell())).toEqual({ ok: true, ledger: { entries, mergesSeenUntil: null } });
  expect(tell(entries, { dropped: 3 })).toContain('3 ended bets are no longer listed here');
});

describe('the hit rate', () => {
  test.each<readonly [string, readonly LedgerEntry['outcome'][], readonly [number, number, number] | null, readonly [number, number]]>([
    ['three of three', ['validated', 'held', 'no harm'], [3, 3, 0], [0.44, 1]], ['one of four, two open', ['validated', 'refuted', 'broke', 'harm', 'inconclusive', 'not exercised'], [1, 4, 2], [0.05, 0.7]],
    ['nothing decided', ['inconclusive', 'withdrawn', null], null, [0, 0]],
  ])('%s', (_, outcomes, counts, [low, high]) => {
    const rate = hitRate(outcomes.map((outcome, i) => decided(i, outcome)));
    expect(rate === null ? null : [rate.hits, rate.decided, rate.open]).toEqual(counts);
    if (rate !== null) expect(rate.interval.map((end) => Math.round(end * 100) / 100)).toEqual([low, high]);
  });
});

test('odds are held against what came true; 100% is in the last band', () => {
  const told = calibration([decided(1, 'validated', { odds: 1 }), decided(2, 'refuted', { odds: 0.8 }), decided(3, 'validated', { odds: 0.6 }), decided(4, 'inconclusive', { odds: 0.5 }), decided(5, 'held', { odds: null })]);
  expect(told?.bands).toEqual([{ from: 0.6, to: 0.8, hits: 1, bets: 1 }, { from: 0.8, to: 1, hits: 1, bets: 2 }]);
  expect(told?.brier).toBeCloseTo((0 + 0.64 + 0.16) / 3);
  expect(calibration([decided(1, 'validated', { odds: null })])).toBeNull();
});

test('hostile titles stay inert, and a thousand bets fit', () => {
  const evil = '<img src=x> @acme/all [x](javascript:1) | #1 https://evil.example <!-- -->';
  const many = Array.from({ length: 1_000 }, (_, i) => decided(i, 'refuted', { title: `${i} ${evil}`, stage: 'judged', endedAt: new Date(Date.parse(DUE) + i * 1_000).toISOString() }));
  const { text: index, dropped } = encodeLedger({ mergesSeenUntil: null, entries: many });
  const text = renderDashboard({ entries: many, index, dropped: dropped.length, at: AT, costs: true });
  expect(sizeOf(text)).toBeLessThan(65_000);
  expect(text).toContain('… and 950 more');
  expect(text).toContain(index);
  expect(text.replace(index, '')).not.toMatch(/<img|<!--|@acme|https:\/\/evil|(?<!\\)\[x\]/);
});
