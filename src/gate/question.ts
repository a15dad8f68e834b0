// What each intent asks, and whether the change answers it.
import { assertNever } from '../errors.ts';
import type { Finding, Intent, Situation } from '../model/decision.ts';
import type { Note, Problem } from '../model/problem.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { evaluateComplete, showsLoad } from './complete.ts';
import type { GateInput } from './input.ts';
import { evaluateLinked, evaluateProgramme } from './linked.ts';
import { evaluateMeasurable } from './measurable.ts';
import type { Objection } from './objection.ts';
import { objections } from './objection.ts';
import { evaluateReason } from './reason.ts';
import type { Stake } from './stake.ts';
import { veilReply } from './veil.ts';

/** What came of asking. */
export interface Reply {
  readonly situation: Situation;
  readonly intent: Intent;
  /** What binds. */
  readonly objections: readonly Objection[];
  /** What is wrong with a text that nobody asked for: told, never binding. */
  readonly remarks: readonly Problem[];
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
}

/** Asks the question of the stake's intent. The stake must be in scope. */
export function askQuestion(input: GateInput, stake: Stake): Reply {
  const reply = ask(input, stake);
  return veilReply(reply, reply.intent === 'step' ? (input.step?.programme ?? null) : input.hypothesis);
}

function ask(input: GateInput, stake: Stake): Reply {
  const intent = stake.intent === 'insure' && promisesGain(input, stake) ? 'improve' : (stake.intent ?? 'improve');
  switch (intent) {
    case 'repair':
      return { situation: 'repair', intent, objections: [], remarks: [], notes: [], findings: [] };
    case 'step':
      return askStep(input);
    case 'save':
      return askNothing(input, intent);
    case 'oblige':
      return askReason(input);
    case 'improve':
    case 'insure':
      return stake.tier === 'auto-bet' ? askNothing(input, intent) : askHypothesis(input, stake, intent);
    default:
      return assertNever(intent);
  }
}

/** A guess of insurance gives way to a hypothesis that promises a gain without naming a load. */
function promisesGain({ hypothesis }: GateInput, { intentBy }: Stake): boolean {
  const criteria = hypothesis?.hypothesis?.criteria ?? [];
  return intentBy === 'inferred' && criteria.some(({ role }) => role === 'goal') && !criteria.some(showsLoad);
}

function askStep(input: GateInput): Reply {
  const programme = evaluateProgramme(input.step);
  const found = objections('linked', programme.part);
  return { situation: found.length === 0 ? 'step' : 'unsound', intent: 'step', objections: found, remarks: [], notes: input.step?.programme.notes ?? [], findings: [programme.finding] };
}

/** Goal and guardrails are chosen by Yardstick; a hypothesis that is there all the same is taken, and told when it can't be. */
function askNothing(input: GateInput, intent: Intent): Reply {
  const found = input.hypothesis?.hypothesis ?? null;
  const linked = evaluateLinked(input.hypothesis);
  const sound = found !== null && linked.part.length === 0;
  const remarks = linked.part.filter(({ code }) => code !== 'hypothesis-missing');
  const situation: Situation = sound ? 'sound' : intent === 'save' ? 'nothing-asked' : 'auto-bet';
  return { situation, intent, objections: [], remarks, notes: input.hypothesis?.notes ?? [], findings: sound ? [linked.finding] : [] };
}

/**
 * An obligation needs a reason and a link; a sound hypothesis holds more than that. No goal is asked, so a section
 * without criteria is read as the reason it is.
 */
function askReason(input: GateInput): Reply {
  const linked = evaluateLinked(input.hypothesis);
  const unsound = linked.part.filter(({ code }) => code !== 'hypothesis-missing' && code !== 'no-criterion');
  const reply = { intent: 'oblige', remarks: [], notes: input.hypothesis?.notes ?? [] } as const;
  if (unsound.length > 0) return { ...reply, situation: 'unsound', objections: objections('linked', unsound), findings: [linked.finding] };
  if (linked.part.length === 0) return { ...reply, situation: 'sound', objections: [], findings: [linked.finding] };
  const reason = evaluateReason(input.change);
  return { ...reply, situation: reason.part.length === 0 ? 'sound' : 'missing', objections: objections('reason', reason.part), findings: [reason.finding] };
}

function askHypothesis(input: GateInput, stake: Stake, intent: Intent): Reply {
  const linked = evaluateLinked(input.hypothesis);
  const hypothesis = input.hypothesis?.hypothesis ?? null;
  if (hypothesis === null) {
    const missing = linked.part.some(({ code }) => code === 'hypothesis-missing');
    return { situation: missing ? 'missing' : 'unsound', intent, objections: objections('linked', linked.part), remarks: [], notes: input.hypothesis?.notes ?? [], findings: [linked.finding] };
  }
  const complete = evaluateComplete(hypothesis, { metrics: input.config.metrics, tier: stake.tier, intent, unread: linked.part });
  const measurable = evaluateMeasurable(hypothesis, input.config, stake.tier);
  const arithmetic = evaluateArithmetic(hypothesis, stake.facts);
  const found = [...objections('linked', linked.part), ...objections('complete', complete.part), ...objections('measurable', measurable.part)];
  return {
    situation: found.length === 0 ? 'sound' : 'unsound', intent, objections: found, remarks: [],
    notes: [...(input.hypothesis?.notes ?? []), ...arithmetic.part],
    findings: [linked.finding, complete.finding, measurable.finding, arithmetic.finding],
  };
}
