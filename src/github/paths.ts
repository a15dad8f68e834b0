// Places of GitHub's REST API that several readers share, and what they are called in messages.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import { path } from './transport.ts';

export function repoPath({ owner, repo }: RepoRef): string {
  return path`/repos/${owner}/${repo}`;
}

export function pullPath(ref: ChangeRef): string {
  return `${repoPath(ref)}/pulls/${ref.number}`;
}

/** Pull requests are issues where comments, labels and reactions are concerned. */
export function issuePath(ref: ChangeRef): string {
  return `${repoPath(ref)}/issues/${ref.number}`;
}

/** A comment of a pull request or issue; its number isn't in the address. */
export function commentPath(repo: RepoRef, commentId: number): string {
  return `${repoPath(repo)}/issues/comments/${commentId}`;
}

/** `pull request acme/shop#7`, for messages. */
export function changeName({ owner, repo, number }: ChangeRef): string {
  return `pull request ${owner}/${repo}#${number}`;
}

export function isSameRepo(a: RepoRef, b: RepoRef): boolean {
  return a.owner.toLowerCase() === b.owner.toLowerCase() && a.repo.toLowerCase() === b.repo.toLowerCase();
}
