// Why a run started: an event translated into our own words. Time and identity arrive here, never by asking.
import type { ChangeRef, RepoRef } from './change.ts';

/** What the payload said of the pull request. A hint to read ahead with; what is judged is read live by number. */
export interface ChangeHint {
  readonly headSha: string | null;
  readonly baseRef: string | null;
  readonly baseSha: string | null;
  readonly body: string | null;
  readonly changedFiles: number | null;
  readonly comments: number | null;
}

/** A button of the check that asks for more than another look, and who pressed it. */
export interface Pressed {
  readonly button: 'draft' | 'waive';
  readonly by: string;
}

/** What the host asks of the engine. `at` is the instant of the run, ISO 8601 in UTC. */
export type Trigger =
  | { readonly kind: 'gate'; readonly change: ChangeRef; readonly hint: ChangeHint | null; readonly ownCheck: boolean; readonly pressed?: Pressed | null; readonly event: string; readonly delivery: string | null; readonly at: string }
  /**
   * The check of a commit was asked for again, without a word of the one change that it is the head of: a fork's, or that of several. `closed`: nobody asked,
   * this change of it was closed.
   */
  | { readonly kind: 'head'; readonly repo: RepoRef; readonly headSha: string; readonly pressed: Pressed | null; readonly closed?: number | null; readonly event: string; readonly delivery: string | null; readonly at: string }
  /** Several changes have to be looked at again: an issue was edited, the configuration was pushed. `base`: only those into this branch. */
  | { readonly kind: 'sweep'; readonly repo: RepoRef; readonly because: string; readonly issue: number | null; readonly base: string | null; readonly event: string; readonly delivery: string | null; readonly at: string }
  /**
   * The records of this repository, or of one change, are looked after: locked, started, measured, told. `issue`: it was about this issue,
   * which may hold a hypothesis. `openChanges`: on the clock these are looked at again too, since waivers run out and awaited costs arrive.
   */
  | {
      readonly kind: 'tend';
      readonly repo: RepoRef;
      readonly change: ChangeRef | null;
      readonly issue: number | null;
      readonly because: string;
      readonly openChanges: 'swept' | 'left';
      /** The head that `change` was merged with: others may end with it too. */
      readonly headSha?: string | null;
      readonly event: string;
      readonly delivery: string | null;
      readonly at: string;
    }
  | { readonly kind: 'merge-group'; readonly repo: RepoRef; readonly headSha: string; readonly headRef: string; readonly event: string; readonly delivery: string | null; readonly at: string }
  /** An event that this host cannot use; `reason` is one line for the log. */
  | { readonly kind: 'ignored'; readonly reason: string; readonly event: string; readonly delivery: string | null; readonly at: string };
