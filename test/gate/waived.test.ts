// Who may waive, for how long, and when a waiver ends by itself.
import { describe, expect, test } from 'vitest';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import { isWider, scopeFingerprint } from '../../src/gate/fingerprint.ts';
import type { Config } from '../../src/model/config.ts';
import { bigger, configured, fact, input, waive } from './sample.ts';

function waivers(change: Partial<Config['waivers']>): Config {
  return configured({ waivers: { allow: ['write'], byAuthor: true, ...change } });
}

const ada = { login: 'Ada', type: 'User' } as const;

describe('a waiver', () => {
  const rows: readonly (readonly [string, Parameters<typeof input>[0], boolean])[] = [
    ['by somebody with write access', { commands: [waive()] }, true],
    ['by somebody with more access', { commands: [waive({ permission: 'admin' })] }, true],
    ['by a reader', { commands: [waive({ permission: 'read' })] }, false],
    ['by a triager', { commands: [waive({ permission: 'triage' })] }, false],
    ['by a listed login', { commands: [waive({ permission: 'read' })], config: waivers({ allow: ['@Grace'] }) }, true],
    ['by a member of a listed team', { commands: [waive({ permission: 'read', teams: ['@acme/platform'] })], config: waivers({ allow: ['@acme/platform'] }) }, true],
    ['by somebody outside the team', { commands: [waive({ permission: 'admin' })], config: waivers({ allow: ['@acme/platform'] }) }, false],
    ['by a login that spells a permission', { commands: [waive({ by: { login: 'write', type: 'User' }, permission: 'read' })] }, false],
    ['where nobody may', { commands: [waive({ permission: 'admin' })], config: waivers({ allow: [] }) }, false],
    ['by the author', { commands: [waive({ by: ada })] }, true],
    ['by the author where that is forbidden', { commands: [waive({ by: ada })], config: waivers({ byAuthor: false }) }, false],
    ['by a deleted account', { commands: [waive({ by: null })] }, false],
    ['edited by somebody else', { commands: [waive({ editor: 'mallory' })] }, false],
    ['edited by its author', { commands: [waive({ editor: 'grace' })] }, true],
    ['on its last day', { commands: [waive({}, '2026-11-24')] }, true],
    ['a day later', { commands: [waive({ at: '2026-11-23T09:30:00Z' }, '2026-11-23')] }, false],
    ['over, but given again', { commands: [waive({ at: '2026-11-23T09:30:00Z' }, '2026-11-23'), waive({ commentId: 502 }, '2026-12-01')] }, true],
  ];
  test.each(rows)('%s', (_, given, holds) => {
    const decision = evaluateGate(input(given));
    expect(decision.situation).toBe(holds ? 'waived' : 'missing');
    expect(decision.waiver === null).toBe(!holds);
  });

  test('who may not is told in one line', () => {
    const { answers } = evaluateGate(input({ commands: [waive({ permission: 'read' })] }));
    expect(answers).toEqual([{ commentId: 501, reaction: '-1', text: '`grace` may not waive here. Who may: people with the permission `write`.' }]);
  });

  test('that ends before it was written is refused, one that ran out is not', () => {
    expect(evaluateGate(input({ commands: [waive({}, '2025-12-31')] })).answers).toEqual([{ commentId: 501, reaction: '-1', text: 'The waiver by `grace` ended on 2025-12-31, before it was written.' }]);
    expect(evaluateGate(input({ commands: [waive({ at: '2026-11-23T09:30:00Z' }, '2026-11-23')] }))).toMatchObject({ answers: [{ reaction: '+1' }], notes: [{ code: 'waiver-ended' }] });
  });

  test('by a team that the token may not see is told as that', () => {
    const { answers } = evaluateGate(input({ commands: [waive({ unreadTeams: ['acme/platform'] })], config: waivers({ allow: ['@acme/platform'] }) }));
    expect(answers[0]?.text).toBe("`grace` may not waive here. Who may: `@acme/platform`. Who belongs to `@acme/platform` can't be read by this token: that takes `members: read` of the organisation.");
  });

  test('is not shown where nothing is lacking, and keeps what was lacking where it is used', () => {
    expect(evaluateGate(input({ facts: [fact({ factor: 1.5 })], commands: [waive()] }))).toMatchObject({ situation: 'auto-bet', waiver: null });
    expect(evaluateGate(input({ commands: [waive()] })).problems.map(({ code }) => code)).toEqual(['hypothesis-missing']);
  });

  test('does not heal a broken configuration', () => {
    const here = [{ code: 'unknown-key', place: null, found: 'x', expected: 'y', remedy: 'z' }];
    expect(evaluateGate(input({ commands: [waive()], configProblems: { here, elsewhere: [] } })).verdict).toBe('fail');
  });

  const given = evaluateGate(input({ commands: [waive()] })).state;
  const later: readonly (readonly [string, Parameters<typeof input>[0], boolean])[] = [
    ['the same', {}, true],
    ['a smaller step', { facts: [fact({ to: '9', factor: 3 })] }, true],
    ['the same knob on another line', { facts: [fact({ line: 99 })] }, true],
    ['a larger step', { facts: [fact({ to: '60', factor: 20 })] }, false],
    ['another knob', { facts: [fact(), bigger] }, false],
    ['the other direction', { facts: [fact({ direction: 'down', factor: 0.25 }), fact({ line: 30, path: 'workers.replicas' })] }, false],
  ];
  test.each(later)('after new commits: %s', (_, change, holds) => {
    const decision = evaluateGate(input({ ...change, commands: [waive()], previous: given }));
    expect(decision.situation === 'waived').toBe(holds);
    expect(decision.notes.some(({ code }) => code === 'waiver-ended')).toBe(!holds);
    expect(decision.state.waived).toEqual(given.waived);
  });

  test('given before a push is for what was there before it, though this run is the first to see it', () => {
    const before = evaluateGate(input()).state;
    expect(evaluateGate(input({ commands: [waive()], previous: before })).situation).toBe('waived');
    expect(evaluateGate(input({ facts: [fact(), bigger], commands: [waive()], previous: before }))).toMatchObject({ situation: 'missing', notes: [{ code: 'waiver-ended' }] });
  });

  test('a new waiver holds for the wider scope', () => {
    const wider = evaluateGate(input({ facts: [fact(), bigger], commands: [waive()], previous: given })).state;
    const decision = evaluateGate(input({ facts: [fact(), bigger], commands: [waive(), waive({ commentId: 502 })], previous: wider }));
    expect(decision.situation).toBe('waived');
    expect(Object.keys(decision.state.waived)).toEqual(['501', '502']);
  });
});

describe('the fingerprint of a scope', () => {
  test('is small, however many facts there are', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => fact({ line: index, path: `a${index}.replicas` }));
    expect(scopeFingerprint(many, [])).toHaveLength(1);
    expect(isWider(scopeFingerprint(many, []), scopeFingerprint(many.slice(1), []))).toBe(true);
    expect(isWider(scopeFingerprint(many, []), scopeFingerprint(many, []))).toBe(false);
  });

  test('without a factor another target is wider', () => {
    const before = scopeFingerprint([fact({ factor: null, to: 'a' })], []);
    expect(isWider(before, scopeFingerprint([fact({ factor: null, to: 'b' })], []))).toBe(true);
    expect(isWider(before, scopeFingerprint([fact({ factor: null, to: 'a' })], []))).toBe(false);
  });

  test('a new reason is wider, a lost one is not', () => {
    const label = [{ rule: 'label', text: 'x' }] as const;
    expect(isWider(scopeFingerprint([], []), scopeFingerprint([], label))).toBe(true);
    expect(isWider(scopeFingerprint([], label), scopeFingerprint([], []))).toBe(false);
  });
});
