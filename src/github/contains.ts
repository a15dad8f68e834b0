// Whether a deployed or released commit contains a merged one.
import type { RepoRef } from '../model/change.ts';
import { expectOk } from './answers.ts';
import { at, text } from './json.ts';
import { repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { Transport } from './transport.ts';

/** Compares the two; null where GitHub knows one of them no more. */
export async function readContains(transport: Transport, repo: RepoRef, { sha, in: where }: { readonly sha: string; readonly in: string }): Promise<boolean | null> {
  if (sha === where) return true;
  // The files of a comparison stand on its first page, and may be megabytes: the second tells the same status without them.
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}${path`/compare/${sha}...${where}`}`, query: { per_page: 1, page: 2 } });
  if (response.status === 404) return null;
  const status = text(at(expectOk(response, `the comparison of ${sha.slice(0, 7)} with ${where.slice(0, 60)}`), 'status'));
  return status === 'ahead' || status === 'identical';
}
