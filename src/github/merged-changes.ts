// Pull requests merged lately: those whose own event was missed are found here.
import type { RepoRef } from '../model/change.ts';
import type { MergedChange } from '../ports/forge.ts';
import { byNewest, isBefore } from './instant.ts';
import { at, count, text } from './json.ts';
import { readPages } from './pages.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

const CHANGES_MAX = 300;
/** Every comment brings an old pull request to the front of the list: more pages are looked through than changes are told. */
const PAGES_MAX = 10;

/** Reads what was merged since an instant (ISO 8601), newest first. A merge is an update, so that the list ends with what was updated last before. */
export async function readMergedSince(transport: Transport, { owner, repo }: RepoRef, since: string): Promise<readonly MergedChange[]> {
  const entries = await readPages(transport, {
    path: `${repoPath({ owner, repo })}/pulls`,
    query: { state: 'closed', sort: 'updated', direction: 'desc' },
    subject: `merged pull requests of ${owner}/${repo}`,
    pagesMax: PAGES_MAX,
    isEnough: (page) => isBefore(text(at(page.at(-1), 'updated_at')), since),
  });
  const merged = entries.flatMap((entry): readonly MergedChange[] => {
    const [number, mergedAt] = [count(at(entry, 'number')), text(at(entry, 'merged_at'))];
    if (number === null || mergedAt === null || isBefore(mergedAt, since)) return [];
    return [{ ref: { owner, repo, number }, title: text(at(entry, 'title')) ?? '', body: text(at(entry, 'body')) ?? '', mergedAt, mergeSha: text(at(entry, 'merge_commit_sha')) }];
  });
  return merged.sort((a, b) => byNewest(a.mergedAt, b.mergedAt)).slice(0, CHANGES_MAX);
}
