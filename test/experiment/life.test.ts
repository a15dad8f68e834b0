// How an experiment moves on: effects, windows, what people say, and what it never does.
import { describe, expect, test } from 'vitest';
import { baselinePoints, foldBaseline } from '../../src/experiment/baseline.ts';
import { effectOf, withEffects, type Signs } from '../../src/experiment/effect-start.ts';
import { hear } from '../../src/experiment/heard.ts';
import { experimentKey, numberOfKey } from '../../src/experiment/identity.ts';
import { newerOf, stageOf } from '../../src/experiment/stage.ts';
import { isoOf, windowOf } from '../../src/experiment/windows.ts';
import type { Command } from '../../src/model/command.ts';
import type { GivenCommand } from '../../src/model/gate.ts';
import type { EffectStart } from '../../src/model/hypothesis.ts';
import { parseQuantity } from '../../src/quantity/quantity.ts';
import { criterion, experiment, member, metric, REPO } from './sample.ts';

const none: Signs = { deployments: [], releases: [], other: null, told: null };
const effect = { at: '2026-05-05T12:00:00Z', how: 'merge', text: 'the merge' } as const;

test.each([
  ['inline', '#7', 'acme/infra#7'],
  ['issue', 'acme/infra#30', 'acme/infra#30'],
  ['issue', '#30', 'acme/infra#30'],
  ['file', 'hypotheses/redis.md', 'acme/infra:hypotheses/redis.md'],
] as const)('a hypothesis %s %s is known as %s', (source, ref, key) => {
  expect(experimentKey({ source, ref }, { ...REPO, number: 7 })).toBe(key);
});

test('only an issue of this repository is one to tell a shared verdict on', () => {
  expect([numberOfKey('acme/infra#30', REPO), numberOfKey('acme/other#30', REPO), numberOfKey('acme/infra:h.md', REPO)]).toEqual([30, null, null]);
});

describe('the effect', () => {
  const deployed = { at: '2026-05-06T08:00:00Z', text: 'deployment 91 to production' };
  const late = { at: '2026-05-09T08:00:00Z', text: 'deployment 95 to production' };
  test.each<[string, EffectStart, Partial<Signs>, string | null]>([
    ['begins at the merge', { kind: 'merge' }, {}, '2026-05-05T12:00:00Z'],
    ['begins at the first deployment that contains it', { kind: 'deployment', environment: 'production' }, { deployments: [late, deployed] }, deployed.at],
    ['has not begun while none does', { kind: 'deployment', environment: 'production' }, {}, null],
    ['begins with a release', { kind: 'release' }, { releases: [deployed] }, deployed.at],
    ['begins with another change', { kind: 'change', ref: 'acme/app#456' }, { other: late }, late.at],
    ['is what a person says it is', { kind: 'deployment', environment: 'production' }, { deployments: [deployed], told: late }, late.at],
  ])('%s', (_, start, signs, at) => {
    expect(effectOf(member(7), { start, signs: { ...none, ...signs }, now: '2026-06-01T00:00:00Z' })?.at ?? null).toBe(at);
  });

  test('that waits for a maintenance window begins a week after the deployment at the latest', () => {
    const waiting = member(7, { waitsForWindow: true });
    expect(effectOf(waiting, { start: { kind: 'merge' }, signs: none, now: '2026-05-10T00:00:00Z' })).toBeNull();
    expect(effectOf(waiting, { start: { kind: 'merge' }, signs: none, now: '2026-05-13T00:00:00Z' })).toMatchObject({ at: '2026-05-12T12:00:00Z', how: 'maintenance-window' });
    expect(effectOf(waiting, { start: { kind: 'merge' }, signs: { ...none, told: deployed }, now: '2026-05-10T00:00:00Z' })).toMatchObject({ at: deployed.at, how: 'told' });
  });

  test('of several members begins with the first, and the observation after the last', () => {
    const shared = withEffects(experiment({ members: [member(7), member(8)] }), [{ ...effect, at: '2026-05-07T00:00:00Z' }, effect]);
    expect(shared).toMatchObject({ effect: { at: effect.at }, lastEffectAt: '2026-05-07T00:00:00Z' });
    const window = windowOf(shared);
    expect(window && { effectAt: isoOf(window.effectAt), from: isoOf(window.from), to: isoOf(window.to) }).toEqual({ effectAt: effect.at, from: '2026-05-07T01:00:00Z', to: '2026-05-14T01:00:00Z' });
  });

  test('stays where it was seen, but a person may correct it', () => {
    const seen = withEffects(experiment(), [effect]);
    expect(withEffects(seen, [{ ...effect, at: '2026-05-09T00:00:00Z' }]).effect?.at).toBe(effect.at);
    expect(withEffects(seen, [{ ...effect, at: '2026-05-09T00:00:00Z', how: 'told' }]).effect?.at).toBe('2026-05-09T00:00:00Z');
  });
});

test('cost is measured over a week at least, and bills get two days for corrections', () => {
  const cost = experiment({ effect, lastEffectAt: effect.at, schedule: { start: { kind: 'merge' }, settle: 0, window: 86_400 }, metrics: [metric('bill', { kind: 'cost' })] });
  const window = windowOf(cost)!;
  expect((window.to - window.from) / 86_400).toBe(7);
  expect((window.dueAt - window.to) / 3600).toBe(48);
});

test('stages only move on: of two readings the later counts', () => {
  const judged = experiment({ effect, result: { outcome: 'refuted', at: '2026-05-13T00:00:00Z', criteria: [], windows: null, confounders: [], early: false } });
  expect([stageOf(experiment()), stageOf(experiment({ effect })), stageOf(judged)]).toEqual(['locked', 'measuring', 'judged']);
  expect(newerOf(experiment({ effect }), judged)).toBe(judged);
  expect(newerOf(judged, experiment({ effect }))).toBe(judged);
});

describe('hearing people', () => {
  const say = (command: Command, given: Partial<GivenCommand> = {}): GivenCommand => ({ command, by: { login: 'bob', type: 'User' }, permission: 'write', teams: [], unreadTeams: [], commentId: 1, at: '2026-05-08T00:00:00Z', editor: null, ...given });
  const result = { outcome: 'refuted', at: '2026-05-13T00:00:00Z', criteria: [], windows: null, confounders: [], early: false } as const;
  const told = (start: ReturnType<typeof experiment>, ...commands: readonly GivenCommand[]) => hear(start, commands, parseQuantity);

  test.each<[string, ReturnType<typeof experiment>, GivenCommand, string | null, object]>([
    ['a decision after the verdict', experiment({ effect, result }), say({ name: 'keep', reason: 'load doubled' }, { at: '2026-05-13T00:00:00Z' }), null, { decision: { what: 'keep', by: 'bob', reason: 'load doubled' } }],
    ['no decision before it', experiment({ effect }), say({ name: 'undo' }), 'there is no verdict yet', { decision: null }],
    ['no keeping that was said before the verdict', experiment({ effect, result }), say({ name: 'keep', reason: 'x' }), 'it was said before the verdict; say it again', { decision: null }],
    ['no undoing that was said before the verdict', experiment({ effect, result }), say({ name: 'undo' }, { at: '2026-05-12T23:59:59Z' }), 'it was said before the verdict', { decision: null }],
    ['no accepting that was said before the verdict', experiment({ effect, result }), say({ name: 'accept', reason: 'x' }), 'it was said before the verdict', { decision: null }],
    ['no decision by readers', experiment({ effect, result }), say({ name: 'undo' }, { permission: 'read', at: '2026-05-14T00:00:00Z' }), 'only people with write access may decide', { decision: null }],
    ['a withdrawal while the window is open', experiment({ effect, lastEffectAt: effect.at }), say({ name: 'withdraw', reason: 'cancelled' }), null, { withdrawal: { why: 'withdrawn', by: 'bob' } }],
    ['a withdrawal by its author without write access', experiment({ effect, lastEffectAt: effect.at }), say({ name: 'withdraw', reason: 'cancelled' }, { by: { login: 'Ada', type: 'User' }, permission: 'read' }), null, { withdrawal: { why: 'withdrawn' } }],
    ['no withdrawal once the window is over', experiment({ effect, lastEffectAt: effect.at }), say({ name: 'withdraw', reason: 'looks bad' }, { at: '2026-05-13T12:00:00Z' }), 'the window is over', { withdrawal: null }],
    ['no say for a comment that somebody else edited', experiment({ effect, result }), say({ name: 'keep', reason: 'x' }, { editor: 'mallory' }), 'somebody else edited', { decision: null }],
  ])('%s', (_, start, command, refused, expected) => {
    const heard = told(start, command);
    expect(heard.experiment).toMatchObject(expected);
    const [answer] = heard.answers;
    expect(answer?.reaction).toBe(refused === null ? '+1' : 'confused');
    if (refused !== null) expect(answer?.text).toContain(refused);
  });

  test('the same command heard again changes nothing and is answered as before', () => {
    const keep = say({ name: 'keep', reason: 'load doubled' }, { at: '2026-05-14T00:00:00Z' });
    const once = told(experiment({ effect, result }), keep);
    expect(told(once.experiment, keep)).toEqual(once);
  });

  test('a value for what is awaited, in its unit', () => {
    const start = experiment({ criteria: [criterion('manual: survey > 4')], metrics: [] });
    expect(told(start, say({ name: 'outcome', metric: 'survey', value: '4.2', note: 'n = 31' })).experiment.answers).toMatchObject([{ metric: 'survey', value: 4.2, unit: null, note: 'n = 31' }]);
    expect(told(start, say({ name: 'outcome', metric: 'surveys', value: '4.2', note: null })).answers[0]?.text).toContain('values are awaited for survey');
    expect(told(start, say({ name: 'outcome', metric: 'survey', value: '4.2 blorp', note: null })).answers[0]?.text).toContain('no number with a unit');
  });

  test.each([['2026-05-07', '2026-05-07T00:00:00Z'], ['2026-05-07T14:00', '2026-05-07T14:00:00Z'], ['2026-05-07 14:00+02:00', '2026-05-07T12:00:00Z'], ['', '2026-05-08T00:00:00Z'], ['abcdef1', '2026-05-08T00:00:00Z']])('deployed %s', (what, at) => {
    expect(told(experiment(), say({ name: 'deployed', what: what === '' ? null : what })).deployed?.at).toBe(at);
  });

  test('deployed in the future, or at no time at all, is refused', () => {
    expect(told(experiment(), say({ name: 'deployed', what: '2027-01-01' })).deployed).toBeNull();
    expect(told(experiment(), say({ name: 'deployed', what: 'tomorrow' })).deployed).toBeNull();
  });

  test.each(['0000-01-01', '0000-01-01T00:00+14:00', '2026-01-01'])('deployed %s, before it was locked, is refused: what was measured before it was promised is no promise kept', (what) => {
    const { deployed, answers } = told(experiment(), say({ name: 'deployed', what }));
    expect([deployed, answers[0]?.reaction, answers[0]?.text]).toEqual([null, 'confused', expect.stringContaining('when this was locked')]);
  });

  test('the minute in which it was locked is late enough', () => {
    const locked = experiment({ lockedAt: '2026-05-07T14:00:40Z' });
    expect(told(locked, say({ name: 'deployed', what: '2026-05-07T14:00Z' })).deployed?.at).toBe('2026-05-07T14:00:00Z');
  });
});

describe('the stored baseline', () => {
  const hours = (values: readonly number[], perHour = 12) => values.flatMap((value, hour) => Array.from({ length: perHour }, (_, i): readonly number[] => [hour * 3600 + i * 300, value + i]));

  test('is the median of a gauge hour, and null where an hour had no data', () => {
    const points = hours([100, 200, 300]).filter(([time = 0]) => time < 3600 || time >= 7200);
    expect(foldBaseline(points, { kind: 'gauge', aggregate: null }, 3 * 3600)).toEqual({ from: 0, values: [105.5, null, 305.5], totals: null });
  });

  test('is a sum for events and for both halves of a rate, a mean for counts, the last reading of a counter', () => {
    expect(foldBaseline(hours([1, 2], 2), { kind: 'events', aggregate: null }, 7200)?.values).toEqual([3, 5]);
    expect(foldBaseline([[0, 1, 10], [300, 2, 20]], { kind: 'rate', aggregate: null }, 3600)).toEqual({ from: 0, values: [3], totals: [30] });
    expect(foldBaseline(hours([10], 2), { kind: 'count', aggregate: null }, 3600)?.values).toEqual([10.5]);
    const counter = Array.from({ length: 24 }, (_, i): readonly number[] => [i * 300, i * 5]);
    expect(foldBaseline(counter, { kind: 'count', aggregate: null }, 7200)?.values).toEqual([55, 115]);
  });

  test('holds no hour that is not over, and at most 28 days', () => {
    const points = Array.from({ length: 40 * 24 + 1 }, (_, hour): readonly number[] => [hour * 3600, hour]);
    const baseline = foldBaseline(points, { kind: 'gauge', aggregate: null }, 40 * 86_400 + 1800);
    expect(baseline?.values).toHaveLength(672);
    expect(baselinePoints(baseline!).at(-1)).toEqual([40 * 86_400 - 3600, 959]);
  });
});

test.each([['410 USD', 410, 'USD'], ['$1,200', 1200, 'USD'], ['300ms', 300, 'ms'], ['0.4%', 0.4, '%'], ['-3', -3, null], ['1,2', null, null], ['4 blorp', null, null], ['many', null, null]])('the answer %s', (text, value, unit) => {
  expect(parseQuantity(text)).toEqual(value === null ? null : { value, unit });
});
