// What a decision still has to know, as data: the flow asks, the host's reader answers, the decision is asked again.
import type { FileDiff, Permission, RepoRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { Reaction } from '../model/effect.ts';
import type { Access, IssueReading, Membership, PastChange, OwnCheck, TextReading } from '../ports/forge.ts';

/** One thing to read. A need's key is its identity: the same need is never read twice in a run. */
export type Need =
  | { readonly kind: 'files'; readonly page: number }
  /** `repo` null: the change's own repository; `ref` null: its default branch. */
  | { readonly kind: 'text'; readonly repo: RepoRef | null; readonly path: string; readonly ref: string | null }
  /** The text of a file as the `nth` older commit on the base branch left it, 1 being the one before the newest. */
  | { readonly kind: 'older-text'; readonly path: string; readonly nth: number }
  | { readonly kind: 'issue'; readonly repo: RepoRef | null; readonly number: number }
  /** What somebody sees of another repository; `login` null: what everybody does. */
  | { readonly kind: 'access'; readonly repo: RepoRef; readonly login: string | null }
  | { readonly kind: 'permission'; readonly login: string }
  /** Whether somebody belongs to a team, `org/team`. */
  | { readonly kind: 'membership'; readonly team: string; readonly login: string }
  | { readonly kind: 'artifact'; readonly name: string }
  /** The last few merged pull requests. */
  | { readonly kind: 'last-merged' }
  | { readonly kind: 'own-check' }
  /** What we wrote last in a comment of ours that somebody else edited, by its GraphQL id. */
  | { readonly kind: 'own-words'; readonly nodeId: string }
  /** How this identity has reacted to a comment. */
  | { readonly kind: 'own-reactions'; readonly commentId: number };

/** What each kind of need is answered with. */
export interface Answers {
  readonly files: readonly FileDiff[];
  readonly text: TextReading;
  readonly 'older-text': TextReading;
  readonly issue: IssueReading;
  readonly access: Access;
  readonly permission: Permission;
  readonly membership: Membership;
  readonly artifact: TextReading;
  readonly 'last-merged': readonly PastChange[];
  readonly 'own-check': OwnCheck | null;
  readonly 'own-words': string | null;
  readonly 'own-reactions': readonly Reaction[];
}

export type AnswerTo<N extends Need> = Answers[N['kind']];

/** All that a run has read so far. */
export interface Known {
  /** The answer, or undefined while it was not read. */
  readonly get: <N extends Need>(need: N) => AnswerTo<N> | undefined;
}

/** Either the decision, or the needs to read before asking again; `meanwhile` is the decision where only what is told beside it is open. */
export type Deciding =
  | { readonly kind: 'needs'; readonly needs: readonly Need[]; readonly meanwhile: { readonly decision: Decision; readonly config: Config } | null }
  | { readonly kind: 'decided'; readonly decision: Decision; readonly config: Config };

/** Reads what is asked. May throw TransientError or SetupError. */
export type NeedReader = <N extends Need>(need: N) => Promise<AnswerTo<N>>;

/** How each kind of need is answered; a new kind is one row in each host's table. */
export type NeedTable = { readonly [Kind in Need['kind']]: (need: Extract<Need, { kind: Kind }>) => Promise<Answers[Kind]> };

/** A reader out of its table. */
export function readerOf(table: NeedTable): NeedReader {
  return async <N extends Need>(need: N): Promise<AnswerTo<N>> => {
    const answer = table[need.kind] as (need: Need) => Promise<Answers[Need['kind']]>;
    return (await answer(need)) as AnswerTo<N>;
  };
}

/** Identity of a need. */
export function needKey(need: Need): string {
  return JSON.stringify(need, (_, value: unknown) => (value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
}

/** A store of answers by need. */
export class Answered implements Known {
  readonly #answers = new Map<string, unknown>();

  get<N extends Need>(need: N): AnswerTo<N> | undefined {
    return this.#answers.get(needKey(need)) as AnswerTo<N> | undefined;
  }

  set<N extends Need>(need: N, answer: AnswerTo<N>): void {
    this.#answers.set(needKey(need), answer);
  }
}
