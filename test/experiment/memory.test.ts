// Evidence memory: chosen by knob, metric and path, told in a line each.
import { expect, test } from 'vitest';
import { recall, turnedKnob, type Remembering } from '../../src/experiment/memory.ts';
import type { LedgerEntry } from '../../src/model/experiment.ts';
import { renderMemory } from '../../src/report/memory.ts';
import { fact } from '../gate/sample.ts';
import { entry } from '../report/experiment-sample.ts';

const past = (number: number, change: Partial<LedgerEntry>): LedgerEntry => entry({ key: `acme/shop#${number}`, told: { number, commentId: number }, endedAt: `2026-0${number}-01T00:00:00.000Z`, metrics: [`m${number}`], paths: [`p${number}`], ...change });
const asked = (change: Partial<Remembering> = {}): Remembering => ({ facts: [fact()], metrics: [], key: null, ...change });
const tell = (entries: readonly LedgerEntry[], change: Partial<Remembering> = {}): string | null => renderMemory(recall(entries, asked(change)));

test('the last four of the same knob, turned the same way, newest first', () => {
  const entries = [past(1, { outcome: 'refuted' }), past(2, { outcome: 'validated' }), past(3, { outcome: 'refuted' }), past(4, { outcome: 'inconclusive' }), past(5, { outcome: 'refuted' }), past(6, { outcome: 'refuted', knobs: ['replicas down'] })];
  expect(tell(entries)).toBe('- The last 4 raises of `replicas` here: 2 refuted (#5, #3), 1 inconclusive (#4), 1 validated (#2).');
});

test('one is told as one; a silent one is evidence without a link', () => {
  expect(tell([past(1, { outcome: 'validated' })])).toBe('- The last raise of `replicas` here: validated (#1).');
  expect(tell([past(1, { outcome: 'validated', silent: true, told: null, home: null })])).toBe('- The last raise of `replicas` here: validated.');
});

test('metric and path are named only where they add something', () => {
  const entries = [past(1, { outcome: 'validated', metrics: ['p95(orders)'] }), past(2, { outcome: 'held', knobs: [], metrics: ['p95(orders)'] }), past(3, { outcome: 'broke', knobs: [], paths: [fact().file] })];
  expect(tell(entries, { metrics: ['p95(orders)'] })).toBe([
    '- The last raise of `replicas` here: validated (#1).', '- The last 2 bets on `p95(orders)` here: 1 held (#2), 1 validated (#1).', '- The last bet on `charts/orders/values.yaml` here: broke (#3).',
  ].join('\n'));
});

test.each<readonly [string, readonly LedgerEntry[], Partial<Remembering>]>([
  ['nothing is known', [], {}], ['it is still open', [past(1, { outcome: null, stage: 'measuring' })], {}], ['it was withdrawn', [past(1, { outcome: 'withdrawn' })], {}],
  ['it is this very one', [past(1, { outcome: 'validated' })], { key: 'acme/shop#1' }], ['another knob', [past(1, { outcome: 'validated' })], { facts: [fact({ knob: 'memory-limit' })] }],
])('nothing is said where %s', (_, entries, change) => {
  expect(tell(entries, change)).toBeNull();
});

test.each([['up', 'raise'], ['down', 'cut'], ['added', 'addition'], ['removed', 'removal'], ['changed', 'change']] as const)('%s is a %s', (direction, word) => {
  expect(tell([past(1, { outcome: 'held', knobs: [turnedKnob({ knob: 'instance-class', direction })] })], { facts: [fact({ knob: 'instance-class', direction })] })).toBe(`- The last ${word} of \`instance-class\` here: held (#1).`);
});
