// Everything the gate looks at, as plain values: what was observed first, then what was resolved from it.
import type { Account, ChangeRef, CostReport, DiffReading, FileDiff } from '../model/change.ts';
import type { Config, ConfigSource } from '../model/config.ts';
import type { Intent } from '../model/decision.ts';
import type { GateState, GivenCommand, HypothesisFinding, Standing, StepFinding } from '../model/gate.ts';
import type { Place, Problem } from '../model/problem.ts';

/** The pull request, or a local change that stands in for one (`ref` and `headSha` null). */
export interface GateChange {
  readonly ref: ChangeRef | null;
  readonly title: string;
  readonly body: string;
  /** null for a deleted account, or where nobody is known. */
  readonly author: Account | null;
  readonly labels: readonly string[];
  readonly draft: boolean;
  readonly headSha: string | null;
}

/** What scope, tier and intent are decided from. */
export interface StakeInput {
  readonly change: GateChange;
  readonly files: readonly FileDiff[];
  /** False at GitHub's limit of 3,000 listed files: the rest is unknown, so the change is treated as in scope. */
  readonly filesComplete: boolean;
  readonly diff: DiffReading;
  /** Why this is a revert; null if it isn't. */
  readonly revert: string | null;
  readonly cost: {
    readonly report: CostReport | null;
    /** The report could not be read. */
    readonly problems: readonly Problem[];
    /** When the head was pushed, ISO 8601: an expected report is waited for 30 minutes from here. null: not known, no waiting. */
    readonly pushedAt: string | null;
  };
  readonly config: Config;
  /** Who set the incident label last; null without such a label, and where nobody can tell. */
  readonly incidentBy: Standing | null;
  /** The `Intent:` line of the body. */
  readonly intentLine: { readonly value: Intent; readonly place: Place } | null;
  /** The programme that a `Step of` line names, as written; null without such a line. */
  readonly stepOf: string | null;
  /** The instant of this run, ISO 8601 in UTC. */
  readonly at: string;
}

/** All of it: the whole input of `evaluateGate`. */
export interface GateInput extends StakeInput {
  readonly configSource: ConfigSource;
  readonly configProblems: {
    /** This pull request breaks the configuration. */
    readonly here: readonly Problem[];
    /** The configuration in force is broken for another reason, and the last good one (or the defaults) is used. */
    readonly elsewhere: readonly Problem[];
  };
  /** `silent`: no configuration anywhere, and the host (the App) then only says so. */
  readonly unconfigured: 'silent' | 'defaults-apply';
  /** null while nothing was searched for, which is right only where the stake asks nothing. */
  readonly hypothesis: HypothesisFinding | null;
  /** null without a `Step of` line. */
  readonly step: StepFinding | null;
  /** A hypothesis ready to copy, made for this stake's tier and intent; null when none was made. */
  readonly draft: string | null;
  /** In the order in which they were given. */
  readonly commands: readonly GivenCommand[];
  /** What our own comment remembers; null without one. */
  readonly previous: GateState | null;
}
