// When time alone moves a bet on: each stage has its next instant, and it never lies in the past.
import { expect, test } from 'vitest';
import { windowOf } from '../../src/experiment/windows.ts';
import { dueOf } from '../../src/flows/due.ts';
import { isLookDue } from '../../src/flows/harm.ts';
import { reviewAt } from '../../src/gate/review-at.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { effect, errors, experiment, latency, member, ON, outcome } from '../report/experiment-sample.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
/** Two metrics whose sources are a quarter of an hour late; the effect began on 5 May at 13:00. */
const bet = (change: Partial<Experiment> = {}): Experiment => experiment({ criteria: [latency, errors], metrics: experiment().metrics.slice(0, 2), ...change });
const measuring = (change: Partial<Experiment> = {}): Experiment => bet({ effect, lastEffectAt: effect.at, ...change });
const told = { toldIn: { change: ON, commentId: 1 } };
const asked = measuring({ criteria: [latency, { ...errors, manual: true }], askedAt: '2026-05-12T14:15:00Z' });
const decision = { what: 'keep', by: 'ana', reason: null, at: '2026-05-13T09:00:00Z' } as const;

test.each<[string, Experiment, string, string | null]>([
  ['a deployment is an event', bet(), '2026-05-06T09:00:00Z', null],
  ['a maintenance window comes unannounced', bet({ members: [member({ waitsForWindow: true })] }), '2026-05-06T13:00:00Z', '2026-05-07T12:41:00Z'],
  ['another repository tells nothing', bet({ schedule: { start: { kind: 'change', ref: 'acme/other#3' }, settle: 0, window: 3600 } }), '2026-05-05T12:41:00Z', '2026-05-06T12:41:00Z'],
  ['the first look comes after a day', measuring(), '2026-05-05T15:00:00Z', '2026-05-06T14:00:00Z'],
  ['each look is followed by the next', measuring(), '2026-05-06T14:00:00Z', '2026-05-07T14:00:00Z'],
  ['the last one by the verdict', measuring(), '2026-05-11T14:00:00Z', '2026-05-12T14:15:00Z'],
  ['what is measured silently is looked at once', measuring({ silent: true }), '2026-05-05T15:00:00Z', '2026-05-12T14:15:00Z'],
  ['a verdict that did not come is tried for again', measuring(), '2026-05-12T14:15:00Z', '2026-05-12T14:45:00Z'],
  ['an answer is waited for', asked, '2026-05-12T14:20:00Z', '2026-05-19T14:15:00Z'],
  ['and then no longer', asked, '2026-05-19T14:15:00Z', '2026-05-19T14:45:00Z'],
  ['what was not said is tried again', measuring({ result: outcome({ at: '2026-05-12T14:15:00Z' }) }), '2026-05-12T14:16:00Z', '2026-05-12T14:45:00Z'],
  ['who does not answer is reminded', measuring({ result: outcome({ at: '2026-05-12T14:15:00Z' }), ...told }), '2026-05-13T09:00:00Z', '2026-05-26T14:15:01Z'],
  ['once', measuring({ result: outcome(), ...told, remindedAt: '2026-05-26T14:15:02Z' }), '2026-05-27T09:00:00Z', null],
  ['a promise that came true can stay', measuring({ result: outcome({ outcome: 'validated' }), ...told }), '2026-05-13T09:00:00Z', null],
  ['insurance is asked about on the day that was named', measuring({ intent: 'insure', hypothesis: { ...bet().hypothesis, until: '2026-06-01' }, result: outcome(), ...told }), '2026-05-13T09:00:00Z', '2026-06-01T00:00:01Z'],
  ['a day beyond all calendars is the last one', measuring({ intent: 'insure', hypothesis: { ...bet().hypothesis, until: '+275760-09-13' }, result: outcome(), ...told }), '2026-05-13T09:00:00Z', '9999-12-31T23:59:59Z'],
  ['what is decided is over', measuring({ result: outcome(), ...told, decision }), '2026-05-13T09:30:00Z', null],
])('%s', (_, given, now, next) => {
  expect(dueOf(given, at(now)).nextAt).toBe(next);
});

test('a verdict is due at the end of its window, or when an answer is waited for no longer', () => {
  expect([bet(), measuring(), measuring({ extended: true }), asked].map((given) => dueOf(given, at('2026-05-12T15:00:00Z')).verdictAt)).toEqual([null, '2026-05-12T14:15:00Z', '2026-05-19T14:15:00Z', '2026-05-19T14:15:00Z']);
});

test('an open bet in measurement never waits for nothing, and what it is called for is due then', () => {
  const window = windowOf(measuring());
  for (let now = at('2026-05-05T13:00:00Z'); now < at('2026-05-16T00:00:00Z'); now += 617) {
    const next = at(dueOf(measuring(), now).nextAt ?? '');
    expect(next).toBeGreaterThan(now);
    expect(window !== null && (next >= window.dueAt || isLookDue(window, next))).toBe(true);
  }
});

const waiver = { by: 'ben', reason: 'the sale', at: '2026-05-01T09:00:00Z', until: null };

test.each([
  ['a waiver ends with its last day', { situation: 'waived', waiver: { ...waiver, until: '2026-05-05' } }, null, '2026-05-06T00:00:00.000Z'],
  ['the last day of all is followed by none', { situation: 'waived', waiver: { ...waiver, until: '9999-12-31' } }, null, '9999-12-31T23:59:59.000Z'],
  ['a commit may be dated as one likes', { situation: 'waiting-for-cost', waiver: null }, '9999-12-31T23:59:00Z', '9999-12-31T23:59:59.000Z'],
  ['one without a day by new commits alone', { situation: 'waived', waiver }, null, null],
  ['a cost report is waited for half an hour', { situation: 'waiting-for-cost', waiver: null }, '2026-05-01T09:00:00Z', '2026-05-01T09:30:00.000Z'],
  ['everything else changes by events', { situation: 'missing', waiver: null }, '2026-05-01T09:00:00Z', null],
] as const)('%s', (_, given, pushedAt, expected) => {
  expect(reviewAt(given, pushedAt)).toBe(expected);
});
