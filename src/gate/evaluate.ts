// Rolls everything up to one decision: a value that carries its own reasons.
import type { Decision, Situation } from '../model/decision.ts';
import type { Note, Problem } from '../model/problem.ts';
import { asksOf } from './asks.ts';
import type { GateInput } from './input.ts';
import type { Outcome } from './outcome.ts';
import { workOut } from './outcome.ts';
import { quote } from './quote.ts';
import type { Stake } from './stake.ts';
import { evaluateStake } from './stake.ts';
import { veilHypothesis } from './veil.ts';
import { softenVerdict } from './verdict.ts';
import { versionStep } from './versions.ts';
import { speaksOfFire } from './words.ts';

/** Decides a pull request. Pure: the same input gives the same decision, whichever host asks. */
export function evaluateGate(input: GateInput): Decision {
  const stake = evaluateStake(input);
  const outcome = workOut(input, stake);
  const { change, config } = input;
  return {
    ...softenVerdict(input, outcome.objections, stake.scope),
    ...describeStake(stake, outcome),
    change: change.ref, headSha: change.headSha, config: input.configSource, at: input.at,
    situation: outcome.situation, facts: input.diff.facts, cost: input.cost.report,
    hypothesis: veilHypothesis(outcome.situation === 'step' ? (input.step?.programme ?? null) : input.hypothesis),
    subject: (outcome.intent === 'oblige' ? versionStep(input.files) : null) ?? change.title,
    waiver: outcome.waiver, problems: [...outcome.objections.map(({ problem }) => problem), ...outcome.remarks],
    notes: [...warnings(input), ...outcome.notes], configProblems: input.configProblems.elsewhere,
    draft: needsDraft(outcome.situation) ? input.draft : null,
    asks: outcome.situation === 'missing' && outcome.intent !== null ? asksOf(outcome.intent, stake.tier) : [],
    findings: [...stake.findings, ...outcome.findings], preflight: [], memory: [],
    incidentLabel: config.incidentLabels[0] ?? null, urgent: speaksOfFire(change),
    state: outcome.state, answers: outcome.answers,
  };
}

function describeStake(stake: Stake, { intent, situation }: Outcome): Pick<Decision, 'inScope' | 'tier' | 'intent' | 'scope'> {
  if (situation === 'not-configured') return { inScope: false, tier: 'none', intent: null, scope: [] };
  return { inScope: stake.inScope, tier: stake.tier, intent, scope: stake.scope };
}

function needsDraft(situation: Situation): boolean {
  return situation === 'missing' || situation === 'unsound';
}

function warnings({ configProblems, configSource, cost }: GateInput): readonly Note[] {
  const [broken] = configProblems.elsewhere;
  return [
    ...(broken === undefined ? [] : [{ code: 'configuration-broken', text: `The configuration is broken (${broken.found}${broken.place === null ? '' : `, line ${broken.place.line}`}); ${standIn(broken, configSource)}.` }]),
    ...cost.problems.map(({ found, remedy }) => ({ code: 'cost-report-unreadable', text: `The cost report could not be read: ${found}. ${remedy}` })),
  ];
}

/** What holds in place of a configuration that is broken elsewhere. */
function standIn({ code }: Problem, { place }: GateInput['configSource']): string {
  if (place === null) return 'no good version was found, so the defaults advise only';
  return code === 'extends-unreadable' ? `${quote(place, 120)} holds without it` : `the last good one is used: ${quote(place, 120)}`;
}
