// The open pull requests of a repository: all of them for a sweep, or those that a commit is part of.
import type { Change, ChangeRef, RepoRef } from '../model/change.ts';
import type { ChangeWith, OpenChange } from '../ports/forge.ts';
import { expectOk } from './answers.ts';
import { at, count, list, text } from './json.ts';
import { readPages } from './pages.ts';
import { changeName, repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { Transport } from './transport.ts';

/** A sweep of more than a thousand would use up the hour's requests. */
const PAGES_MAX = 10;

/** Reads the open pull requests, newest first, 1,000 at most. */
export async function readOpenChanges(transport: Transport, repo: RepoRef): Promise<readonly OpenChange[]> {
  const query = { state: 'open', sort: 'created', direction: 'desc' };
  const entries = await readPages(transport, { path: `${repoPath(repo)}/pulls`, query, subject: `open pull requests of ${repo.owner}/${repo.repo}`, pagesMax: PAGES_MAX });
  return entries.flatMap((entry) => parseOpenChange(entry, repo) ?? []);
}

/** Reads the pull requests that hold a commit; none where GitHub knows no such commit. */
export async function readChangesWith(transport: Transport, repo: RepoRef, sha: string): Promise<readonly ChangeWith[]> {
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}${path`/commits/${sha}/pulls`}`, query: { per_page: 100 } });
  if (response.status === 404 || response.status === 422) return [];
  const entries = list(expectOk(response, `the pull requests of ${sha.slice(0, 7)} in ${repo.owner}/${repo.repo}`));
  return entries.flatMap((entry) => {
    const number = count(at(entry, 'number'));
    return number === null ? [] : [{ ref: { owner: repo.owner, repo: repo.repo, number }, state: parseState(entry), headSha: text(at(entry, 'head', 'sha')) }];
  });
}

/** Reads what becomes of a change while it is looked at: whether it is open still, and with what it ends. */
export async function readHead(transport: Transport, ref: ChangeRef): Promise<{ readonly state: Change['state']; readonly headSha: string }> {
  const body = expectOk(await transport({ method: 'GET', path: `${repoPath(ref)}/pulls/${ref.number}` }), changeName(ref));
  return { state: parseState(body), headSha: text(at(body, 'head', 'sha')) ?? '' };
}

function parseState(pull: unknown): Change['state'] {
  if (text(at(pull, 'merged_at')) !== null) return 'merged';
  return at(pull, 'state') === 'open' ? 'open' : 'closed';
}

function parseOpenChange(entry: unknown, { owner, repo }: RepoRef): OpenChange | null {
  const number = count(at(entry, 'number'));
  return number === null ? null : { ref: { owner, repo, number }, headSha: text(at(entry, 'head', 'sha')), baseRef: text(at(entry, 'base', 'ref')), body: text(at(entry, 'body')) ?? '' };
}
