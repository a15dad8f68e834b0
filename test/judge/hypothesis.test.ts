// The outcome of a hypothesis out of its criteria's verdicts, in the words of what was asked.
import { expect, test } from 'vitest';
import { judgeHypothesis, type Judged, type JudgedIntent, type Outcome } from '../../src/judge/hypothesis.ts';

const met: Judged = { role: 'goal', verdict: 'met', reason: 'measured' };
const kept: Judged = { role: 'guardrail', verdict: 'met', reason: 'measured' };
const missed: Judged = { role: 'guardrail', verdict: 'missed', reason: 'measured' };
const open: Judged = { role: 'guardrail', verdict: 'inconclusive', reason: 'no-data' };
const idle: Judged = { role: 'goal', verdict: 'inconclusive', reason: 'not-exercised' };

test.each<[string, readonly Judged[], JudgedIntent, Outcome]>([
  ['every goal and guardrail met', [met, kept], 'improve', 'validated'],
  ['a guardrail missed', [met, missed], 'improve', 'refuted'],
  ['a guardrail unproven is no pass', [met, open], 'save', 'inconclusive'],
  ['nothing to go by is no pass', [], 'improve', 'inconclusive'],
  ['insurance that held', [met], 'insure', 'held'],
  ['insurance that broke', [missed, idle], 'insure', 'broke'],
  ['insurance that was never needed', [idle], 'insure', 'not exercised'],
  ['an obligation is never validated', [kept], 'oblige', 'no harm'],
  ['an obligation that did harm', [missed], 'oblige', 'harm'],
])('%s', (_, verdicts, intent, outcome) => {
  expect(judgeHypothesis(verdicts, intent)).toBe(outcome);
});
