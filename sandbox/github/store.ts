// What the emulator doesn't hold and the layer keeps itself, in memory.
import type { Viewer } from './exchange.ts';

export interface Reaction {
  readonly id: number;
  readonly user: Viewer;
  readonly content: string;
  readonly at: string;
}

export interface LabelEvent {
  readonly id: number;
  readonly event: 'labeled' | 'unlabeled';
  readonly label: string;
  readonly actor: Viewer;
  readonly at: string;
}

export interface Edit {
  readonly editor: Pick<Viewer, 'login'> & { readonly type: string };
  readonly at: string;
  /** The text as this edit left it. */
  readonly text: string;
}

export interface Review {
  readonly id: number;
  readonly user: Viewer;
  readonly state: string;
  readonly at: string;
  readonly text: string;
}

export interface Status {
  readonly id: number;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Viewer;
  readonly at: string;
}

export interface Deployment {
  readonly id: number;
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly task: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly creator: Viewer;
  readonly at: string;
  readonly statuses: Omit<Status, 'context'>[];
}

export interface Job {
  /** Also the number of its check run, as in GitHub Actions. */
  readonly id: number;
  readonly runId: number;
  readonly repository: string;
  readonly sha: string;
  readonly branch: string;
  readonly name: string;
  readonly event: string;
  readonly at: string;
  readonly conclusion: 'success' | 'failure' | null;
  readonly attempt: number;
}

export interface Artifact {
  readonly id: number;
  readonly runId: number;
  readonly repository: string;
  readonly sha: string;
  readonly branch: string;
  readonly name: string;
  /** File name → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
}

export interface Button {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** Of a webhook. */
export type Payload = Record<string, unknown> & { readonly action?: string; readonly repository?: { readonly full_name: string } };

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly app: number;
  readonly event: string;
  readonly action: string | null;
  readonly at: string;
  readonly redelivery: boolean;
  readonly payload: Payload;
  /** The status that the App's server answered; 0 when it could not be reached. */
  readonly statusCode: number;
}

/** What the organisation's owner has made of an App's installation. */
export interface Installation {
  readonly suspendedAt: string | null;
  readonly repositories: 'all' | readonly string[];
  /** Uninstalled. */
  readonly gone: boolean;
}

/** Keys are `owner/repo`, `owner/repo#number` or `owner/repo/comments/id`. */
export class Store {
  readonly reactions = new Map<string, Reaction[]>();
  readonly reviews = new Map<string, Review[]>();
  readonly edits = new Map<string, Edit[]>();
  readonly labelEvents = new Map<string, LabelEvent[]>();
  readonly statuses = new Map<string, Status[]>();
  readonly deployments: Deployment[] = [];
  readonly jobs: Job[] = [];
  readonly artifacts: Artifact[] = [];
  readonly deliveries: Delivery[] = [];
  /** Pull requests whose author has deleted the account. */
  readonly ghosts = new Set<string>();
  /** Locked conversations: a comment there is refused. */
  readonly locked = new Set<string>();
  /** Pull requests whose head repository was deleted. */
  readonly orphans = new Set<string>();
  /** The commit that a merged pull request landed as. */
  readonly merges = new Map<string, string>();
  /** Issues linked in a pull request's sidebar. */
  readonly links = new Map<string, string[]>();
  /** Who may do what in a repository: login → permission. */
  readonly permissions = new Map<string, ReadonlyMap<string, string>>();
  /** Who belongs to a team, `org/team`. */
  readonly teams = new Map<string, readonly string[]>();
  /** Where an App's events go, and the secret they are signed with. */
  /** Former full names of repositories, in lower case, and what they are called now. */
  readonly formerNames = new Map<string, string>();
  readonly hooks = new Map<number, { readonly url: string; readonly secret: string }>();
  /** Installations that are no longer as they were made, by App. */
  readonly installations = new Map<number, Installation>();
  /** What a text said before its last edit, for the event of it. */
  readonly before = new Map<string, string>();
  /** The buttons of a check run, by its id. */
  readonly buttons = new Map<number, readonly Button[]>();
  #last = 9_000_000;

  /** A number that nothing else in the sandbox has. */
  nextId(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Appends to a list under a key, which is made when it is the first. */
  append<T>(lists: Map<string, T[]>, key: string, value: T): void {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
  }
}
