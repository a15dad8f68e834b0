// The door to GitHub: what the engine reads and writes there, in its own words.
import type { Account, Change, ChangeRef, Comment, FileDiff, Permission, RepoRef, Revision } from '../model/change.ts';
import type { Effect, EffectOutcome, Reaction } from '../model/effect.ts';
import type { ChangeHint } from '../model/trigger.ts';

/** A text in a repository, or why it could not be had. */
export type TextReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** Binary, not UTF-8, or over the size limit: a problem of that text. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** 403 or 404 on another repository. */
  | { readonly kind: 'forbidden'; readonly why: string };

/** An issue that may hold a hypothesis. */
export interface IssueText {
  /** Where it stands now: one that was moved is found under its old number too. */
  readonly repo: RepoRef;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
}

export type IssueReading =
  | { readonly kind: 'issue'; readonly issue: IssueText }
  | { readonly kind: 'absent' }
  | { readonly kind: 'forbidden'; readonly why: string };

/** A repository as somebody sees it who may read it. */
export interface Sight {
  /** Its name now: under an old one GitHub still finds it. */
  readonly repo: RepoRef;
  readonly visibility: Change['visibility'];
}

/** What the author of a change sees of another repository. */
export interface Access {
  /** null: it is not there, or the author or this token may not read it. */
  readonly sight: Sight | null;
  /** Said of all that is not there or may not be read, in the same words. */
  readonly why: string;
}

/** The first round of reading: the change, its conversation, the configuration of its base. */
export interface ChangePage {
  readonly change: Change;
  readonly comments: readonly Comment[];
  /** False when comments between the first and the last hundred were not read. */
  readonly commentsComplete: boolean;
  readonly commentCount: number;
  readonly config: TextReading;
  /** Who set a label last, by its name in lower case; null for a deleted account. */
  readonly labelers: ReadonlyMap<string, Account | null>;
  /** Issues that the change closes or is linked to in the sidebar. */
  readonly closing: readonly IssueText[];
  /** Who this run acts as. */
  readonly viewer: Account;
  /** The hypothesis dashboard of this repository; null while there is none. */
  readonly dashboard: Dashboard | null;
  /** The other open pull requests that end with the same commit; not all are known where more are open than one answer holds. */
  readonly sameHead: { readonly numbers: readonly number[]; readonly complete: boolean };
}

/** The dashboard issue, opened by the identity this run acts as: its body lists the open bets and holds the index of all records. */
export interface Dashboard {
  readonly number: number;
  readonly body: string;
  /** Who edited its body last; null if nobody did. */
  readonly editor: string | null;
}

/** One deployment to an environment, with its newest state. */
export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly createdAt: string;
  readonly creator: string | null;
  /** Of the newest status; `none` while there is none. */
  readonly state: 'success' | 'failure' | 'in-progress' | 'inactive' | 'none';
  /** When it first succeeded, ISO 8601; null if it never did. A later deployment makes it `inactive`, and it succeeded all the same. */
  readonly succeededAt: string | null;
}

export interface Release {
  readonly tag: string;
  readonly publishedAt: string;
}

/** A conversation with enough to tell who wrote and who edited each comment. */
export interface Conversation {
  readonly comments: readonly Comment[];
  readonly locked: boolean;
  readonly viewer: Account;
}

/** A review that approved a pull request. */
export interface Approval {
  /** Whose; null for a deleted account. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** The body of the pull request as it stood then. */
  readonly body: string;
}

/** `unreadable`: the token may not see the team. */
export type Membership = 'member' | 'none' | 'unreadable';

/** The head's own check where a job is the check: how its newest run ended, and the job to run again. */
export interface OwnCheck {
  readonly conclusion: 'success' | 'failure' | 'running';
  /** null where it is no job of GitHub Actions. */
  readonly jobId: number | null;
}

/** An open pull request as a list tells it: enough to see whether it links an issue. */
export interface OpenChange {
  readonly ref: ChangeRef;
  readonly headSha: string | null;
  readonly baseRef: string | null;
  readonly body: string;
}

/** A pull request of which a commit is a part. */
export interface ChangeWith extends Pick<Change, 'ref' | 'state'> {
  readonly headSha: string | null;
}

/** A merged pull request with what it changed. */
export interface PastChange extends Pick<Change, 'ref' | 'title' | 'body' | 'author' | 'labels'> {
  readonly mergedAt: string;
  /** The first 100. */
  readonly files: readonly FileDiff[];
}

/** A merged pull request as a list tells it: enough to see what it reverts. */
export interface MergedChange {
  readonly ref: ChangeRef;
  readonly title: string;
  readonly body: string;
  readonly mergedAt: string;
  readonly mergeSha: string | null;
}

/** GitHub, for reading. Every method may throw TransientError or SetupError. */
export interface ForgeReader {
  readonly readChange: (ref: ChangeRef, options: { readonly configPath: string; readonly hint: ChangeHint | null }) => Promise<ChangePage>;
  /** State and head alone, by REST: one small read. */
  readonly readHead: (ref: ChangeRef) => Promise<{ readonly state: Change['state']; readonly headSha: string }>;
  /** A page of 100 changed files, from 1 on; GitHub lists 3,000 at most. */
  readonly readFiles: (ref: ChangeRef, page: number) => Promise<readonly FileDiff[]>;
  readonly readText: (repo: RepoRef, path: string, ref: string | null) => Promise<TextReading>;
  readonly readIssue: (repo: RepoRef, number: number) => Promise<IssueReading>;
  /** What a person sees of another repository; `login` null: what everybody does. */
  readonly readAccess: (repo: RepoRef, login: string | null) => Promise<Access>;
  readonly readPermission: (repo: RepoRef, login: string) => Promise<Permission>;
  /** Whether somebody belongs to a team, `org/team`. */
  readonly readMembership: (team: string, login: string) => Promise<Membership>;
  /** The text of a file inside an artefact of a workflow run at this head. */
  readonly readArtifact: (repo: RepoRef, headSha: string, name: string) => Promise<TextReading>;
  /** The newest check run called `name` at this head; null if there is none. */
  readonly readOwnCheck: (repo: RepoRef, headSha: string, name: string) => Promise<OwnCheck | null>;
  /** The file as the `nth` older commit on this branch left it (1: the one before the newest). */
  readonly readOlderText: (repo: RepoRef, path: string, at: { readonly ref: string; readonly nth: number }) => Promise<TextReading>;
  /** How this run's identity has reacted to a comment so far. */
  readonly readOwnReactions: (repo: RepoRef, commentId: number) => Promise<readonly Reaction[]>;
  /** The last ten merged pull requests, newest first. */
  readonly readLastMerged: (repo: RepoRef) => Promise<readonly PastChange[]>;
  /** Every open pull request, newest first. */
  readonly readOpenChanges: (repo: RepoRef) => Promise<readonly OpenChange[]>;
  /** The pull requests that a commit is part of, as far as GitHub knows. */
  readonly readChangesWith: (repo: RepoRef, sha: string) => Promise<readonly ChangeWith[]>;
  /** The dashboard issue: open, with the dashboard's label, opened by our own identity; the oldest where there are several. */
  readonly readDashboard: (repo: RepoRef) => Promise<Dashboard | null>;
  /** Comments by GraphQL id, in that order; null for one that was deleted. Authors and editors are told. */
  readonly readCommentsById: (repo: RepoRef, nodeIds: readonly string[]) => Promise<readonly (Comment | null)[]>;
  /** What comments said, by GraphQL id, newest first; empty for one that was never edited, null for one that is gone or may not be seen. A hundred ids at most. */
  readonly readRevisions: (repo: RepoRef, nodeIds: readonly string[]) => Promise<readonly (readonly Revision[] | null)[]>;
  /** All comments of an issue or pull request (the first and the newest thousand), with their editors. */
  readonly readConversation: (ref: ChangeRef) => Promise<Conversation>;
  /** The newest approving review with the body it approved; null where there is none, or where it can't be told. */
  readonly readApproval: (ref: ChangeRef) => Promise<Approval | null>;
  /** Deployments to an environment made since an instant (ISO 8601), newest first, at most 300. */
  readonly readDeployments: (repo: RepoRef, of: { readonly environment: string; readonly since: string }) => Promise<readonly Deployment[]>;
  /** Releases published since an instant, newest first; drafts are none. */
  readonly readReleases: (repo: RepoRef, since: string) => Promise<readonly Release[]>;
  /** Whether the commit or tag `in` contains the commit `sha`; null where GitHub knows one of them no more. */
  readonly readContains: (repo: RepoRef, at: { readonly sha: string; readonly in: string }) => Promise<boolean | null>;
  /** Numbers of issues and pull requests with a label, open and closed, newest first (search lags, this list doesn't). */
  readonly readLabelled: (repo: RepoRef, label: string) => Promise<readonly number[]>;
  /** Pull requests merged since an instant, newest first, at most 300. */
  readonly readMergedSince: (repo: RepoRef, since: string) => Promise<readonly MergedChange[]>;
}

/** GitHub, for writing: performs one effect. Only `flows/run.ts` holds it. */
export interface ForgeWriter {
  readonly perform: (effect: Effect) => Promise<EffectOutcome>;
}
