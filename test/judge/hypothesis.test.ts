// The outcome of a hypothesis out of its criteria's verdicts, in the words of what was asked.
import { expect, test } from 'vitest';
import { judgeHypothesis, type Judged, type JudgedIntent, type Outcome } from '../../src/judge/hypothesis.ts';

const met: Judged = { role: 'goal', verdict: 'met', reason: 'measured' };
const kept: Judged = { role: 'guardrail', verdict: 'met', reason: 'measured' };
const missed: Judged = { role: 'guardrail', verdict: 'missed', reason: 'measured' };
const open: Judged = { role: 'guardrail', verdict: 'inconclusive', reason: 'no-data' };
const idle: Judged = { role: 'goal', verdict: 'inconclusive', reason: 'not-exercised' };

const lost: Judged = { role: 'goal', verdict: 'missed', reason: 'falls-short' };
const broken: Judged = { role: 'goal', verdict: 'error', reason: 'bad-trial' };
const unseen: Judged = { role: 'goal', verdict: 'inconclusive', reason: 'not-exercised-before' };

test.each<[string, readonly Judged[], JudgedIntent, Outcome]>([
  ['every goal and guardrail met', [met, kept], 'improve', 'validated'],
  ['a goal missed', [lost, kept], 'improve', 'refuted'],
  ['a guardrail missed', [met, missed], 'improve', 'refuted'],
  ['a missed guardrail outweighs what is open', [idle, missed], 'improve', 'refuted'],
  ['an error is no pass', [met, broken], 'improve', 'inconclusive'],
  ['nothing to go by is no pass', [], 'improve', 'inconclusive'],
  ['cheaper, and nothing broke', [met, kept], 'save', 'validated'],
  ['a guardrail unproven is no pass', [met, open], 'save', 'inconclusive'],
  ['cheaper, but something broke', [met, missed], 'save', 'refuted'],
  ['a repair that brought it back', [met], 'repair', 'validated'],
  ['a repair that did not', [lost], 'repair', 'refuted'],
  ['a repair that nobody can tell of', [open], 'repair', 'inconclusive'],
  ['insurance that held', [met], 'insure', 'held'],
  ['insurance that broke', [missed, idle], 'insure', 'broke'],
  ['insurance that was never needed', [idle], 'insure', 'not exercised'],
  ['insurance that could not be compared', [unseen, kept], 'insure', 'not exercised'],
  ['insurance without data', [open], 'insure', 'inconclusive'],
  ['an obligation is never validated', [met, kept], 'oblige', 'no harm'],
  ['an obligation that did harm', [missed], 'oblige', 'harm'],
  ['an obligation whose hoped-for gain did not come', [lost, kept], 'oblige', 'no harm'],
  ['an obligation with no guardrail proven', [met, open], 'oblige', 'inconclusive'],
  ['an obligation without a guardrail', [met], 'oblige', 'inconclusive'],
])('%s', (_, verdicts, intent, outcome) => {
  expect(judgeHypothesis(verdicts, intent)).toBe(outcome);
});
