// The answer on a commit that no open pull request ends with any more.
import type { RepoRef } from '../model/change.ts';
import type { Applied } from '../effects/apply.ts';
import { renderLeft } from '../report/check.ts';
import type { Host } from './handle.ts';
import { carryOut } from './run.ts';

/** GitHub waits for an answer on the commit that it was asked about; where a job is the check, its end is the answer. `why`: in words. */
export async function answerLeft({ owner, repo }: RepoRef, { headSha, why }: { readonly headSha: string; readonly why: string }, host: Host): Promise<readonly Applied[]> {
  return host.check === 'check-run' ? carryOut([{ kind: 'post-check', repo: { owner, repo }, headSha, check: renderLeft(why) }], host) : [];
}
