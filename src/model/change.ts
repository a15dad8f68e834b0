// A pull request and what it does: identity, people, files, scaling facts, cost.

export interface RepoRef {
  readonly owner: string;
  readonly repo: string;
}

/** A pull request's identity. */
export interface ChangeRef extends RepoRef {
  readonly number: number;
}

/** An account as GitHub authenticates it; `type` tells bots from people, a login alone does not. */
export interface Account {
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization' | 'Mannequin';
}

export type Permission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';

/** The pull request as it is now, read live by number. */
export interface Change {
  readonly ref: ChangeRef;
  readonly title: string;
  readonly body: string;
  /** null for a deleted account ("ghost"). */
  readonly author: Account | null;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed' | 'merged';
  /** When, by whom and as which commit it was merged; null while it isn't. */
  readonly merged: { readonly at: string; readonly by: string | null; readonly sha: string | null } | null;
  readonly draft: boolean;
  readonly base: { readonly ref: string; readonly sha: string };
  /** `repo` is null when the fork was deleted; `pushedAt` is the head commit's own date where the push's isn't told. */
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: RepoRef | null; readonly pushedAt: string | null };
  readonly visibility: 'public' | 'private' | 'internal';
  readonly changedFiles: number;
}

/** A comment on a pull request or issue. */
export interface Comment {
  readonly id: number;
  /** GraphQL's id; empty where the list that brought it doesn't tell. */
  readonly nodeId: string;
  readonly author: Account | null;
  /** Written by the identity this run acts as. */
  readonly mine: boolean;
  readonly body: string;
  readonly createdAt: string;
  /** The login of whoever edited it last; null if nobody did. */
  readonly editor: string | null;
}

/** A text as one edit left it; the history of a text that was edited begins with how it was first written. */
export interface Revision {
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  /** The login of whoever wrote it; null for a deleted account. */
  readonly editor: string | null;
  /** Written by the identity this run acts as. */
  readonly mine: boolean;
}

/** One file of a unified diff; `patch` holds the hunks as GitHub's files API gives them, null where it gives none (binary, too large). */
export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly patch: string | null;
}

/** A changed file's whole text before and after; null on the side where it doesn't exist or can't be read. */
export interface FileEnds {
  readonly before: string | null;
  readonly after: string | null;
}

export type Direction = 'up' | 'down' | 'changed' | 'added' | 'removed';

/** When a change of a knob reaches production. */
export type EffectTiming = 'rollout' | 'maintenance-window' | 'next-start';

/** One knob that a change turns: "`replicas` 3 → 12 (×4) in charts/orders/values.yaml:14". */
export interface ScalingFact {
  readonly file: string;
  /** In the new file; in the old one if the knob was removed. */
  readonly line: number;
  /** The knob's id in the knob table. */
  readonly knob: string;
  /** The key's path as a reader of the file would write it. */
  readonly path: string;
  /** As written, without quotes; null when added. */
  readonly from: string | null;
  readonly to: string | null;
  /** to ÷ from in base units, or by size order; null if from is 0 or no order is known. */
  readonly factor: number | null;
  readonly direction: Direction;
  /** What is scaled, for text and for the draft: "replicas", "memory limit". */
  readonly scales: string;
  /** The service or resource it belongs to, as far as path and file tell; null if they don't. */
  readonly service: string | null;
  /** A knob of small and quickly reversible steps (replicas, autoscaler bounds, requests and limits, pools). */
  readonly small: boolean;
  /** False where it can't be taken back (storage, partitions). */
  readonly reversible: boolean;
  readonly timing: EffectTiming;
  /** By path and environment name: does it touch production? */
  readonly production: boolean;
  /** Remarks on this fact, e.g. "an autoscaler sets this count". */
  readonly remarks: readonly string[];
}

/** What reading a diff gave. */
export interface DiffReading {
  readonly facts: readonly ScalingFact[];
  /** Files whose hunks are too short to name a knob: read them at both ends and read the diff again. */
  readonly needsEnds: readonly string[];
  /** Every changed line is formatting or comment. */
  readonly formattingOnly: boolean;
}

/** A cost estimate of the change, e.g. from Infracost. Amounts in `currency` a month. */
export interface CostReport {
  readonly currency: string;
  /** Difference the change makes; negative when it saves. */
  readonly monthlyDelta: number;
  readonly monthlyTotal: number | null;
  /** Where it came from, for the reader: a file's path, an artefact's name, "comment by infracost". */
  readonly source: string;
}
