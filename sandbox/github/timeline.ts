// The timeline of an issue or pull request: the emulator's events and the comments, in order.
import { type Answer, type Ask, fullName, paged, param, Refusal } from './exchange.ts';
import type { Layer } from './layer.ts';
import { simpleUser } from './people.ts';
import { route, type Route } from './route.ts';
import { readAllComments } from './graphql/comments.ts';

async function readTimeline(ask: Ask, layer: Layer): Promise<Answer> {
  const path = `/repos/${fullName(ask)}/issues/${param(ask, 'number')}`;
  const events = await layer.upstream.request('GET', `${path}/events?per_page=100`, { token: ask.token });
  if (events.status !== 200) throw new Refusal(404, 'Not Found');
  const comments = (await readAllComments(layer, path, ask.token)).map((comment) => ({ ...comment, event: 'commented', actor: comment.user ?? simpleUser(layer, { login: 'ghost', type: 'User' }) }));
  const all = [...(events.body as { created_at: string }[]), ...comments];
  return paged(ask, all.toSorted((a, b) => a.created_at.localeCompare(b.created_at)));
}

export const TIMELINE_ROUTES: readonly Route[] = [route('GET /repos/:owner/:repo/issues/:number/timeline', readTimeline)];
