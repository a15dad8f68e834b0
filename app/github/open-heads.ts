// The open pull requests of a repository, each with its head: where a check of ours should stand.
import { at, count, text } from '../../src/github/json.ts';
import { readPages } from '../../src/github/pages.ts';
import { path } from '../../src/github/transport.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';

export interface OpenHead {
  readonly number: number;
  readonly sha: string;
  readonly body: string;
}

const PAGES_MAX = 20;

export async function readOpenHeads(transport: Transport, { owner, repo }: RepoRef): Promise<readonly OpenHead[]> {
  const pulls = await readPages(transport, { path: path`/repos/${owner}/${repo}/pulls`, query: { state: 'open' }, subject: `open pull requests of ${owner}/${repo}`, pagesMax: PAGES_MAX });
  return pulls.flatMap((pull) => {
    const number = count(at(pull, 'number'));
    const sha = text(at(pull, 'head', 'sha'));
    return number === null || sha === null ? [] : [{ number, sha, body: text(at(pull, 'body')) ?? '' }];
  });
}
