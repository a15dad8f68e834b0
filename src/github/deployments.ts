// Deployments to an environment with their states: where the effect of a change starts with one.
import type { RepoRef } from '../model/change.ts';
import type { Deployment } from '../ports/forge.ts';
import { parseAccount } from './account.ts';
import { expectOk } from './answers.ts';
import { byNewest, isBefore } from './instant.ts';
import { at, count, list, text } from './json.ts';
import { readPages } from './pages.ts';
import { repoPath } from './paths.ts';
import type { Transport } from './transport.ts';

const PAGES_MAX = 3;
/** Statuses are read a deployment at a time; this many at once stay far below GitHub's limit of concurrent requests. */
const AT_ONCE = 8;

const STATES: Readonly<Record<string, Deployment['state']>> = {
  success: 'success', failure: 'failure', error: 'failure', inactive: 'inactive', pending: 'in-progress', queued: 'in-progress', in_progress: 'in-progress',
};

type Unsettled = Omit<Deployment, 'state' | 'succeededAt'>;

/** Reads the deployments made since an instant (ISO 8601), newest first, 300 at most, and the statuses of those alone. */
export async function readDeployments(transport: Transport, repo: RepoRef, { environment, since }: { readonly environment: string; readonly since: string }): Promise<readonly Deployment[]> {
  const entries = await readPages(transport, {
    path: `${repoPath(repo)}/deployments`,
    query: { environment },
    subject: `deployments to ${environment} in ${repo.owner}/${repo.repo}`,
    pagesMax: PAGES_MAX,
    isEnough: (page) => isBefore(text(at(page.at(-1), 'created_at')), since),
  });
  const made = entries.flatMap((entry) => parseDeployment(entry) ?? []).filter(({ createdAt }) => !isBefore(createdAt, since));
  const settled: Deployment[] = [];
  for (let index = 0; index < made.length; index += AT_ONCE) {
    settled.push(...(await Promise.all(made.slice(index, index + AT_ONCE).map((deployment) => settle(transport, repo, deployment)))));
  }
  return settled.sort((a, b) => byNewest(a.createdAt, b.createdAt) || b.id - a.id);
}

function parseDeployment(entry: unknown): Unsettled | null {
  const [id, sha, createdAt] = [count(at(entry, 'id')), text(at(entry, 'sha')), text(at(entry, 'created_at'))];
  if (id === null || sha === null || createdAt === null) return null;
  return { id, sha, environment: text(at(entry, 'environment')) ?? '', createdAt, creator: parseAccount(at(entry, 'creator'))?.login ?? null };
}

/** Statuses come newest first; the state is the newest's, the success the oldest's. */
async function settle(transport: Transport, repo: RepoRef, deployment: Unsettled): Promise<Deployment> {
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}/deployments/${deployment.id}/statuses`, query: { per_page: 100 } });
  const statuses = list(expectOk(response, `statuses of deployment ${deployment.id}`)).toSorted((a, b) => (count(at(b, 'id')) ?? 0) - (count(at(a, 'id')) ?? 0));
  const success = statuses.findLast((status) => at(status, 'state') === 'success');
  return { ...deployment, state: STATES[text(at(statuses[0], 'state')) ?? ''] ?? 'none', succeededAt: text(at(success, 'created_at')) };
}
