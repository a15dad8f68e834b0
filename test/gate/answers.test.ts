// Every row of "The gate's answers" and of "Intent decides the question", as verdicts.
import { describe, expect, test } from 'vitest';
import { evaluateGate } from '../../src/gate/evaluate.ts';
import type { GateInput } from '../../src/gate/input.ts';
import { decideNotEvaluated } from '../../src/gate/not-evaluated.ts';
import type { Mode } from '../../src/model/config.ts';
import type { Situation, Verdict } from '../../src/model/decision.ts';
import { bigger, configured, cost, fact, file, found, given, guardrail, criterion, hypothesis, input, problem, pull, standing, waive } from './sample.ts';

type Row = readonly [name: string, change: Parameters<typeof input>[0], situation: Situation, enforce: Verdict, advise: Verdict];

const broken = problem({ code: 'unknown-key', place: { file: '.github/yardstick.yml', line: 3, column: 1 }, found: '`mods`', remedy: 'Write `mode`.' });
const waiting = { report: null, problems: [], pushedAt: '2026-11-24T09:45:00Z' };
const expecting = { cost: { ...configured().cost, expected: 'artifact' as const } };
const evidence = { kind: 'evidence' as const, text: 'evidence: load-test shows p95 < 300 ms', place: guardrail.place, role: 'goal' as const, source: 'load-test', metric: { name: 'p95', args: [] }, op: '<=' as const, bound: { value: 300, unit: 'ms' } };

const rows: readonly Row[] = [
  ['nothing that scales', { facts: [], files: [file('src/main.ts')] }, 'out-of-scope', 'pass', 'pass'],
  ['documentation only', { facts: [], files: [file('docs/scaling.md')] }, 'exempt', 'pass', 'pass'],
  ['no hypothesis', {}, 'missing', 'fail', 'neutral'],
  ['no hypothesis on a draft pull request', { change: pull({ draft: true }) }, 'missing', 'fail', 'neutral'],
  ['a sound hypothesis', { hypothesis: found() }, 'sound', 'pass', 'pass'],
  ['an unreadable criterion', { hypothesis: found({ problems: [problem()] }) }, 'unsound', 'fail', 'neutral'],
  ['a link that cannot be read', { hypothesis: found({ hypothesis: null, problems: [problem({ code: 'unreadable-reference' })] }) }, 'unsound', 'fail', 'neutral'],
  ['a hypothesis with a verdict', { hypothesis: found({ ended: 'validated on 2026-05-12' }) }, 'unsound', 'fail', 'neutral'],
  ['waived', { commands: [waive()] }, 'waived', 'pass', 'pass'],
  ['an incident', { change: pull({ labels: ['Incident'] }) }, 'repair', 'pass', 'pass'],
  ['an incident label set by somebody who may', { change: pull({ labels: ['incident'] }), incidentBy: standing({ permission: 'write' }) }, 'repair', 'pass', 'pass'],
  ['an incident label set by an App', { change: pull({ labels: ['incident'] }), incidentBy: standing({ by: { login: 'pager[bot]', type: 'Bot' } }) }, 'repair', 'pass', 'pass'],
  ['an incident label set by somebody who may not', { change: pull({ labels: ['incident'] }), incidentBy: standing({ permission: 'triage' }) }, 'missing', 'fail', 'neutral'],
  ['an auto-bet', { facts: [fact({ from: '4', to: '6', factor: 1.5 })] }, 'auto-bet', 'pass', 'pass'],
  ['a bigger database class for $900 without guardrails', { facts: [bigger], cost: cost(900), hypothesis: found() }, 'unsound', 'fail', 'neutral'],
  ['the same with a guardrail', { facts: [bigger], cost: cost(900), hypothesis: found({ hypothesis: hypothesis({ criteria: [criterion(), guardrail] }) }) }, 'sound', 'pass', 'pass'],
  ['a scale-down', { facts: [fact({ from: '12', to: '3', factor: 0.25, direction: 'down' })], cost: cost(-600) }, 'nothing-asked', 'pass', 'pass'],
  ['an end-of-life upgrade with reason and link', { facts: [], files: [file('db/main.tf')], change: pull({ labels: ['infrastructure'], title: 'Upgrade orders to PostgreSQL 16', body: 'Version 12 reaches its end of life in November: https://example.org/eol' }) }, 'sound', 'pass', 'pass'],
  ['an end-of-life upgrade without a word', { facts: [], files: [file('db/main.tf')], change: pull({ labels: ['infrastructure'], title: 'Upgrade orders to PostgreSQL 16' }) }, 'missing', 'fail', 'neutral'],
  ['a step of a sound programme', { stepOf: '#123', step: { reference: '#123', programme: found() } }, 'step', 'pass', 'pass'],
  ['a step of nothing', { stepOf: '#123', step: { reference: '#123', programme: found({ hypothesis: null }) } }, 'unsound', 'fail', 'neutral'],
  ['a step of a finished programme', { stepOf: '#123', step: { reference: '#123', programme: found({ ended: 'refuted' }) } }, 'unsound', 'fail', 'neutral'],
  ['headroom with evidence', { intentLine: { value: 'insure', place: guardrail.place }, hypothesis: found({ hypothesis: hypothesis({ criteria: [evidence], until: '2026-12-31' }) }) }, 'sound', 'pass', 'pass'],
  ['headroom without a load', { intentLine: { value: 'insure', place: guardrail.place }, hypothesis: found() }, 'unsound', 'fail', 'neutral'],
  ['the cost report is still to come', { cost: waiting, config: configured(expecting) }, 'waiting-for-cost', 'fail', 'neutral'],
  ['this pull request breaks the configuration', { configProblems: { here: [broken], elsewhere: [] } }, 'configuration-broken', 'fail', 'neutral'],
  ['the configuration is broken elsewhere', { hypothesis: found(), configProblems: { here: [], elsewhere: [broken] } }, 'sound', 'pass', 'neutral'],
  ['no configuration, and the App only says so', { unconfigured: 'silent' }, 'not-configured', 'pass', 'pass'],
];

function decide(change: Row[1], mode: Mode) {
  const plainInput = input(change);
  return evaluateGate({ ...plainInput, config: { ...plainInput.config, mode } } satisfies GateInput);
}

describe('the gate’s answers', () => {
  test.each(rows)('%s', (...[, change, situation, enforce, advise]) => {
    expect(decide(change, 'enforce')).toMatchObject({ situation, verdict: enforce });
    expect(decide(change, 'advise')).toMatchObject({ situation, verdict: advise });
  });

  test.each(rows)('in observe mode it passes and keeps what it would have said: %s', (...[, change, , enforce]) => {
    expect(decide(change, 'observe')).toMatchObject({ verdict: 'pass', enforced: enforce });
  });

  test.each(rows)('inScope is false exactly when the tier is none, and then there is no intent: %s', (_, change) => {
    const { inScope, tier, intent } = decide(change, 'enforce');
    expect(inScope).toBe(tier !== 'none');
    expect(intent === null).toBe(!inScope);
  });

  test('our own error is neutral, or blocks where that is wanted', () => {
    const lost = { change: null, headSha: null, at: '2026-11-24T10:00:00Z', why: 'GitHub answered 502' };
    expect(decideNotEvaluated({ ...lost, onError: 'pass' })).toMatchObject({ verdict: 'neutral', situation: 'not-evaluated' });
    expect(decideNotEvaluated({ ...lost, onError: 'block' }).verdict).toBe('fail');
  });

  test('a configuration of which no good version is known enforces nothing', () => {
    const decision = decide({ configProblems: { here: [], elsewhere: [broken] }, configSource: { kind: 'defaults', place: null } }, 'enforce');
    expect(decision).toMatchObject({ verdict: 'neutral', mode: 'advise', enforced: 'fail' });
    expect(decision.notes[0]?.text).toContain('line 3');
  });

  test('what is asked is all told at once', () => {
    const decision = decide({ facts: [bigger], hypothesis: found({ hypothesis: hypothesis({ claim: '', criteria: [criterion()] }), problems: [problem()] }) }, 'enforce');
    expect(decision.problems.map(({ code }) => code)).toEqual(['unreadable-criterion', 'claim-missing', 'guardrail-missing']);
  });

  test('an obligation under the heading of a hypothesis is not asked for a criterion', () => {
    const change = pull({ labels: ['infrastructure'], title: 'Upgrade orders to PostgreSQL 16', body: '## Hypothesis\nVersion 12 reaches its end of life (#12).' });
    const unread = found({ hypothesis: null, problems: [problem({ code: 'no-criterion' })] });
    expect(decide({ facts: [], files: [file('db/main.tf')], change, hypothesis: unread }, 'enforce')).toMatchObject({ situation: 'sound', problems: [] });
  });

  test('a line that could be the guardrail is not also called missing', () => {
    const unread = problem({ found: '`errors stays low under normal load`' });
    const decision = decide({ facts: [bigger], hypothesis: found({ problems: [unread] }) }, 'enforce');
    expect(decision.problems.map(({ code }) => code)).toEqual(['unreadable-criterion']);
  });

  test('an auto-bet tells what is wrong with a hypothesis that nobody asked for, and passes', () => {
    const decision = decide({ facts: [fact({ factor: 1.5 })], hypothesis: found({ problems: [problem()] }) }, 'enforce');
    expect(decision).toMatchObject({ situation: 'auto-bet', verdict: 'pass' });
    expect(decision.problems).toHaveLength(1);
  });

  test('words of a less visible repository are not repeated', () => {
    const { hypothesis: shown, situation } = decide({ hypothesis: found({ quotable: false }) }, 'enforce');
    expect(situation).toBe('sound');
    expect(shown).toMatchObject({ claim: '', because: null, criteria: [] });
  });

  test('help and unknown commands are answered in a line', () => {
    const commands = [given({ name: 'help' }), given({ name: 'unknown', found: 'wave', remedy: 'no such command' }, { commentId: 502 })];
    expect(decide({ commands }, 'enforce').answers.map(({ reaction, text }) => [reaction, text === null])).toEqual([['+1', false], ['confused', false]]);
  });

  test('answers stand in the order of their commands, so that the newest are shown', () => {
    const commands = [given({ name: 'help' }), waive({ commentId: 502, permission: 'read' }), given({ name: 'check' }, { commentId: 503 }), waive({ commentId: 504 })];
    expect(decide({ commands }, 'enforce').answers.map(({ commentId, reaction }) => [commentId, reaction])).toEqual([[501, '+1'], [502, '-1'], [503, '+1'], [504, '+1']]);
  });
});
