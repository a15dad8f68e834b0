// The object that `check --json` prints and the Action's output `report` holds; documented in docs/check-json.md.
import type { ScalingFact } from '../model/change.ts';
import type { Decision, Intent, ScopeReason, Tier, Verdict } from '../model/decision.ts';
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Note, Place, Problem } from '../model/problem.ts';
import type { CriterionJson } from './criterion-json.ts';
import { renderCriterionJson } from './criterion-json.ts';
import { renderTitle } from './title.ts';

export interface FactJson extends Omit<ScalingFact, 'small' | 'timing'> {
  readonly effect: ScalingFact['timing'];
}

export interface HypothesisJson extends Omit<Hypothesis, 'criteria'> {
  readonly criteria: readonly CriterionJson[];
}

/** The names of the first ten keys are an interface: others may come, these stay. */
export interface DecisionJson {
  readonly verdict: Verdict;
  readonly inScope: boolean;
  readonly tier: Tier;
  readonly intent: Intent | null;
  readonly scope: readonly ScopeReason[];
  readonly facts: readonly FactJson[];
  readonly hypothesis: HypothesisJson | null;
  readonly problems: readonly { readonly code: string; readonly place: Place | null; readonly found: string; readonly expected: string; readonly remedy: string }[];
  readonly situation: Decision['situation'];
  readonly title: string;
  readonly mode: Decision['mode'];
  readonly enforced: Verdict;
  readonly notes: readonly Note[];
  readonly asks: readonly string[];
  readonly draft: string | null;
  readonly cost: Decision['cost'];
  readonly waiver: Decision['waiver'];
  readonly config: Decision['config'];
}

/** A plain object, ready for JSON. */
export function renderJson(decision: Decision): DecisionJson {
  const { verdict, inScope, tier, intent, situation, mode, enforced, draft, cost, waiver } = decision;
  return {
    verdict, inScope, tier, intent,
    scope: decision.scope.map(({ rule, text }) => ({ rule, text })),
    facts: decision.facts.map(renderFactJson),
    hypothesis: decision.hypothesis === null ? null : renderHypothesisJson(decision.hypothesis),
    problems: decision.problems.map(renderProblemJson),
    situation, title: renderTitle(decision), mode, enforced,
    notes: decision.notes.map(({ code, text }) => ({ code, text })),
    asks: decision.asks, draft, cost, waiver, config: decision.config,
  };
}

function renderFactJson(fact: ScalingFact): FactJson {
  const { file, line, knob, path, from, to, factor, direction, scales, service, reversible, timing, production, remarks } = fact;
  return { file, line, knob, path, from, to, factor, direction, scales, service, reversible, effect: timing, production, remarks };
}

function renderHypothesisJson(hypothesis: Hypothesis): HypothesisJson {
  const { source, ref, claim, because, criteria, schedule, odds, until } = hypothesis;
  return { source, ref, claim, because, criteria: criteria.map(renderCriterionJson), schedule, odds, until };
}

function renderProblemJson({ code, place, found, expected, remedy }: Problem): DecisionJson['problems'][number] {
  return { code, place: place === null ? null : { file: place.file, line: place.line, column: place.column }, found, expected, remedy };
}
