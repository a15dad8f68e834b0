// What is at stake: is the change in scope, how much does it ask, and which question fits. Asked before a hypothesis is looked for.
import type { Finding, Intent, ScopeReason, Tier } from '../model/decision.ts';
import type { ScalingFact } from '../model/change.ts';
import type { Note } from '../model/problem.ts';
import type { CountedFiles } from './counted.ts';
import { countFiles } from './counted.ts';
import { evaluateExempt } from './exempt.ts';
import type { StakeInput } from './input.ts';
import type { IntentPart } from './intent.ts';
import { evaluateIntent } from './intent.ts';
import { rolloutOf } from './rollout.ts';
import type { Ruling } from './ruling.ts';
import { evaluateCost } from './scope-cost.ts';
import { evaluateDiff } from './scope-diff.ts';
import { evaluateLabel } from './scope-label.ts';
import { evaluatePath } from './scope-path.ts';
import { evaluateTier } from './tier.ts';

export interface Stake {
  /** False exactly when `tier` is `none`. */
  readonly inScope: boolean;
  readonly tier: Tier;
  /** null when out of scope. */
  readonly intent: Intent | null;
  readonly intentBy: IntentPart['by'] | null;
  /** A hypothesis is worth looking for: an incident repair and what is out of scope need none. */
  readonly asks: boolean;
  /** Every rule that brought it in, and the exemption that took it out. */
  readonly scope: readonly ScopeReason[];
  /** The facts that count; all others are listed, and ask nothing. */
  readonly facts: readonly ScalingFact[];
  readonly notes: readonly Note[];
  readonly findings: readonly Finding[];
}

type ScopeRule = (input: StakeInput, files: CountedFiles) => Ruling<ScopeReason | null>;

/** A new rule of scope is one file and one line here. */
const SCOPE_RULES: readonly ScopeRule[] = [evaluateLabel, evaluatePath, evaluateCost, evaluateDiff];

/** Decides scope, tier and intent. */
export function evaluateStake(input: StakeInput): Stake {
  const files = countFiles(input.files, input.diff.facts, input.config);
  const exempt = evaluateExempt(input, files);
  const rulings = SCOPE_RULES.map((rule) => rule(input, files)).filter(({ finding }) => rolloutOf(finding.rule, input) !== 'off');
  const reasons = rulings.flatMap(({ part }) => (part === null ? [] : [part]));
  const findings = [exempt, ...rulings].map(({ finding }) => finding);
  if (exempt.part !== null || reasons.length === 0) return outOfScope([...reasons, ...(exempt.part === null ? [] : [exempt.part])], findings);
  const intent = evaluateIntent(input, { files, scope: reasons });
  const tier = evaluateTier(input, files.facts, intent.part.intent);
  return {
    inScope: true, tier: tier.part, intent: intent.part.intent, intentBy: intent.part.by, asks: intent.part.intent !== 'repair', scope: reasons, facts: files.facts,
    notes: intent.part.notes, findings: [...findings, intent.finding, tier.finding],
  };
}

function outOfScope(scope: readonly ScopeReason[], findings: readonly Finding[]): Stake {
  return { inScope: false, tier: 'none', intent: null, intentBy: null, asks: false, scope, facts: [], notes: [], findings };
}
