// The open changes whose head a commit is; one commit can be that of several.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { ForgeReader } from '../ports/forge.ts';

/** Newest first; one request for a hundred open changes of the repository. */
export async function changesAt(repo: RepoRef, headSha: string, { reader }: { readonly reader: ForgeReader }): Promise<readonly ChangeRef[]> {
  return (await reader.readOpenChanges(repo)).filter((open) => open.headSha === headSha).map(({ ref }) => ref);
}
