// A hypothesis and its criteria, as values with one meaning each.
import type { Place } from './problem.ts';

/** A metric as a criterion names it: a name of the catalogue, or a template bound to parameters: `p95(orders)`. */
export interface MetricRef {
  readonly name: string;
  readonly args: readonly string[];
}

/** A number with the unit it was written in; `unit` null for a plain number. */
export interface Quantity {
  readonly value: number;
  readonly unit: string | null;
}

export type Op = '<=' | '>=';

/** What a criterion says of its metric. Relative amounts are fractions (−0.3 is "falls by 30%"). */
export type Expectation =
  /** `m < 300 ms`; with both bounds for `between 40% and 60%` (`<=`, bound 60 %, other 40 %; else `other` is null). Compares the window's mean. */
  | { readonly kind: 'level'; readonly op: Op; readonly bound: Quantity; readonly other: Quantity | null }
  /** `m rises by at most 50 ms`: difference to the baseline, in the metric's unit. */
  | { readonly kind: 'change'; readonly op: Op; readonly by: Quantity }
  /** `m falls by 30%`. */
  | { readonly kind: 'relative-change'; readonly op: Op; readonly by: number }
  /** `m within 10% of baseline`, `m within 50 ms of baseline`: at most so far above or below. A fraction, or an amount in the metric's unit. */
  | { readonly kind: 'within'; readonly by: number | Quantity }
  /**
   * `m unchanged`, `m does not rise`, `no regression in m`: by the metric's natural wobble at most. `side` is what must hold against the baseline:
   * `<=` does not rise, `>=` does not fall, null neither, `worse` not the way the catalogue calls worse (where it doesn't say: neither).
   */
  | { readonly kind: 'unchanged'; readonly side: Op | 'worse' | null }
  /** `m never above 500 ms for more than 5m`; `<=` for above, `>=` for below. Duration in seconds. */
  | { readonly kind: 'never'; readonly op: Op; readonly bound: Quantity; readonly longerThan: number }
  /** `no more oom_kills` (atMost null) or `oom_kills at most 2 per week`; `per` in seconds. */
  | { readonly kind: 'events'; readonly atMost: number | null; readonly per: number | null }
  /** `m burns < 50% of budget`. */
  | { readonly kind: 'budget'; readonly op: Op; readonly share: number }
  /** `m by 06:00`: per-run metrics; minutes after midnight UTC. */
  | { readonly kind: 'by-time'; readonly minutes: number };

/** Which hours count. */
export type Hours =
  | { readonly kind: 'all' }
  /** The busiest clock hours (UTC) of the baseline; 4 unless said. */
  | { readonly kind: 'peak'; readonly busiest: number }
  /** Hours in which another metric satisfies a condition. */
  | { readonly kind: 'when'; readonly metric: MetricRef; readonly op: '<' | '<=' | '>' | '>='; readonly bound: Quantity }
  /** Named calendar days (UTC, inclusive), ISO dates. */
  | { readonly kind: 'dates'; readonly from: string; readonly to: string };

/** What the change is compared with: its own baseline, a control metric, or a named day. */
export type Comparison = { readonly kind: 'baseline' } | { readonly kind: 'control'; readonly metric: MetricRef } | { readonly kind: 'date'; readonly date: string };

export type Role = 'goal' | 'guardrail';

/** A criterion on a measured metric. */
export interface MetricCriterion {
  readonly kind: 'metric';
  /** The line as written, without bullet, box and label. */
  readonly text: string;
  readonly place: Place;
  readonly role: Role;
  readonly metric: MetricRef;
  readonly expects: Expectation;
  readonly hours: Hours;
  readonly against: Comparison;
  /** `for each service`: the word after "for each"; null otherwise. */
  readonly forEach: string | null;
  /** Answered by a person: `manual:`. */
  readonly manual: boolean;
}

/** `evidence: load-test shows p95 < 300 ms`: one value, no statistics. */
export interface EvidenceCriterion {
  readonly kind: 'evidence';
  readonly text: string;
  readonly place: Place;
  readonly role: Role;
  /** A check, an artefact or a URL. */
  readonly source: string;
  readonly metric: MetricRef;
  readonly op: Op;
  readonly bound: Quantity;
}

export type Criterion = MetricCriterion | EvidenceCriterion;

/** What starts the clock. */
export type EffectStart =
  | { readonly kind: 'deployment'; readonly environment: string }
  | { readonly kind: 'merge' }
  | { readonly kind: 'release' }
  | { readonly kind: 'change'; readonly ref: string };

/** When it is measured. Durations in seconds; null where unsaid, so that the defaults of the configuration hold. */
export interface Schedule {
  readonly window: number | null;
  readonly settle: number | null;
  readonly start: EffectStart | null;
}

/** How a hypothesis is found: `Hypothesis: #123`, `Step of #123`, a path, a URL. `text` as written. */
export type Reference =
  | { readonly kind: 'issue'; readonly owner: string | null; readonly repo: string | null; readonly number: number; readonly text: string; readonly place: Place }
  | { readonly kind: 'file'; readonly owner: string | null; readonly repo: string | null; readonly ref: string | null; readonly path: string; readonly text: string; readonly place: Place };

export interface Hypothesis {
  readonly source: 'inline' | 'issue' | 'file';
  /** `owner/repo#12`, a path, or `#<this pull request>` for inline. */
  readonly ref: string;
  /** What is claimed: the prose before "because". */
  readonly claim: string;
  readonly because: string | null;
  readonly criteria: readonly Criterion[];
  readonly schedule: Schedule;
  /** Stated confidence, 0..1. */
  readonly odds: number | null;
  /** When to scale back, for *insure* (ISO date or the words as written). */
  readonly until: string | null;
}
