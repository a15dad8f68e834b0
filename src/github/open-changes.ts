// Every open pull request of a repository, for a sweep.
import type { RepoRef } from '../model/change.ts';
import type { OpenChange } from '../ports/forge.ts';
import { at, count, text } from './json.ts';
import { readPages } from './pages.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** A sweep of more than a thousand would use up the hour's requests. */
const PAGES_MAX = 10;

/** Reads the open pull requests, newest first, 1,000 at most. */
export async function readOpenChanges(transport: Transport, repo: RepoRef): Promise<readonly OpenChange[]> {
  const query = { state: 'open', sort: 'created', direction: 'desc' };
  const entries = await readPages(transport, { path: `${repoPath(repo)}/pulls`, query, subject: `open pull requests of ${repo.owner}/${repo.repo}`, pagesMax: PAGES_MAX });
  return entries.flatMap((entry) => parseOpenChange(entry, repo) ?? []);
}

function parseOpenChange(entry: unknown, { owner, repo }: RepoRef): OpenChange | null {
  const number = count(at(entry, 'number'));
  return number === null ? null : { ref: { owner, repo, number }, headSha: text(at(entry, 'head', 'sha')), body: text(at(entry, 'body')) ?? '' };
}
