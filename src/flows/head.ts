// A check that was asked for again on a commit: whoever has it as head is looked at, and a commit that was left is told so.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import { renderLeft } from '../report/check.ts';
import type { Applied } from '../effects/apply.ts';
import type { Host } from './handle.ts';
import { carryOut } from './run.ts';

/** The open changes whose head a commit is; one commit can be that of several. */
export async function changesAt(repo: RepoRef, headSha: string, { reader }: Pick<Host, 'reader'>): Promise<readonly ChangeRef[]> {
  return (await reader.readOpenChanges(repo)).filter((open) => open.headSha === headSha).map(({ ref }) => ref);
}

/** GitHub waits for an answer on the commit that it was asked about; where a job is the check, its end is the answer. `why`: in words. */
export async function answerLeft(repo: RepoRef, { headSha, why }: { readonly headSha: string; readonly why: string }, host: Host): Promise<readonly Applied[]> {
  return host.check === 'check-run' ? carryOut([{ kind: 'post-check', repo, headSha, check: renderLeft(why) }], host) : [];
}
