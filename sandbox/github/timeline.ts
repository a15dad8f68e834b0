// The timeline of an issue or pull request: who set which label, and the comments, in order.
import { type Answer, type Ask, fullName, paged, param } from './exchange.ts';
import { readAllComments } from './graphql/comments.ts';
import type { Layer } from './layer.ts';
import { simpleUser } from './account.ts';
import { GHOST } from './people.ts';
import { route, type Route } from './route.ts';

async function readTimeline(ask: Ask, layer: Layer): Promise<Answer> {
  const path = `/repos/${fullName(ask)}/issues/${param(ask, 'number')}`;
  const comments = (await readAllComments(layer, path, ask.token)).map((comment) => ({ ...comment, event: 'commented', actor: comment.user ?? simpleUser(layer, GHOST) }));
  const events = (layer.store.labelEvents.get(`${fullName(ask)}#${param(ask, 'number')}`) ?? []).map((event) => ({
    id: event.id, node_id: `LE_${event.id}`, url: `${layer.url}/repos/${fullName(ask)}/issues/events/${event.id}`, actor: simpleUser(layer, event.actor), event: event.event,
    commit_id: null, commit_url: null, created_at: event.at, label: { name: event.label, color: 'ededed' }, performed_via_github_app: null,
  }));
  const all: { created_at: string }[] = [...events, ...comments];
  return paged(ask, all.toSorted((a, b) => a.created_at.localeCompare(b.created_at)));
}

export const TIMELINE_ROUTES: readonly Route[] = [route('GET /repos/:owner/:repo/issues/:number/timeline', readTimeline)];
