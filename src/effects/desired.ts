// What a pull request should look like after the gate, and what it looks like now: the two sides of a plan.
import type { ChangeRef, Comment } from '../model/change.ts';
import type { Check, LabelStyle, Reaction, StandingCheck } from '../model/effect.ts';
import type { OwnCheck } from '../ports/forge.ts';

/** The state the gate wants. */
export interface Desired {
  readonly change: ChangeRef;
  /** The gate comment, marker included; null: none is wanted. */
  readonly comment: {
    readonly body: string;
    /** False where a comment is only updated, never begun: the one line when all is well. */
    readonly create: 'if-missing' | 'never';
  } | null;
  /** One reaction a command. */
  readonly reactions: readonly { readonly commentId: number; readonly content: Reaction }[];
  readonly labels: { readonly add: readonly LabelStyle[]; readonly remove: readonly string[] };
  /** Where the host keeps its check itself (a job is its own check) there is none to post. */
  readonly check: { readonly headSha: string; readonly check: Check; readonly changes: readonly number[]; readonly seen?: StandingCheck | null } | null;
  /** What the head's own job should end with, where this run is not that job; null where it is. */
  readonly ownConclusion: 'success' | 'failure' | null;
}

/** The state as it was read. */
export interface Observed {
  readonly labels: readonly string[];
  /** Comments of ours that begin with the gate's marker for this change, oldest first. */
  readonly own: readonly Comment[];
  /** The instant our newest comment was evaluated at, ISO 8601; null if there is none. */
  readonly evaluatedAt: string | null;
  /** Our own reactions, by the comment's id. */
  readonly reactions: ReadonlyMap<number, readonly Reaction[]>;
  /** Read only where this run is not the head's own job. */
  readonly ownCheck: OwnCheck | null;
}
