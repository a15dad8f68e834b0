// A change as a host first observes it: from GitHub, from a clone, or from files on a desk.
import type { Change, Comment, FileDiff, RepoRef } from '../model/change.ts';
import type { Offer } from '../model/config.ts';
import type { ChangePage, IssueText, TextReading } from '../ports/forge.ts';
import type { GateChange } from '../gate/input.ts';

/** Where the files of a change come from. */
export type FileListing =
  /** All at once: a local diff. */
  | { readonly kind: 'whole'; readonly files: readonly FileDiff[] }
  /** By pages of 100; GitHub lists 3,000 at most. */
  | { readonly kind: 'paged'; readonly count: number };

/** Everything known before the first question is asked. */
export interface ObservedChange {
  readonly change: GateChange;
  /** null for a local change. */
  readonly repo: RepoRef | null;
  readonly visibility: Change['visibility'];
  readonly files: FileListing;
  readonly comments: readonly Comment[];
  readonly config: TextReading;
  readonly configPath: string;
  /** What the operator of the App offers this repository; null where its own sources are asked. */
  readonly offer: Offer | null;
  /** The base branch, for older versions of the configuration; null where there is none. */
  readonly baseRef: string | null;
  /** Who set which label last; empty where there is no conversation. */
  readonly labelers: ChangePage['labelers'];
  readonly closing: readonly IssueText[];
  readonly pushedAt: string | null;
  /** A cost report given by hand, with where it came from; null: look for one. */
  readonly cost: { readonly reading: TextReading; readonly source: string } | null;
  /** What a missing configuration means: an Action's workflow is the opt-in, an App only says so. */
  readonly unconfigured: 'silent' | 'defaults-apply';
  /** The instant of the run, ISO 8601 in UTC. */
  readonly at: string;
}

/** GitHub's limit of listed files. */
export const LISTED_FILES_MAX = 3000;
export const PAGE_SIZE = 100;

/** How many pages hold `count` items. */
export function pagesOf(count: number): number {
  return Math.ceil(count / PAGE_SIZE);
}
