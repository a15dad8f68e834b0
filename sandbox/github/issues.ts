// Issues: one list and one address for issues and pull requests, which the emulator keeps apart; edits, and locked conversations.
import { type Answer, type Ask, bodyOf, demand, fullName, paged, param, Refusal, type Viewer } from './exchange.ts';
import { makeMissingLabels, tooLong } from './conversation.ts';
import { type Layer, timestamp } from './layer.ts';
import { type Pull, readPull, writePull } from './pulls.ts';
import { route, type Route } from './route.ts';
import { handOn } from './server.ts';

/** What the list looks at; the rest of an issue goes out as it is. */
interface Listed {
  readonly number: number;
  readonly state: string;
  readonly labels: readonly { readonly name: string }[];
  readonly created_at: string;
  readonly updated_at: string;
}

/** A pull request in the shape of an issue. */
export function asIssue(layer: Layer, repository: string, pull: Pull): Listed & Record<string, unknown> {
  const url = `${layer.url}/repos/${repository}/issues/${pull.number}`;
  const { id, node_id, number, title, state, user, body, labels, comments = 0, created_at, updated_at, html_url } = pull;
  const key = `${repository}#${number}`;
  return {
    id, node_id, url, repository_url: `${layer.url}/repos/${repository}`, labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events`, html_url, number, title, state, locked: layer.store.locked.has(key),
    user: layer.store.ghosts.has(key) ? null : user, body, labels, assignee: null, assignees: [], milestone: null, comments, created_at, updated_at, closed_at: state === 'open' ? null : updated_at, author_association: 'MEMBER', draft: pull.draft,
    pull_request: { url: `${layer.url}/repos/${repository}/pulls/${number}`, html_url, diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch`, merged_at: pull.merged_at },
  };
}

async function readIssue(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  const number = Number(param(ask, 'number'));
  const answer = await layer.upstream.request('GET', ask.url.pathname, { token: ask.token });
  const locked = layer.store.locked.has(`${repository}#${number}`);
  if (answer.status === 200) return { ...answer, body: { ...(answer.body as object), locked } };
  if (answer.status !== 404) throw new Refusal(404, 'Not Found');
  return { status: 200, body: asIssue(layer, repository, await readPull(layer, { repository, number, token: ask.token })) };
}

async function listIssues(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  const search = (name: string, unset: string): string => ask.url.searchParams.get(name) ?? unset;
  const pulls = await readAll<Pull>(ask, layer, 'pulls');
  const all = [...(await readAll<Listed>(ask, layer, 'issues')), ...pulls.map((pull) => asIssue(layer, repository, pull))];
  const wanted = search('labels', '').split(',').filter(Boolean);
  const found = all.filter(({ state, labels }) => ['all', state].includes(search('state', 'open')) && wanted.every((name) => labels.some((label) => label.name.toLowerCase() === name.toLowerCase())));
  const age = (issue: Listed): string => (search('sort', 'created') === 'updated' ? issue.updated_at : issue.created_at);
  const oldestFirst = found.toSorted((a, b) => age(a).localeCompare(age(b)) || a.number - b.number);
  return paged(ask, search('direction', 'desc') === 'asc' ? oldestFirst : oldestFirst.toReversed());
}

/** Everything of a kind that the emulator has in a repository. */
async function readAll<T>(ask: Ask, layer: Layer, kind: 'issues' | 'pulls'): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { status, body } = await layer.upstream.request('GET', `/repos/${fullName(ask)}/${kind}?state=all&per_page=100&page=${page}`, { token: ask.token });
    if (status !== 200) throw new Refusal(404, 'Not Found');
    all.push(...(body as T[]));
    if ((body as T[]).length < 100) return all;
  }
}

async function writeIssue(ask: Ask, layer: Layer): Promise<Answer> {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const { body } = bodyOf(ask);
  if (typeof body === 'string' && body.length > 65_536) throw tooLong('Issue', 'body');
  await makeMissingLabels(ask, layer);
  const answer = await handOn(ask, layer);
  if (ask.method === 'PATCH' && answer.status === 404) {
    const pull = await writePull(ask, layer);
    return pull.status === 200 ? { ...pull, body: asIssue(layer, fullName(ask), pull.body as Pull) } : pull;
  }
  const edited = ask.method === 'PATCH' && answer.status === 200 && typeof body === 'string';
  if (edited) layer.store.append(layer.store.edits, `${fullName(ask)}#${param(ask, 'number')}`, { editor: ask.viewer as Viewer, at: timestamp(), text: body });
  return answer;
}

function lock(ask: Ask, layer: Layer, how: 'lock' | 'unlock'): Answer {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const key = `${fullName(ask)}#${param(ask, 'number')}`;
  if (how === 'lock') layer.store.locked.add(key);
  else layer.store.locked.delete(key);
  return { status: 204, body: null };
}

export const ISSUE_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/issues', listIssues),
  route('POST /repos/:owner/:repo/issues', writeIssue),
  route('GET /repos/:owner/:repo/issues/:number', readIssue),
  route('PATCH /repos/:owner/:repo/issues/:number', writeIssue),
  route('PUT /repos/:owner/:repo/issues/:number/lock', async (ask, layer) => lock(ask, layer, 'lock')),
  route('DELETE /repos/:owner/:repo/issues/:number/lock', async (ask, layer) => lock(ask, layer, 'unlock')),
];
