// Issues by number, also where the number is a pull request's (the emulator keeps those apart), and locked conversations.
import { type Answer, type Ask, demand, fullName, param, Refusal } from './exchange.ts';
import type { Layer } from './layer.ts';
import { readPull } from './pulls.ts';
import { route, type Route } from './route.ts';

async function readIssue(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  const number = Number(param(ask, 'number'));
  const answer = await layer.upstream.request('GET', ask.url.pathname, { token: ask.token });
  const locked = layer.store.locked.has(`${repository}#${number}`);
  if (answer.status === 200) return { ...answer, body: { ...(answer.body as object), locked } };
  if (answer.status !== 404) throw new Refusal(404, 'Not Found');
  const pull = await readPull(layer, { repository, number, token: ask.token });
  const url = `${layer.url}/repos/${repository}/issues/${number}`;
  const { id, node_id, title, state, user, body, labels, comments, created_at, updated_at, html_url } = pull;
  return { status: 200, body: {
    id, node_id, url, repository_url: `${layer.url}/repos/${repository}`, labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events`, html_url, number, title, state, locked,
    user: layer.store.ghosts.has(`${repository}#${number}`) ? null : user, body, labels, assignee: null, assignees: [], milestone: null, comments, created_at, updated_at, closed_at: pull.state === 'open' ? null : updated_at, author_association: 'MEMBER', draft: pull.draft,
    pull_request: { url: `${layer.url}/repos/${repository}/pulls/${number}`, html_url, diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch`, merged_at: pull.merged_at },
  } };
}

function lock(ask: Ask, layer: Layer, how: 'lock' | 'unlock'): Answer {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const key = `${fullName(ask)}#${param(ask, 'number')}`;
  if (how === 'lock') layer.store.locked.add(key);
  else layer.store.locked.delete(key);
  return { status: 204, body: null };
}

export const ISSUE_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/issues/:number', readIssue),
  route('PUT /repos/:owner/:repo/issues/:number/lock', async (ask, layer) => lock(ask, layer, 'lock')),
  route('DELETE /repos/:owner/:repo/issues/:number/lock', async (ask, layer) => lock(ask, layer, 'unlock')),
];
