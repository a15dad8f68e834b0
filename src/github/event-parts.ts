// Parts that many payloads share: repository, change and hint, read without trust.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { ChangeHint, Trigger } from '../model/trigger.ts';
import { at, count, text } from './json.ts';

export interface EventParts {
  readonly payload: unknown;
  readonly repo: RepoRef;
}

type Unstamped<T> = T extends Trigger ? Omit<T, 'event' | 'delivery' | 'at'> : never;

/** A trigger that is not stamped yet, or the one line that says why the event is ignored. */
export type Why = Unstamped<Exclude<Trigger, { readonly kind: 'ignored' }>> | string;

/** GitHub's own limits on names; anything else would end up in a path of the API. */
const NAME = /^[A-Za-z0-9._-]{1,100}$/;
const SHA = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/;

/** The repository that the event happened in. */
export function parseRepo(payload: unknown): RepoRef | null {
  const fullName = (text(at(payload, 'repository', 'full_name')) ?? '').split('/');
  const owner = text(at(payload, 'repository', 'owner', 'login')) ?? fullName[0] ?? '';
  const repo = text(at(payload, 'repository', 'name')) ?? fullName[1] ?? '';
  return isName(owner) && isName(repo) ? { owner, repo } : null;
}

function isName(name: string): boolean {
  return NAME.test(name) && name !== '.' && name !== '..';
}

export function parseNumber(value: unknown): number | null {
  const number = count(value);
  return number !== null && number > 0 ? number : null;
}

export function parseSha(value: unknown): string | null {
  const sha = text(value);
  return sha !== null && SHA.test(sha) ? sha : null;
}

/** Foreign words for a log line: one line, cut short. */
export function parseWhy(words: unknown, max: number): string {
  return (text(words) ?? '').slice(0, max * 4).replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, max);
}

/** What a payload's pull request says, to read ahead with. */
export function parseHint(pull: unknown): ChangeHint {
  return {
    headSha: parseSha(at(pull, 'head', 'sha')),
    baseRef: text(at(pull, 'base', 'ref')),
    baseSha: parseSha(at(pull, 'base', 'sha')),
    body: text(at(pull, 'body')),
    changedFiles: count(at(pull, 'changed_files')),
    comments: count(at(pull, 'comments')),
  };
}

/** A gate run for one change; `ownCheck`: this run's end is the check of the change's head. */
export function gate(change: ChangeRef, ownCheck: { readonly hint: ChangeHint | null; readonly of: 'head' | 'elsewhere' }): Why {
  return { kind: 'gate', change, hint: ownCheck.hint, ownCheck: ownCheck.of === 'head' };
}

/** The records are looked after: of one change, of a hypothesis issue, or all of them. */
export function tend(repo: RepoRef, because: string, of: { readonly change?: number; readonly headSha?: string | null; readonly issue?: number } = {}): Why {
  return { kind: 'tend', repo, change: of.change === undefined ? null : { ...repo, number: of.change }, issue: of.issue ?? null, because, openChanges: 'left', ...(of.headSha != null && { headSha: of.headSha }) };
}
