// Merged pull requests as a list tells them, and the last few with what they changed.
import type { Account, ChangeRef, RepoRef } from '../model/change.ts';
import type { PastChange } from '../ports/forge.ts';
import { parseAccount } from './account.ts';
import { expectOk } from './answers.ts';
import { readFiles } from './files.ts';
import { at, count, list, text, texts } from './json.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** What a list of pull requests says of a merged one. */
export interface MergedPull {
  readonly ref: ChangeRef;
  readonly title: string;
  readonly body: string;
  readonly author: Account | null;
  readonly labels: readonly string[];
  readonly headSha: string;
  readonly baseSha: string;
  readonly mergeSha: string;
  readonly mergedAt: string;
}

/** One request each, so no more than a rehearsal is worth. */
const LAST = 10;

/** The last ten, newest first, each with its first 100 files. */
export async function readLastMerged(transport: Transport, repo: RepoRef): Promise<readonly PastChange[]> {
  const query = { state: 'closed', sort: 'updated', direction: 'desc', per_page: 50, page: 1 };
  const entries = list(expectOk(await transport({ method: 'GET', path: `${repoPath(repo)}/pulls`, query }), `pull requests of ${repo.owner}/${repo.repo}`));
  const pulls = entries.flatMap((entry) => parseMerged(entry, repo) ?? []).slice(0, LAST);
  return Promise.all(pulls.map(async ({ ref, title, body, author, labels, mergedAt }) => ({ ref, title, body, author, labels, mergedAt, files: await readFiles(transport, ref, 1) })));
}

/** null for a pull request that was closed without being merged. */
export function parseMerged(entry: unknown, repo: RepoRef): MergedPull | null {
  const [number, mergedAt] = [count(at(entry, 'number')), text(at(entry, 'merged_at'))];
  if (number === null || mergedAt === null) return null;
  return {
    ref: { ...repo, number },
    title: text(at(entry, 'title')) ?? '',
    body: text(at(entry, 'body')) ?? '',
    author: parseAccount(at(entry, 'user')),
    labels: texts(at(entry, 'labels'), 'name'),
    headSha: text(at(entry, 'head', 'sha')) ?? '',
    baseSha: text(at(entry, 'base', 'sha')) ?? '',
    mergeSha: text(at(entry, 'merge_commit_sha')) ?? '',
    mergedAt,
  };
}
