// Repositories in GraphQL.
import { permissionOf } from '../people.ts';
import { commit, object } from './commit.ts';
import { connection, type PageArgs, typed } from './connection.ts';
import { issue, issues, pullRequest } from './issue.ts';
import { listPulls, type Order } from './pull-list.ts';
import type { Sight } from './sight.ts';

interface RestRepository {
  readonly id: number;
  readonly node_id: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly visibility: string;
  readonly default_branch: string;
  readonly html_url: string;
  readonly owner: { readonly login: string; readonly type: string };
}

/** A `Repository`, or the error of type NOT_FOUND where the token sees none. */
export async function repository(sight: Sight): Promise<Record<string, unknown>> {
  const { layer } = sight;
  const [owner = '', name = ''] = sight.repository.split('/');
  const { status, body } = await layer.upstream.request('GET', `/repos/${sight.repository}`, { token: sight.token });
  if (status !== 200) throw typed('NOT_FOUND', `Could not resolve to a Repository with the name '${sight.repository}'.`);
  const repo = body as RestRepository;
  const ref = async (branch: string): Promise<unknown> => ({ id: `REF_${branch}`, name: branch, prefix: 'refs/heads/', target: await commit(sight, branch) });
  const pullRequests = async (args: PageArgs & { states?: readonly string[]; orderBy?: Order }): Promise<unknown> => {
    const pulls = await listPulls(sight, args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' });
    return connection(pulls.filter((pull) => args.states == null || args.states.includes(String(pull['state']))), args);
  };
  return {
    __typename: 'Repository', id: repo.node_id, databaseId: repo.id, name, nameWithOwner: sight.repository, url: repo.html_url, isPrivate: repo.private, visibility: repo.visibility.toUpperCase(), isArchived: repo.archived, isFork: false,
    owner: { __typename: repo.owner.type, id: owner, login: owner, url: `${layer.url}/${owner}`, resourcePath: `/${owner}`, avatarUrl: '' },
    defaultBranchRef: () => ref(repo.default_branch), ref: ({ qualifiedName }: { qualifiedName: string }) => ref(qualifiedName.replace('refs/heads/', '')),
    object: ({ expression, oid }: { expression?: string; oid?: string }) => object(sight, expression ?? oid ?? 'HEAD'),
    pullRequest: ({ number }: { number: number }) => pullRequest(sight, number), pullRequests,
    issues: (args: Parameters<typeof issues>[1]) => issues(sight, args),
    issue: ({ number }: { number: number }) => issue(sight, number),
    issueOrPullRequest: ({ number }: { number: number }) => issue(sight, number).catch(() => pullRequest(sight, number)),
    label: ({ name: wanted }: { name: string }) => label(sight, wanted),
    viewerPermission: sight.viewer.type === 'Bot' ? null : permissionOf(layer, sight.repository, sight.viewer.login).toUpperCase(),
  };
}

async function label(sight: Sight, name: string): Promise<Record<string, unknown> | null> {
  const { status, body } = await sight.layer.upstream.request('GET', `/repos/${sight.repository}/labels/${encodeURIComponent(name)}`, { token: sight.token });
  const found = body as { node_id: string; name: string; color: string; description: string | null };
  return status === 200 ? { id: found.node_id, name: found.name, color: found.color, description: found.description, isDefault: false } : null;
}
