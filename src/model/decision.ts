// What the gate decided, as a value that carries its own reasons; every answer is rendered from it.
import type { ChangeRef, CostReport, ScalingFact } from './change.ts';
import type { ConfigSource, Mode } from './config.ts';
import type { CommandAnswer, GateState } from './gate.ts';
import type { Recollection } from './experiment.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { PreflightFinding } from './preflight.ts';
import type { Note, Problem } from './problem.ts';

export type Verdict = 'pass' | 'fail' | 'neutral';
export type Tier = 'none' | 'auto-bet' | 'light' | 'full' | 'pending';
export type Intent = 'improve' | 'save' | 'insure' | 'oblige' | 'repair' | 'step';

/** One rule's word on scope. `exempt` takes out what the others brought in. */
export interface ScopeReason {
  readonly rule: 'label' | 'path' | 'cost' | 'diff' | 'exempt';
  readonly text: string;
}

/** What the answer is about; a closed list, so that every rendering answers each. */
export type Situation =
  | 'not-configured' | 'out-of-scope' | 'exempt' | 'auto-bet' | 'nothing-asked' | 'sound' | 'missing' | 'unsound'
  | 'waived' | 'repair' | 'step' | 'waiting-for-cost' | 'configuration-broken' | 'not-evaluated';

/** A waiver in force. */
export interface Waiver {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  /** ISO date; null: until new commits widen the scope. */
  readonly until: string | null;
}

/** One rule's finding, for `explain`: what it looked at and what it said. */
export interface Finding {
  readonly rule: string;
  readonly outcome: 'met' | 'not-met' | 'not-applicable';
  readonly text: string;
}

export interface Decision {
  readonly change: ChangeRef | null;
  /** What the change is about where no knob says it: the version it moves, else its title. Foreign text. */
  readonly subject: string;
  readonly headSha: string | null;
  readonly mode: Mode;
  readonly config: ConfigSource;
  readonly situation: Situation;
  readonly verdict: Verdict;
  readonly inScope: boolean;
  readonly tier: Tier;
  readonly intent: Intent | null;
  readonly scope: readonly ScopeReason[];
  readonly facts: readonly ScalingFact[];
  readonly cost: CostReport | null;
  readonly hypothesis: Hypothesis | null;
  readonly waiver: Waiver | null;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** What is wrong with the configuration, and not by this change: warnings on its lines. */
  readonly configProblems: readonly Problem[];
  /** A ready hypothesis section (Markdown) to copy; null where nothing is asked. */
  readonly draft: string | null;
  readonly findings: readonly Finding[];
  /** What the metric sources say of each criterion; empty where none was asked, or where these readers may not see it. */
  readonly preflight: readonly PreflightFinding[];
  /** What earlier verdicts on the same knob, metric or path say. */
  readonly memory: readonly Recollection[];
  /** What is asked of the author, one short sentence each, in the order in which to do it; empty when nothing is. */
  readonly asks: readonly string[];
  /** What the mode, roll-out or draft state softened: the verdict that `enforce` would give. */
  readonly enforced: Verdict;
  /** The label that ends the questions while an incident burns; null where none is configured. */
  readonly incidentLabel: string | null;
  /** The author writes as if something were on fire: the way out comes first. */
  readonly urgent: boolean;
  /** To be kept in our own comment for the next run. */
  readonly state: GateState;
  readonly answers: readonly CommandAnswer[];
  /** The instant of the evaluation, ISO 8601 in UTC. */
  readonly at: string;
}
