// A hypothesis under measurement: what was promised and frozen, when its effect began, what was measured and decided.
import type { ChangeRef, RepoRef } from './change.ts';
import type { Metric, SourceType } from './config.ts';
import type { Intent, Tier } from './decision.ts';
import type { Criterion, EffectStart, Hypothesis, Role } from './hypothesis.ts';

/** How a hypothesis ended; by intent: validated | refuted, held | broke | not exercised, no harm | harm. */
export type ExperimentOutcome = 'validated' | 'refuted' | 'inconclusive' | 'held' | 'broke' | 'not exercised' | 'no harm' | 'harm';

/** A metric as it was locked: its meaning, and the queries as they will be sent. */
export interface LockedMetric extends Pick<Metric, 'unit' | 'better' | 'kind' | 'aggregate' | 'cadence' | 'public'> {
  /** As criteria name it: `p95(orders)`. */
  readonly name: string;
  /** The source's name in the catalogue; null for `manual:` and where no source is named. */
  readonly source: string | null;
  readonly sourceType: SourceType | null;
  /** One query, or bad and total events; null where readers of the record may not see it: then resolved again from the locked configuration. */
  readonly queries: readonly string[] | null;
  /** The query that counts the samples behind each value; null where the catalogue has none, and where `queries` is. */
  readonly samples: string | null;
}

/** The hourly baseline stored at lock, since sources often keep 15 days only. */
export interface StoredBaseline {
  /** Epoch seconds of the first hour. */
  readonly from: number;
  /** One a whole hour; null where the hour had no data. For kind `rate` bad and total of each hour. */
  readonly values: readonly (number | null)[];
  readonly totals: readonly (number | null)[] | null;
}

/** A pull request that shares the experiment. */
export interface Member {
  readonly change: ChangeRef;
  readonly mergeSha: string | null;
  /** ISO 8601. */
  readonly mergedAt: string;
  /** The turned knobs in a reader's words: "orders replicas 4 → 6". */
  readonly bets: readonly string[];
  /** Knobs and paths, for evidence memory; a knob with the way it was turned: `replicas up`. */
  readonly knobs: readonly string[];
  readonly paths: readonly string[];
  /** In the cost report's currency a month; null: unknown. */
  readonly monthlyCost: number | null;
  readonly currency: string | null;
  /** The knobs reach production in a maintenance window (`apply_immediately = false`). */
  readonly waitsForWindow: boolean;
  /** When this one's effect began; null while it has not. */
  readonly effect: EffectBegun | null;
}

/** What changed after the agreement; shown, and never a change of the verdict. */
export interface Amendment {
  readonly at: string;
  readonly text: string;
}

/** When the effect began, and how that is known. */
export interface EffectBegun {
  /** ISO 8601. */
  readonly at: string;
  readonly how: 'merge' | 'deployment' | 'release' | 'apply' | 'maintenance-window' | 'first-use' | 'told';
  /** In words: "deployment 91 to production by flux". */
  readonly text: string;
}

/** What a person answered for a metric that no source has. */
export interface ManualAnswer {
  readonly metric: string;
  readonly value: number;
  readonly unit: string | null;
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
}

/** One criterion, judged. */
export interface CriterionResult {
  readonly text: string;
  readonly role: Role;
  readonly metric: string;
  readonly unit: string | null;
  readonly verdict: 'met' | 'missed' | 'inconclusive' | 'error';
  /** One of the judge's closed list. */
  readonly reason: string;
  /** The reason in a sentence, without the measured figures. */
  readonly sentence: string;
  /** Whether `estimate`, `interval` and `mde` are relative changes (fractions) or amounts in the metric's unit. */
  readonly scale: 'relative' | 'absolute';
  readonly estimate: number | null;
  readonly interval: readonly [number, number] | null;
  readonly mde: number | null;
  /** Typical level in the metric's unit before and in the window; null where none is known. */
  readonly before: number | null;
  readonly after: number | null;
  /** What the metric does by itself over such a window, as a fraction; null where unknown. */
  readonly wobble: number | null;
  /** Share of the window that is missing, 0..1. */
  readonly missing: number;
  /** Seconds of the window that would see the promised effect, for what is still open; null where unknown, or where none of two weeks or less would. */
  readonly neededWindow: number | null;
  readonly remarks: readonly string[];
}

/** The measured outcome. */
export interface ExperimentResult {
  readonly outcome: ExperimentOutcome;
  /** When it was judged, ISO 8601. */
  readonly at: string;
  /** What was compared with what: begin and end of the baseline and of the observation window, ISO 8601; null where nothing was measured. */
  readonly windows: { readonly baseline: readonly [string, string]; readonly observed: readonly [string, string] } | null;
  readonly criteria: readonly CriterionResult[];
  /** Other deployments in the window and the like, one sentence each. */
  readonly confounders: readonly string[];
  /** A look before the end that found harm. */
  readonly early: boolean;
}

export interface KeepUndoAccept {
  readonly what: 'keep' | 'undo' | 'accept';
  readonly by: string;
  readonly reason: string | null;
  readonly at: string;
}

/** Why an experiment ended without a verdict. */
export interface Withdrawal {
  readonly why: 'reverted' | 'withdrawn' | 'record-lost';
  readonly by: string | null;
  readonly reason: string | null;
  readonly at: string;
}

/** The experiment itself: what its record holds. Times are ISO 8601 in UTC, lengths seconds. */
export interface Experiment {
  readonly version: 1;
  /** Identity: `owner/repo#12` of the hypothesis issue or pull request, `owner/repo:path` of a hypothesis file. */
  readonly key: string;
  readonly repo: RepoRef;
  readonly intent: Intent;
  readonly tier: Tier;
  /** An auto-bet: measured without a word on the pull request. */
  readonly silent: boolean;
  readonly hypothesis: Pick<Hypothesis, 'source' | 'ref' | 'claim' | 'because' | 'odds' | 'until'>;
  readonly criteria: readonly Criterion[];
  readonly metrics: readonly LockedMetric[];
  /** By the metric's name as criteria write it. */
  readonly baselines: Readonly<Record<string, StoredBaseline>>;
  readonly schedule: { readonly start: EffectStart; readonly settle: number; readonly window: number };
  /** The configuration in force at lock. */
  readonly config: { readonly place: string | null; readonly sha: string | null; readonly digest: string };
  readonly lockedAt: string;
  /** Who answers for it: the first pull request's author; null for a deleted account. */
  readonly owner: string | null;
  readonly members: readonly Member[];
  /** The first member's effect: what lies before is baseline. */
  readonly effect: EffectBegun | null;
  /** The last member's effect, ISO 8601: the observation begins after it. */
  readonly lastEffectAt: string | null;
  readonly amendments: readonly Amendment[];
  readonly answers: readonly ManualAnswer[];
  /** When the owner was asked for manual values: once. */
  readonly askedAt: string | null;
  /** The window was extended once, for lack of data. */
  readonly extended: boolean;
  readonly result: ExperimentResult | null;
  /** The comment with the verdict, once told. */
  readonly toldIn: { readonly change: ChangeRef; readonly commentId: number } | null;
  readonly decision: KeepUndoAccept | null;
  readonly remindedAt: string | null;
  readonly withdrawal: Withdrawal | null;
}

/** Where an experiment stands; it only ever moves to the right. */
export type Stage = 'locked' | 'measuring' | 'judged' | 'decided' | 'withdrawn';

/** A line of the dashboard issue's index: where a record stands, and enough for evidence memory. */
export interface LedgerEntry {
  readonly key: string;
  /** The claim in one line; the bet where its words may not be repeated in this repository. */
  readonly title: string;
  readonly stage: Stage;
  readonly intent: Intent;
  readonly silent: boolean;
  /** The comment that holds the record; null where it stands in the dashboard issue alone. */
  readonly home: RecordPlace | null;
  /** Its second copy, a comment of the dashboard issue. */
  readonly copy: RecordPlace | null;
  readonly changes: readonly number[];
  /** When it is due, or was told; ISO date-time; null while the effect has not begun. */
  readonly dueAt: string | null;
  readonly outcome: ExperimentOutcome | 'withdrawn' | null;
  readonly endedAt: string | null;
  /** The comment with the verdict; null while there is none, and for what is measured silently. */
  readonly told: { readonly number: number; readonly commentId: number } | null;
  /** The author's own odds, 0..1. */
  readonly odds: number | null;
  readonly metrics: readonly string[];
  /** As members have them: `replicas up`. */
  readonly knobs: readonly string[];
  readonly paths: readonly string[];
  readonly monthlyCost: number | null;
  readonly currency: string | null;
}

/** What earlier verdicts say to a change, narrowed to one thing it shares with them. */
export interface Recollection {
  /** What is shared: the metric's name, the path, or the knob as members have it. */
  readonly by: { readonly kind: 'knob' | 'metric' | 'path'; readonly name: string };
  /** Those with an outcome, newest first. */
  readonly entries: readonly LedgerEntry[];
}

/** A comment: on which issue or pull request, and its ids. */
export interface RecordPlace {
  readonly number: number;
  readonly commentId: number;
  /** GraphQL's id: many comments are read in one request by these. */
  readonly nodeId: string;
}

/** The dashboard issue as it is known. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Merges up to here were looked at, ISO 8601: later runs begin there. Null while nothing was. */
  readonly mergesSeenUntil: string | null;
}
