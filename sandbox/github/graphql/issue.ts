// Issues and pull requests in GraphQL.
import { parseChangedFiles, readDiffText } from '../diff.ts';
import { gitOf } from '../layer.ts';
import { readPull, type Pull } from '../pulls.ts';
import { actor, type Person } from './actor.ts';
import { contentEdits, issueComment, readAllComments } from './comments.ts';
import { commit } from './commit.ts';
import { connection, type PageArgs, typed } from './connection.ts';
import type { Sight } from './sight.ts';

interface RestIssue {
  readonly number: number;
  readonly node_id: string;
  readonly id: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly locked: boolean;
  readonly user: Person | null;
  readonly html_url: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
  readonly labels: readonly { readonly name: string; readonly color?: string; readonly description?: string | null; readonly node_id?: string }[];
  readonly pull_request?: unknown;
}

/** What issues and pull requests share. */
function common(sight: Sight, issue: Omit<RestIssue, 'state' | 'closed_at'>): Record<string, unknown> {
  const { layer } = sight;
  const key = `${sight.repository}#${issue.number}`;
  const edits = layer.store.edits.get(key) ?? [];
  const last = edits.at(-1);
  const comments = async (args: PageArgs): Promise<unknown> => {
    const list = await readAllComments(layer, `/repos/${sight.repository}/issues/${issue.number}`, sight.token);
    return connection(list.map((comment) => issueComment(layer, sight, comment)), args);
  };
  return {
    id: issue.node_id, databaseId: issue.id, fullDatabaseId: issue.id, number: issue.number, title: issue.title, titleHTML: issue.title, body: issue.body ?? '', bodyText: issue.body ?? '', url: issue.html_url, resourcePath: `/${sight.repository}/issues/${issue.number}`,
    author: layer.store.ghosts.has(key) ? null : actor(layer.url, issue.user), authorAssociation: 'MEMBER', locked: layer.store.locked.has(key), activeLockReason: null, createdAt: issue.created_at, updatedAt: issue.updated_at,
    editor: last === undefined ? null : actor(layer.url, last.editor), lastEditedAt: last?.at ?? null, includesCreatedEdit: edits.length > 0, viewerDidAuthor: issue.user?.login === sight.viewer.login,
    userContentEdits: (args: PageArgs) => connection(contentEdits(layer, edits), args),
    labels: (args: PageArgs) => connection(issue.labels.map((label) => ({ id: label.node_id ?? label.name, name: label.name, color: label.color ?? 'ededed', description: label.description ?? null, isDefault: false, url: `${layer.url}/${sight.repository}/labels/${encodeURIComponent(label.name)}` })), args),
    comments, repository: () => sight.resolveRepository(sight),
  };
}

/** An `Issue`; a GraphQL error of type NOT_FOUND where there is none of that number. */
export async function issue(sight: Sight, number: number): Promise<Record<string, unknown>> {
  const { status, body } = await sight.layer.upstream.request('GET', `/repos/${sight.repository}/issues/${number}`, { token: sight.token });
  const found = body as RestIssue;
  if (status !== 200 || found.pull_request != null) throw typed('NOT_FOUND', `Could not resolve to an Issue with the number of ${number}.`);
  return { __typename: 'Issue', ...common(sight, found), state: found.state.toUpperCase(), closed: found.state === 'closed', closedAt: found.closed_at, stateReason: null };
}

/** The `issues` of a repository: with any of the labels, in any of the states, by age. */
export async function issues(sight: Sight, args: PageArgs & { readonly labels?: readonly string[]; readonly states?: readonly string[]; readonly orderBy?: { readonly direction: string } }): Promise<unknown> {
  const list = await sight.layer.upstream.request('GET', `/repos/${sight.repository}/issues?state=all&per_page=100&sort=created&direction=${args.orderBy?.direction === 'DESC' ? 'desc' : 'asc'}`, { token: sight.token });
  const wanted = (list.body as RestIssue[]).filter(({ labels, state }) => (args.labels == null || labels.some(({ name }) => args.labels?.includes(name))) && (args.states == null || args.states.includes(state.toUpperCase())));
  return connection(await Promise.all(wanted.map(({ number }) => issue(sight, number))), args);
}

/** A `PullRequest`, or the error of type NOT_FOUND. */
export async function pullRequest(sight: Sight, number: number): Promise<Record<string, unknown>> {
  const { layer } = sight;
  const pull = await readPull(layer, { repository: sight.repository, number, token: sight.token }).catch(() => {
    throw typed('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
  });
  const files = async (args: PageArgs): Promise<unknown> => {
    const list = parseChangedFiles(await readDiffText(gitOf(layer, sight.repository), pull.base.sha, pull.head.sha));
    return connection(list.map((file) => ({ path: file.filename, additions: file.additions, deletions: file.deletions, changeType: CHANGE_TYPES[file.status], viewerViewedState: 'UNVIEWED' })), args);
  };
  const at = (sha: string): Promise<unknown> => commit(sight, sha);
  return {
    __typename: 'PullRequest', ...common(sight, pull as Pull & { user: Person }),
    state: pull.merged ? 'MERGED' : pull.state.toUpperCase(), closed: pull.state === 'closed', merged: pull.merged, mergedAt: pull.merged_at, mergedBy: pull.merged_by && actor(layer.url, pull.merged_by), mergeCommit: () => (pull.merge_commit_sha === null ? null : at(pull.merge_commit_sha)), isDraft: pull.draft, mergeable: 'MERGEABLE',
    baseRefName: pull.base.ref, baseRefOid: pull.base.sha, headRefName: pull.head.ref, headRefOid: pull.head.sha, changedFiles: pull.changed_files, additions: pull.additions, deletions: pull.deletions,
    baseRepository: () => sight.resolveRepository(sight),
    headRepository: pull.head.repo === null ? null : () => sight.resolveRepository({ ...sight, repository: pull.head.repo?.full_name ?? '' }),
    headRepositoryOwner: pull.head.repo === null ? null : actor(layer.url, { login: pull.head.repo.full_name.split('/')[0] ?? '', type: 'User' }),
    isCrossRepository: pull.head.repo?.full_name !== sight.repository, files,
    closingIssuesReferences: (args: PageArgs) => closing(sight, pull).then((list) => connection(list, args)),
    commits: async (args: PageArgs) => connection(await Promise.all((await gitOf(layer, sight.repository).list(`${pull.base.sha}..${pull.head.sha}`)).map(async (sha) => ({ id: `PRC_${sha}`, url: pull.html_url, resourcePath: '', commit: await at(sha) }))), args),
    reviews: (args: PageArgs & { states?: readonly string[] }) => connection(reviews(sight, number, args.states ?? null), args), timelineItems: (args: PageArgs) => connection(labelings(sight, pull.number), args), reviewDecision: null,
  };
}

/** Reviews in the order in which they were submitted. */
function reviews({ layer, repository }: Sight, number: number, states: readonly string[] | null): readonly unknown[] {
  const all = layer.store.reviews.get(`${repository}#${number}`) ?? [];
  return all.filter(({ state }) => states === null || states.includes(state)).map(({ id, user, state, at, text }) => ({ id: `PRR_${id}`, databaseId: id, author: actor(layer.url, user), state, submittedAt: at, body: text }));
}

/** Who set which label, oldest first: of the timeline's items the one kind that is asked for. */
function labelings({ layer, repository }: Sight, number: number): readonly unknown[] {
  const events = layer.store.labelEvents.get(`${repository}#${number}`) ?? [];
  return events.filter(({ event }) => event === 'labeled').map((event) => ({ __typename: 'LabeledEvent', id: `LE_${event.id}`, actor: actor(layer.url, event.actor), createdAt: event.at, label: { id: event.label, name: event.label, color: 'ededed', isDefault: false } }));
}

const CHANGE_TYPES: Readonly<Record<string, string>> = { added: 'ADDED', removed: 'DELETED', modified: 'MODIFIED', renamed: 'RENAMED' };

/** Issues that a closing keyword names (on the default branch only, as on GitHub) or that are linked in the sidebar. */
async function closing(sight: Sight, pull: Pull): Promise<unknown[]> {
  const words = pull.base.ref === 'main' ? [...(pull.body ?? '').matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? (?:https?:\/\/[^\s/]+\/)?(?<repository>[\w.-]+\/[\w.-]+)?(?:#|GH-|\/issues\/)(?<number>\d+)/gi)] : [];
  const keys = words.map(({ groups }) => `${groups?.['repository'] ?? sight.repository}#${groups?.['number']}`);
  const all = new Set([...keys, ...(sight.layer.store.links.get(`${sight.repository}#${pull.number}`) ?? [])]);
  const found = await Promise.all([...all].map((key) => {
    const [name = '', number = ''] = key.split('#');
    return issue({ ...sight, repository: name }, Number(number)).catch(() => null);
  }));
  return found.filter((value) => value !== null);
}
