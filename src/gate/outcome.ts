// Each situation the gate can find, worked out in the order in which one excludes the next.
import type { Command } from '../model/command.ts';
import type { Finding, Intent, Situation, Waiver } from '../model/decision.ts';
import type { CommandAnswer, GateState } from '../model/gate.ts';
import type { Note, Problem } from '../model/problem.ts';
import { scopeFingerprint } from './fingerprint.ts';
import type { GateInput } from './input.ts';
import type { Objection } from './objection.ts';
import { objections } from './objection.ts';
import { askQuestion } from './question.ts';
import { answerAnywhere } from './late.ts';
import type { Word } from './late.ts';
import { rolloutOf } from './rollout.ts';
import type { Stake } from './stake.ts';
import { evaluateWaived } from './waived.ts';

/** A situation with all that speaks for it, before mode and roll-out soften it. */
export interface Outcome {
  readonly situation: Situation;
  readonly intent: Intent | null;
  /** What binds; empty in every situation that passes. */
  readonly objections: readonly Objection[];
  /** What is told beside it. */
  readonly remarks: readonly Problem[];
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
  readonly waiver: Waiver | null;
  readonly answers: readonly CommandAnswer[];
  readonly state: GateState;
}

/** Not configured, then broken configuration, then scope, then the question of the intent, then a waiver for what it lacks. */
export function workOut(input: GateInput, stake: Stake): Outcome {
  const state = input.previous ?? NO_STATE;
  const settled = (situation: Situation, intent: Intent | null): Outcome => ({ situation, intent, objections: [], remarks: [], notes: [], findings: [], waiver: null, answers: answerAll(input, stake), state });
  if (input.unconfigured === 'silent') return settled('not-configured', null);
  const broken = input.configProblems.here;
  if (broken.length > 0) return { ...settled('configuration-broken', stake.intent), objections: objections('configuration', broken) };
  if (!stake.inScope) return settled(stake.scope.some(({ rule }) => rule === 'exempt') ? 'exempt' : 'out-of-scope', null);
  return weighWaiver(input, stake, askOrWait(input, stake));
}

type Asked = Pick<Outcome, 'situation' | 'intent' | 'objections' | 'remarks' | 'notes' | 'findings'>;

function askOrWait(input: GateInput, stake: Stake): Asked {
  if (stake.tier === 'pending') {
    return { situation: 'waiting-for-cost', intent: stake.intent, objections: objections('tier', [WAITING]), remarks: [], notes: stake.notes, findings: [] };
  }
  const reply = askQuestion(input, stake);
  const binding = reply.objections.filter(({ rule }) => rolloutOf(rule, input) !== 'off');
  const situation: Situation = binding.length === 0 && reply.objections.length > 0 ? 'nothing-asked' : reply.situation;
  return { ...reply, situation, objections: binding, notes: [...stake.notes, ...reply.notes] };
}

/** A waiver is used only where something is lacking. */
function weighWaiver(input: GateInput, stake: Stake, asked: Asked): Outcome {
  const { finding, part } = evaluateWaived(input, scopeFingerprint(stake.facts, stake.scope));
  const answers = answerInOrder(input, part.answers);
  const outcome: Outcome = { ...asked, notes: [...asked.notes, ...part.notes], findings: [...asked.findings, finding], waiver: null, answers, state: part.state };
  if (asked.objections.length === 0 || part.waiver === null) return outcome;
  return { ...outcome, situation: 'waived', objections: [], remarks: asked.objections.map(({ problem }) => problem), waiver: part.waiver };
}

/** Where nothing is asked a waiver is noted all the same, or refused: whoever says something is answered. */
function answerAll(input: GateInput, stake: Stake): readonly CommandAnswer[] {
  return input.commands.length === 0 ? [] : answerInOrder(input, evaluateWaived(input, scopeFingerprint(stake.facts, stake.scope)).part.answers);
}

/** As they were given: of many answers the newest are shown. */
function answerInOrder({ commands }: GateInput, toWaivers: readonly CommandAnswer[]): readonly CommandAnswer[] {
  const waivers = [...toWaivers];
  return commands.flatMap(({ command, commentId }) => (command.name === 'waive' ? waivers.splice(0, 1) : [{ commentId, ...answerOther(command) }]));
}

/** Commands that ask the gate for nothing but a word. */
function answerOther(command: Command): Word {
  return answerAnywhere(command) ?? { reaction: 'confused', text: `\`/yardstick ${command.name}\` has a meaning after the merge only.` };
}

const NO_STATE: GateState = { waived: {}, seen: null };

const WAITING: Problem = {
  code: 'cost-report-pending', place: null, found: 'no cost report yet', expected: 'the cost report that the configuration expects (`cost.expected`)',
  remedy: 'Nothing to do: this is looked at again when the report comes; 30 minutes after the push the change itself decides.',
};
