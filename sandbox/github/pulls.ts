// Pull requests: the emulator's, with head, size and author set right from git and the layer's own store.
import { type Answer, type Ask, bodyOf, demand, fullName, paged, param, Refusal, type Viewer } from './exchange.ts';
import { noteEdit } from './conversation.ts';
import { announce } from './deliver.ts';
import { parseChangedFiles, readDiffText } from './diff.ts';
import { gitOf, type Layer, timestamp } from './layer.ts';
import { mergeCommits } from './merge.ts';
import { mirrorBranch } from './mirror.ts';
import { simpleUser } from './account.ts';
import { demandWriter, GHOST } from './people.ts';
import { route, type Route } from './route.ts';
import { personToken, STAGEHAND } from './upstream.ts';

/** A pull request as the REST API gives it; the fields that the layer looks at. */
export interface Pull {
  readonly number: number;
  readonly state: string;
  readonly title: string;
  readonly body: string | null;
  readonly draft: boolean;
  readonly merged: boolean;
  readonly merged_at: string | null;
  readonly merged_by?: { readonly login: string; readonly type: string } | null;
  readonly merge_commit_sha: string | null;
  readonly locked: boolean;
  readonly html_url: string;
  readonly id: number;
  readonly node_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly comments: number;
  readonly changed_files: number;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly labels: readonly { readonly name: string }[];
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } | null };
  readonly base: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } };
}

/** Reads a pull request as it is now, with the rights of `token`. Refuses where it isn't to be seen. */
export async function readPull(layer: Layer, at: { readonly repository: string; readonly number: number; readonly token: string | null }): Promise<Pull> {
  const answer = await layer.upstream.request('GET', `/repos/${at.repository}/pulls/${at.number}`, { token: at.token });
  if (answer.status !== 200) throw new Refusal(404, 'Not Found');
  return amendPull(layer, at.repository, answer.body as Pull);
}

/** Sets right what the emulator doesn't know of a pull request. */
export async function amendPull(layer: Layer, repository: string, pull: Pull): Promise<Pull> {
  const git = gitOf(layer, repository);
  const key = `${repository}#${pull.number}`;
  const tip = pull.state === 'open' ? await git.find(`refs/heads/${pull.head.ref}`) : null;
  const sha = tip ?? pull.head.sha;
  const files = parseChangedFiles(await readDiffText(git, pull.base.sha, sha));
  const sum = (of: (file: (typeof files)[number]) => number): number => files.reduce((total, file) => total + of(file), 0);
  const repo = layer.store.orphans.has(key) ? null : pull.head.repo;
  return {
    ...pull,
    user: layer.store.ghosts.has(key) ? (simpleUser(layer, GHOST) as { login: string; type: string }) : pull.user,
    head: { ...pull.head, sha, repo },
    changed_files: files.length,
    additions: sum((file) => file.additions),
    deletions: sum((file) => file.deletions),
    commits: (await git.list(`${pull.base.sha}..${sha}`)).length,
    locked: layer.store.locked.has(key),
    merge_commit_sha: layer.store.merges.get(key) ?? pull.merge_commit_sha,
  };
}

interface Told {
  readonly action: 'synchronize' | 'converted_to_draft' | 'ready_for_review';
  readonly pull: Pull;
  readonly by: Pick<Viewer, 'login'> & { readonly type: string };
  /** What the action brings along. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Tells the Apps of something that happened to a pull request. */
export async function announcePull(layer: Layer, repository: string, { action, pull, by, more = {} }: Told): Promise<void> {
  if (layer.store.hooks.size === 0) return;
  const { body } = await layer.upstream.request('GET', `/repos/${repository}`, { token: personToken(STAGEHAND) });
  await announce(layer, 'pull_request', { action, number: pull.number, ...more, pull_request: pull, repository: body as { readonly full_name: string }, sender: simpleUser(layer, by) });
}

async function amended(ask: Ask, layer: Layer): Promise<Answer> {
  const answer = await layer.upstream.request(ask.method, ask.url.pathname + ask.url.search, { token: ask.token, ...(ask.body.length > 0 && { body: ask.body }) });
  if (answer.status === 403) throw new Refusal(ask.method === 'GET' ? 404 : 403, ask.method === 'GET' ? 'Not Found' : 'Resource not accessible by integration');
  if (answer.status >= 300) return answer;
  const fix = (pull: unknown): Promise<Pull> => amendPull(layer, fullName(ask), pull as Pull);
  return { ...answer, body: Array.isArray(answer.body) ? await Promise.all(answer.body.map(fix)) : await fix(answer.body) };
}

function checkText(ask: Ask): void {
  const { title, body } = bodyOf(ask);
  if (typeof title === 'string' && title.length > 256) throw new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Issue', field: 'title', code: 'custom', message: 'title is too long (maximum is 256 characters)' }] });
  if (typeof body === 'string' && body.length > 65_536) throw new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Issue', field: 'body', code: 'custom', message: 'body is too long (maximum is 65536 characters)' }] });
}

/** Edits a pull request; `ask` may have come by the address, `/repos/…/issues/:number`, as GitHub lets it. */
export async function writePull(ask: Ask, layer: Layer): Promise<Answer> {
  checkText(ask);
  const { body, draft } = bodyOf(ask);
  const own = { ...ask, url: new URL(ask.url.href.replace(/\/issues\/(\d+)$/, '/pulls/$1')) };
  const before = await layer.upstream.request('GET', own.url.pathname, { token: ask.token });
  if ((before.body as Pull).user?.login !== ask.viewer?.login) demandWriter(ask, layer);
  layer.store.before.set(`${fullName(ask)}#${param(ask, 'number')}`, (before.body as Pull).body ?? '');
  const answer = await amended(own, layer);
  // On GitHub a mutation of GraphQL; here it is enough that it can be done, and is told.
  if (answer.status === 200 && typeof draft === 'boolean' && draft !== (before.body as Pull).draft) await announcePull(layer, fullName(ask), { action: draft ? 'converted_to_draft' : 'ready_for_review', pull: answer.body as Pull, by: ask.viewer as Viewer });
  if (answer.status === 200 && typeof body === 'string') noteEdit(layer, `${fullName(ask)}#${param(ask, 'number')}`, { before: before.body as Pull, by: ask.viewer as Viewer, text: body });
  return answer;
}

export const PULL_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/pulls', amended),
  route('POST /repos/:owner/:repo/pulls', async (ask, layer) => {
    checkText(ask);
    return amended(ask, layer);
  }),
  route('GET /repos/:owner/:repo/pulls/:number', async (ask, layer) => {
    const accept = ask.headers['accept'] ?? '';
    if (!accept.includes('.diff')) return amended(ask, layer);
    const pull = await readPull(layer, { repository: fullName(ask), number: Number(param(ask, 'number')), token: ask.token });
    if (pull.changed_files > 300) throw new Refusal(406, 'Sorry, the diff exceeded the maximum number of files (300). Consider using \'List pull requests files\' API.', { errors: [{ resource: 'PullRequest', field: 'diff', code: 'too_large' }] });
    const text = await readDiffText(gitOf(layer, fullName(ask)), pull.base.sha, pull.head.sha);
    return { status: 200, body: text, headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' } };
  }),
  route('PATCH /repos/:owner/:repo/pulls/:number', writePull),
  route('POST /repos/:owner/:repo/pulls/:number/reviews', review),
  route('GET /repos/:owner/:repo/pulls/:number/files', async (ask, layer) => {
    const repository = fullName(ask);
    const pull = await readPull(layer, { repository, number: Number(param(ask, 'number')), token: ask.token });
    const files = parseChangedFiles(await readDiffText(gitOf(layer, repository), pull.base.sha, pull.head.sha)).slice(0, 3000);
    const path = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
    return paged(ask, files.map((file) => ({
      ...file,
      blob_url: `${layer.url}/${repository}/blob/${pull.head.sha}/${path(file.filename)}`,
      raw_url: `${layer.url}/${repository}/raw/${pull.head.sha}/${path(file.filename)}`,
      contents_url: `${layer.url}/repos/${repository}/contents/${path(file.filename)}?ref=${pull.head.sha}`,
    })));
  }),
  route('PUT /repos/:owner/:repo/pulls/:number/merge', merge),
];

const REVIEW_STATES: Readonly<Record<string, string>> = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' };

async function review(ask: Ask, layer: Layer): Promise<Answer> {
  demand(ask, ['pull_requests'], 'write');
  const { event, body = '' } = bodyOf(ask);
  const state = REVIEW_STATES[String(event)];
  const pull = await readPull(layer, { repository: fullName(ask), number: Number(param(ask, 'number')), token: ask.token });
  if (state === undefined || ask.viewer === null || pull.user?.login === ask.viewer.login) throw new Refusal(422, 'Unprocessable Entity', { errors: ['Can not approve your own pull request'] });
  const made = { id: layer.store.nextId(), user: ask.viewer, state, at: timestamp(), text: String(body) };
  layer.store.append(layer.store.reviews, `${fullName(ask)}#${pull.number}`, made);
  const html = `${pull.html_url}#pullrequestreview-${made.id}`;
  const self = `${layer.url}/repos/${fullName(ask)}/pulls/${pull.number}`;
  return { status: 200, body: { id: made.id, node_id: `PRR_${made.id}`, user: simpleUser(layer, made.user), body: made.text, state, html_url: html, pull_request_url: self, _links: { html: { href: html }, pull_request: { href: self } }, submitted_at: made.at, commit_id: pull.head.sha, author_association: 'MEMBER' } };
}

/** The emulator only notes that it is merged, on whatever base it began; what lands on the branch is git's. */
async function merge(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  demandWriter(ask, layer);
  const pull = await readPull(layer, { repository, number: Number(param(ask, 'number')), token: ask.token });
  const sha = pull.state === 'open' ? await land(ask, layer, pull) : null;
  // Known before the emulator tells of it.
  if (sha !== null) layer.store.merges.set(`${repository}#${pull.number}`, sha);
  const answer = await layer.upstream.request('PUT', ask.url.pathname, { token: ask.token, body: {} });
  if (answer.status !== 200) layer.store.merges.delete(`${repository}#${pull.number}`);
  if (answer.status !== 200 || sha === null) return answer;
  const git = gitOf(layer, repository);
  await git.git(['update-ref', `refs/heads/${pull.base.ref}`, sha]);
  await mirrorBranch({ git, upstream: layer.upstream, repository, pusher: STAGEHAND }, pull.base.ref);
  return { status: 200, body: { ...(answer.body as object), sha } };
}

/** Writes the commit that is to land; GitHub's refusals where it can't. */
async function land(ask: Ask, layer: Layer, pull: Pull): Promise<string> {
  const { merge_method: how = 'merge', commit_title: title, sha: expected } = bodyOf(ask);
  if (how !== 'merge' && how !== 'squash') throw new Refusal(405, 'Rebase merges are not allowed on this repository.');
  if (typeof expected === 'string' && expected !== pull.head.sha) throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  const message = typeof title === 'string' ? title : how === 'squash' ? `${pull.title} (#${pull.number})` : `Merge pull request #${pull.number} from ${pull.head.ref}`;
  const sha = await mergeCommits(gitOf(layer, fullName(ask)), { base: `refs/heads/${pull.base.ref}`, head: pull.head.sha, how, message, author: ask.viewer?.login ?? STAGEHAND, at: timestamp() });
  if (sha === null) throw new Refusal(405, 'Pull Request is not mergeable');
  return sha;
}
