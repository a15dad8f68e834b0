// Every open pull request of a repository, for a sweep.
import type { RepoRef } from '../model/change.ts';
import type { OpenChange } from '../ports.ts';
import { expectOk } from './answers.ts';
import { at, count, list, text } from './json.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** A sweep of more than a thousand would use up the hour's requests. */
const PAGES_MAX = 10;

/** Reads the open pull requests, newest first, 1,000 at most. */
export async function readOpenChanges(transport: Transport, repo: RepoRef): Promise<readonly OpenChange[]> {
  const found: OpenChange[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const query = { state: 'open', sort: 'created', direction: 'desc', per_page: 100, page };
    const entries = list(expectOk(await transport({ method: 'GET', path: `${repoPath(repo)}/pulls`, query }), `open pull requests of ${repo.owner}/${repo.repo}`));
    found.push(...entries.flatMap((entry) => parseOpenChange(entry, repo) ?? []));
    if (entries.length < 100) break;
  }
  return found;
}

function parseOpenChange(entry: unknown, { owner, repo }: RepoRef): OpenChange | null {
  const number = count(at(entry, 'number'));
  return number === null ? null : { ref: { owner, repo, number }, body: text(at(entry, 'body')) ?? '' };
}
