// Comments, issues, labels and reactions: the emulator's, with GitHub's limits, locks and the history of edits.
import { type Answer, type Ask, bodyOf, demand, fullName, paged, param, Refusal, type Viewer } from './exchange.ts';
import { type Layer, timestamp } from './layer.ts';
import { simpleUser } from './account.ts';
import { GHOST } from './people.ts';
import { route, type Handler, type Route } from './route.ts';
import { handOn } from './server.ts';
import { personToken, STAGEHAND } from './upstream.ts';

const LONGEST_BODY = 65_536;

/** GitHub's refusal of a text over its limit. */
export function tooLong(resource: string, field: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource, field, code: 'unprocessable', message: `Body is too long (maximum is ${LONGEST_BODY} characters)` }] });
}

const writeComment: Handler = async (ask, layer) => {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const { body } = bodyOf(ask);
  if (typeof body === 'string' && body.length > LONGEST_BODY) throw tooLong('IssueComment', 'body');
  if (ask.method === 'POST') {
    if (layer.store.locked.has(onIssue(ask))) throw new Refusal(403, 'Unable to create comment because issue is locked.');
    return null;
  }
  const before = await layer.upstream.request('GET', ask.url.pathname, { token: ask.token });
  layer.store.before.set(onComment(ask), (before.body as Written).body ?? '');
  const answer = await handOn(ask, layer);
  if (answer.status === 200) noteEdit(layer, `${fullName(ask)}/comments/${param(ask, 'id')}`, { before: before.body as Written, by: ask.viewer as Viewer, text: String(body) });
  return answer;
};

/** Notes an edit of a text. The history of a text begins with how it was first written; GitHub's times are whole seconds. */
export function noteEdit({ store }: Layer, key: string, { before, by, text }: { readonly before: Written; readonly by: Viewer; readonly text: string }): void {
  if (!store.edits.has(key)) store.append(store.edits, key, { editor: before.user ?? GHOST, at: `${before.created_at.slice(0, 19)}Z`, text: before.body ?? '' });
  store.append(store.edits, key, { editor: by, at: timestamp(), text });
}

interface Written {
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly created_at: string;
  readonly body: string | null;
}

const writeLabel: Handler = async (ask) => {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const { name, description, color } = bodyOf(ask);
  const wrong = (field: string): Refusal => new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Label', code: 'invalid', field }] });
  if (typeof name === 'string' && name.length > 50) throw wrong('name');
  if (typeof description === 'string' && description.length > 100) throw wrong('description');
  if (color !== undefined && !/^[0-9a-fA-F]{6}$/.test(String(color))) throw wrong('color');
  return null;
};

const needWrite: Handler = async (ask) => {
  demand(ask, ['issues', 'pull_requests'], 'write');
  return null;
};

/** Makes a label that is added without being there, grey as GitHub does; the emulator would give it any colour. */
export async function makeMissingLabels(ask: Ask, layer: Layer): Promise<void> {
  const { labels } = bodyOf(ask);
  for (const name of Array.isArray(labels) ? (labels as string[]) : []) {
    const path = `/repos/${fullName(ask)}/labels`;
    const found = await layer.upstream.request('GET', `${path}/${encodeURIComponent(name)}`, { token: ask.token });
    if (found.status === 404) await layer.upstream.request('POST', path, { token: personToken(STAGEHAND), body: { name, color: 'ededed' } });
  }
}

/** Sets or removes labels, and notes who did it: the emulator forgets that for pull requests. */
const changeLabels: Handler = async (ask, layer) => {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const read = async (): Promise<readonly string[]> => {
    const { body } = await layer.upstream.request('GET', `/repos/${fullName(ask)}/issues/${param(ask, 'number')}/labels?per_page=100`, { token: ask.token });
    return Array.isArray(body) ? (body as { name: string }[]).map((label) => label.name) : [];
  };
  await makeMissingLabels(ask, layer);
  const before = await read();
  const answer = await handOn(ask, layer);
  const after = await read();
  const note = (event: 'labeled' | 'unlabeled') => (label: string): void => layer.store.append(layer.store.labelEvents, onIssue(ask), { id: layer.store.nextId(), event, label, actor: ask.viewer as Viewer, at: timestamp() });
  after.filter((label) => !before.includes(label)).forEach(note('labeled'));
  before.filter((label) => !after.includes(label)).forEach(note('unlabeled'));
  return answer;
};

const CONTENTS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'];

function formatReaction(layer: Layer, reaction: { id: number; user: Viewer; content: string; at: string }): Record<string, unknown> {
  return { id: reaction.id, node_id: `REA_${reaction.id}`, user: simpleUser(layer, reaction.user), content: reaction.content, created_at: reaction.at };
}

/** 201 to the first, 200 to whoever repeats it: what a claim is made of. */
async function react(ask: Ask, layer: Layer, key: string): Promise<Answer> {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const content = String(bodyOf(ask)['content']);
  if (!CONTENTS.includes(content)) throw new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Reaction', code: 'invalid', field: 'content' }] });
  const old = layer.store.reactions.get(key)?.find((reaction) => reaction.user.login === ask.viewer?.login && reaction.content === content);
  if (old !== undefined) return { status: 200, body: formatReaction(layer, old) };
  const reaction = { id: layer.store.nextId(), user: ask.viewer as Viewer, content, at: timestamp() };
  layer.store.append(layer.store.reactions, key, reaction);
  return { status: 201, body: formatReaction(layer, reaction) };
}

function reactionsOf(ask: Ask, layer: Layer, key: string): Answer {
  const content = ask.url.searchParams.get('content');
  const list = (layer.store.reactions.get(key) ?? []).filter((reaction) => content === null || reaction.content === content);
  return paged(ask, list.map((reaction) => formatReaction(layer, reaction)));
}

function unreact(ask: Ask, layer: Layer, key: string): Answer {
  demand(ask, ['issues', 'pull_requests'], 'write');
  const list = layer.store.reactions.get(key) ?? [];
  const index = list.findIndex((reaction) => reaction.id === Number(param(ask, 'reaction')));
  if (index === -1) throw new Refusal(404, 'Not Found');
  list.splice(index, 1);
  return { status: 204, body: null };
}

const onComment = (ask: Ask): string => `${fullName(ask)}/comments/${param(ask, 'id')}`;
const onIssue = (ask: Ask): string => `${fullName(ask)}#${param(ask, 'number')}`;

export const CONVERSATION_ROUTES: readonly Route[] = [
  route('POST /repos/:owner/:repo/issues/:number/comments', writeComment),
  route('PATCH /repos/:owner/:repo/issues/comments/:id', writeComment),
  route('DELETE /repos/:owner/:repo/issues/comments/:id', needWrite),
  route('POST /repos/:owner/:repo/labels', writeLabel),
  route('PATCH /repos/:owner/:repo/labels/:name', writeLabel),
  route('POST /repos/:owner/:repo/issues/:number/labels', changeLabels),
  route('PUT /repos/:owner/:repo/issues/:number/labels', changeLabels),
  route('DELETE /repos/:owner/:repo/issues/:number/labels/:name', changeLabels),
  route('POST /repos/:owner/:repo/issues/comments/:id/reactions', (ask, layer) => react(ask, layer, onComment(ask))),
  route('GET /repos/:owner/:repo/issues/comments/:id/reactions', async (ask, layer) => reactionsOf(ask, layer, onComment(ask))),
  route('DELETE /repos/:owner/:repo/issues/comments/:id/reactions/:reaction', async (ask, layer) => unreact(ask, layer, onComment(ask))),
  route('POST /repos/:owner/:repo/issues/:number/reactions', (ask, layer) => react(ask, layer, onIssue(ask))),
  route('GET /repos/:owner/:repo/issues/:number/reactions', async (ask, layer) => reactionsOf(ask, layer, onIssue(ask))),
  route('DELETE /repos/:owner/:repo/issues/:number/reactions/:reaction', async (ask, layer) => unreact(ask, layer, onIssue(ask))),
];
