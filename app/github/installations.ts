// The installations of the App, and the repositories that each of them sees.
import { at, count, text } from '../../src/github/json.ts';
import { readPages } from '../../src/github/pages.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';

export interface SeenRepository extends RepoRef {
  /** Nothing can be written there. */
  readonly isArchived: boolean;
  /** The same where nothing was pushed, opened, closed or set since. */
  readonly signature: string;
}

/** Ten thousand of each: an organisation's most. */
const PAGES_MAX = 100;

/** @param app as the App itself. Those that are suspended can be asked nothing and are left out. */
export async function readInstallations(app: Transport): Promise<readonly number[]> {
  const all = await readPages(app, { path: '/app/installations', query: {}, subject: 'the installations', pagesMax: PAGES_MAX });
  return all.flatMap((installation) => (at(installation, 'suspended_at') ? [] : (count(at(installation, 'id')) ?? [])));
}

/** Open pull requests count among the issues. */
const SIGNS = ['pushed_at', 'updated_at', 'open_issues_count', 'id'];

/** @param transport as the installation */
export async function readRepositories(transport: Transport, installation: number): Promise<readonly SeenRepository[]> {
  const all = await readPages(transport, { path: '/installation/repositories', under: 'repositories', query: {}, subject: `the repositories of installation ${installation}`, pagesMax: PAGES_MAX });
  return all.flatMap((repository) => {
    const [owner, repo] = [text(at(repository, 'owner', 'login')), text(at(repository, 'name'))];
    return owner === null || repo === null ? [] : [{ owner, repo, isArchived: at(repository, 'archived') === true, signature: JSON.stringify(SIGNS.map((sign) => at(repository, sign))) }];
  });
}
