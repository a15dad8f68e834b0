// Everything with a label: how what is due is found without a search, which lags behind.
import type { RepoRef } from '../model/change.ts';
import { at, count } from './json.ts';
import { readPages } from './pages.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

const PAGES_MAX = 10;

/** Reads the numbers of issues and pull requests with the label, open and closed, newest first, 1,000 at most. */
export async function readLabelled(transport: Transport, repo: RepoRef, label: string): Promise<readonly number[]> {
  const query = { labels: label, state: 'all', sort: 'created', direction: 'desc' };
  const entries = await readPages(transport, { path: `${repoPath(repo)}/issues`, query, subject: `what is labelled "${label}" in ${repo.owner}/${repo.repo}`, pagesMax: PAGES_MAX });
  return entries.flatMap((entry) => count(at(entry, 'number')) ?? []);
}
