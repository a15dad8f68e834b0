// The hand-made GitHub of flow tests: a repository in memory around one pull request.
import type { Account, Change, Comment, FileDiff, Permission, Revision } from '../../src/model/change.ts';
import type { Effect, Reaction } from '../../src/model/effect.ts';
import type { Approval, Dashboard, Deployment, IssueText, OwnCheck, PastChange, Release } from '../../src/ports/forge.ts';

/** What a test sets up; everything has a quiet default. */
export interface World {
  change: Change;
  files: FileDiff[];
  /** The pull request's own comments. */
  comments: Comment[];
  /** Other pull requests. */
  others: Change[];
  /** Heads that a pull request has left, with its number. */
  left: Map<string, number>;
  /** Comments of everything else by number: other pull requests, hypothesis issues, the dashboard. */
  threads: Map<number, Comment[]>;
  /** Numbers of locked conversations; a comment there is refused. */
  locked: Set<number>;
  dashboard: Dashboard | null;
  deployments: Deployment[];
  releases: Release[];
  /** Commits or tags in which a commit is contained, by that commit; a commit that is no key is unknown. */
  contained: Map<string, string[]>;
  /** Claims of records by the comment's id. */
  claims: Map<number, { id: number; at: string }>;
  /** Approving reviews of pull requests, by number, oldest first. */
  approvals: Map<number, Approval[]>;
  /** What comments said, by GraphQL id, newest first; of those that were edited. */
  revisions: Map<string, Revision[]>;
  /** The forge's own clock: what is written is stamped with it. */
  now: string;
  /** Texts by `owner/repo:path`. */
  texts: Map<string, string>;
  issues: Map<string, IssueText>;
  /** Other repositories by `owner/repo`, and who may read those that are not public. */
  elsewhere: Map<string, { readonly visibility: Change['visibility']; readonly readers: readonly string[] }>;
  permissions: Map<string, Permission>;
  /** Who set which label last. */
  labelers: Map<string, Account | null>;
  /** Members by `org/team`; a team that isn't here can't be seen. */
  teams: Map<string, readonly string[]>;
  ownCheck: OwnCheck | null;
  /** Our own reactions by the comment's id. */
  reactions: Map<number, Reaction[]>;
  /** Kinds of effects that are refused with 403. */
  refused: Set<Effect['kind']>;
  /** What was merged last, as a rehearsal reads it. */
  past: PastChange[];
  reads: string[];
  effects: Effect[];
}

export const REPO = { owner: 'acme', repo: 'infra' };
export const ME = 'github-actions[bot]';

/** A modified file out of its hunk lines. */
export function file(path: string, ...hunk: readonly string[]): FileDiff {
  const removed = hunk.filter((line) => !line.startsWith('+')).length;
  const added = hunk.filter((line) => !line.startsWith('-')).length;
  return { path, previousPath: null, status: 'modified', patch: [`@@ -1,${removed} +1,${added} @@`, ...hunk].join('\n') };
}

export function createWorld(change: Partial<Change> = {}): World {
  return {
    change: {
      ref: { ...REPO, number: 7 }, title: 'Change something', body: '', author: { login: 'ada', type: 'User' }, labels: [], state: 'open', merged: null, draft: false,
      base: { ref: 'main', sha: 'b'.repeat(40) }, head: { ref: 'topic', sha: 'a'.repeat(40), repo: REPO, pushedAt: '2026-05-05T09:00:00Z' },
      visibility: 'private', changedFiles: 0, ...change,
    },
    files: [], comments: [], others: [], left: new Map(), threads: new Map(), locked: new Set(), dashboard: null, deployments: [], releases: [], contained: new Map(), claims: new Map(), approvals: new Map(), revisions: new Map(), now: '2026-05-05T10:00:00Z',
    texts: new Map(), issues: new Map(), elsewhere: new Map(), permissions: new Map([['ada', 'write']]), labelers: new Map(), teams: new Map(), ownCheck: null, reactions: new Map(), refused: new Set(), past: [], reads: [], effects: [],
  };
}

export function say(world: World, login: string, body: string): void {
  const id = 100 + world.comments.length;
  world.comments.push({ id, nodeId: nodeId(id), author: { login, type: 'User' }, mine: false, body, createdAt: '2026-05-05T09:30:00Z', editor: null });
}

/** GraphQL's id of a comment of this world. */
export function nodeId(id: number): string {
  return `IC_${id}`;
}

/** The comments of an issue or pull request; a list to add to. */
export function commentsOf(world: World, number: number): Comment[] {
  if (number === world.change.ref.number) return world.comments;
  const thread = world.threads.get(number) ?? [];
  world.threads.set(number, thread);
  return thread;
}

/** Every comment of the repository. */
export function allComments(world: World): readonly Comment[] {
  return [...world.comments, ...[...world.threads.values()].flat()];
}

/** Numbers and labels of all pull requests and issues, newest first. */
export function labelsByNumber(world: World): readonly (readonly [number, readonly string[]])[] {
  const changes = [world.change, ...world.others].map(({ ref, labels }) => [ref.number, labels] as const);
  const issues = [...world.issues.values()].filter(({ repo }) => repo.repo === REPO.repo).map(({ number, labels }) => [number, labels] as const);
  return [...changes, ...issues].sort(([a], [b]) => b - a);
}
