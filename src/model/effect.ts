// The closed list of writes. Each is an upsert, safe alone and safe to repeat.
import type { ChangeRef, RepoRef } from './change.ts';

export interface Annotation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** A completed check run as GitHub takes it. */
export interface Check {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

export interface LabelStyle {
  readonly name: string;
  /** Six hex digits, no #. */
  readonly color: string;
  readonly description: string;
}

/** A check of ours that stands on a commit, as a host with memory knows it. */
export interface StandingCheck {
  readonly id: number;
  /** Of what it says. */
  readonly digest: string;
  /** Numbers of the changes whose verdicts went into it; a commit can be the head of several. */
  readonly changes: readonly number[];
  /** Grows with each verdict that is told there. */
  readonly revision: number;
}

/** A reaction as GitHub names it. */
export type Reaction = '+1' | '-1' | 'eyes' | 'confused' | 'rocket';

export type Effect =
  /** `changes`: whose verdicts went into it. `seen`: what stood there before any of them was read; not given, that doesn't matter. */
  | { readonly kind: 'post-check'; readonly repo: RepoRef; readonly headSha: string; readonly check: Check; readonly changes?: readonly number[]; readonly seen?: StandingCheck | null }
  | { readonly kind: 'create-comment'; readonly change: ChangeRef; readonly body: string }
  | { readonly kind: 'edit-comment'; readonly change: ChangeRef; readonly commentId: number; readonly body: string }
  | { readonly kind: 'delete-comment'; readonly change: ChangeRef; readonly commentId: number }
  | { readonly kind: 'add-label'; readonly change: ChangeRef; readonly label: LabelStyle }
  | { readonly kind: 'remove-label'; readonly change: ChangeRef; readonly name: string }
  | { readonly kind: 'react'; readonly change: ChangeRef; readonly commentId: number; readonly content: Reaction }
  /** Opens the dashboard issue; its label is created where it is missing. */
  | { readonly kind: 'create-issue'; readonly repo: RepoRef; readonly title: string; readonly body: string; readonly label: LabelStyle }
  | { readonly kind: 'edit-issue'; readonly issue: ChangeRef; readonly body: string }
  /**
   * Claims a record before its verdict is told: our own reaction on it, of which GitHub makes one. `stale`: another run's claim that is older
   * than 15 minutes, taken away first (by its id, so that of two takers one wins).
   */
  | { readonly kind: 'claim'; readonly change: ChangeRef; readonly commentId: number; readonly stale: number | null }
  /** Starts the job that is the head's own check once more. */
  | { readonly kind: 'rerun'; readonly repo: RepoRef; readonly jobId: number };

/** What became of an effect. A refused optional effect is told once, with the permission that is missing. */
export type EffectOutcome =
  | {
      readonly kind: 'done';
      /** What was made: a comment, an issue (`id` is its number) or a reaction; null where nothing new is there. */
      readonly made: { readonly id: number; readonly nodeId: string; readonly at: string; /** False: it was there already. */ readonly fresh: boolean } | null;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly permission: string | null };
