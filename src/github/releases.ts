// Releases: where the effect of a change starts with one.
import type { RepoRef } from '../model/change.ts';
import type { Release } from '../ports/forge.ts';
import { byNewest, isBefore } from './instant.ts';
import { at, text } from './json.ts';
import { readPages } from './pages.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** The list is in order of the tagged commits' dates, not of publication: a few pages more than the newest are looked through. */
const PAGES_MAX = 3;

/** Reads releases published since an instant (ISO 8601), newest first; drafts have no date of publication and are left out. */
export async function readReleases(transport: Transport, repo: RepoRef, since: string): Promise<readonly Release[]> {
  const entries = await readPages(transport, {
    path: `${repoPath(repo)}/releases`,
    query: {},
    subject: `releases of ${repo.owner}/${repo.repo}`,
    pagesMax: PAGES_MAX,
    isEnough: (page) => page.every((entry) => isBefore(text(at(entry, 'published_at')), since)),
  });
  const published = entries.flatMap((entry) => parseRelease(entry) ?? []);
  return published.filter(({ publishedAt }) => !isBefore(publishedAt, since)).sort((a, b) => byNewest(a.publishedAt, b.publishedAt));
}

function parseRelease(entry: unknown): Release | null {
  const [tag, publishedAt] = [text(at(entry, 'tag_name')), text(at(entry, 'published_at'))];
  return tag === null || publishedAt === null || at(entry, 'draft') === true ? null : { tag, publishedAt };
}
