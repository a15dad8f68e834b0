// Serves a hand-made world in the shape of GitHub's API, so that the real adapter can be held to the same contract as the fake.
import { createForgeReader } from '../../src/github/reader.ts';
import { createTransport } from '../../src/github/http.ts';
import { createForgeWriter } from '../../src/github/writer.ts';
import type { Account, Change, Comment } from '../../src/model/change.ts';
import type { Effect, EffectOutcome, Reaction } from '../../src/model/effect.ts';
import type { ForgeReader, ForgeWriter } from '../../src/ports/forge.ts';
import { createWriter } from '../flows/fake-forge.ts';
import { allComments, commentsOf, labelsByNumber, ME, nodeId, REPO } from '../flows/fake-world.ts';
import type { World } from '../flows/fake-world.ts';
import { startServer } from './fake-server.ts';
import type { Asked, Reply } from './fake-server.ts';

export interface Forge {
  readonly reader: ForgeReader;
  readonly writer: ForgeWriter;
  readonly close: () => Promise<void>;
}

const HOME = `/repos/${REPO.owner}/${REPO.repo}`;
const NOT_FOUND: Reply = { status: 404, body: { message: 'Not Found' } };

/** The adapter over a real HTTP server that stands before this world. */
export async function forgeOverHttp(world: World): Promise<Forge> {
  const server = await startServer((asked) => answerAs(world, asked));
  const transport = createTransport({ apiUrl: server.url, token: 'x', pause: async () => undefined });
  return { reader: createForgeReader(transport, { home: REPO }), writer: createForgeWriter(transport), close: server.close };
}

/** GitHub's answer where this world is behind it. */
export function answerAs(world: World, asked: Asked): Reply | Promise<Reply> {
  const { method, url, body } = asked;
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (pathname === '/graphql') return { body: graph(world, body as GraphRequest) };
  if (method !== 'GET') return write(world, { method, path: pathname, body });
  const rest = pathname.startsWith(`${HOME}/`) ? pathname.slice(HOME.length) : null;
  if (rest === null && pathname !== HOME) return elsewhere(world, pathname);
  return rest === null ? NOT_FOUND : (list(world, rest, searchParams) ?? thing(world, rest));
}

/** Other repositories: what they are, and what somebody may do there. */
function elsewhere(world: World, pathname: string): Reply {
  const [, name = '', login] = /^\/repos\/([^/]+\/[^/]+)(?:\/collaborators\/([^/]+)\/permission)?$/.exec(pathname) ?? [];
  const found = world.elsewhere.get(name);
  if (found === undefined) return NOT_FOUND;
  if (login === undefined) return { body: { full_name: name, private: found.visibility !== 'public', visibility: found.visibility } };
  const permission = found.readers.includes(login) ? 'read' : 'none';
  return { body: { permission, role_name: permission } };
}

/** A page of a list; null where the path is no list. */
function list(world: World, rest: string, search: URLSearchParams): Reply | null {
  const [page, size] = [Number(search.get('page') ?? 1), Number(search.get('per_page') ?? 30)];
  const reply = (entries: readonly object[]): Reply => ({ body: entries.slice((page - 1) * size, page * size) });
  if (rest === `/pulls/${world.change.ref.number}/files`) return reply(world.files.map(({ path, previousPath, status, patch }) => ({ filename: path, previous_filename: previousPath ?? undefined, status, patch: patch ?? undefined })));
  const earlier = world.past.find(({ ref }) => rest === `/pulls/${ref.number}/files`);
  if (earlier !== undefined) return reply(earlier.files.map(({ path, status, patch }) => ({ filename: path, status, patch })));
  if (rest === '/pulls' && world.past.length > 0 && search.get('state') === 'closed') return reply(world.past.map(({ ref, title, body, author, labels, mergedAt }) => ({ number: ref.number, title, body, user: author, labels: labels.map((name) => ({ name })), merged_at: mergedAt })));
  const held = /^\/commits\/([0-9a-f]+)\/pulls$/.exec(rest)?.[1];
  if (held !== undefined) return reply([world.change, ...world.others].filter(({ ref, head }) => head.sha === held || world.left.get(held) === ref.number).map(({ ref, state, body, head }) => ({ number: ref.number, state: state === 'open' ? 'open' : 'closed', merged_at: state === 'merged' ? world.now : null, body, head: { sha: head.sha } })));
  if (rest === '/pulls') return reply([world.change, ...world.others].filter(({ state }) => (state === 'open') === (search.get('state') === 'open')).map(({ ref, title, body, head, base, merged }) => ({ number: ref.number, title, head, base, body: body || null, merge_commit_sha: merged?.sha ?? null, merged_at: merged?.at ?? null, updated_at: merged?.at ?? world.now })).sort((a, b) => b.updated_at.localeCompare(a.updated_at)));
  if (rest === '/issues') return reply(labelsByNumber(world).filter(([, labels]) => labels.includes(search.get('labels') ?? '')).map(([number]) => ({ number })));
  if (rest === '/releases') return reply(world.releases.map(({ tag, publishedAt }) => ({ tag_name: tag, published_at: publishedAt, draft: false })));
  if (rest === '/deployments') return reply(world.deployments.filter(({ environment }) => environment === search.get('environment')).map(({ id, sha, environment, createdAt, creator }) => ({ id, sha, environment, created_at: createdAt, creator: creator && { login: creator, type: 'Bot' } })).sort((a, b) => b.created_at.localeCompare(a.created_at)));
  if (rest.startsWith('/deployments/')) return reply(statuses(world, Number(rest.split('/')[2])));
  // This world keeps no history.
  return rest === '/commits' ? reply([]) : null;
}

function thing(world: World, rest: string): Reply {
  if (rest.startsWith('/compare/')) return compare(world, decodeURIComponent(rest.slice('/compare/'.length)));
  if (rest.startsWith('/contents/')) return contents(world, decodeURIComponent(rest.slice('/contents/'.length)));
  const pull = [world.change, ...world.others].find(({ ref }) => rest === `/pulls/${ref.number}`);
  if (pull !== undefined) return { body: { number: pull.ref.number, state: pull.state === 'open' ? 'open' : 'closed', merged_at: pull.state === 'merged' ? world.now : null, head: { sha: pull.head.sha } } };
  if (rest.startsWith('/issues/')) return issue(world, rest.slice('/issues/'.length));
  if (rest.startsWith('/collaborators/')) return { body: { permission: 'write', role_name: world.permissions.get(rest.split('/')[2] ?? '') ?? 'read' } };
  return NOT_FOUND;
}

/** Newest first, as GitHub lists them: what it is now, and before that its success. */
function statuses(world: World, id: number): readonly object[] {
  const deployment = world.deployments.find((one) => one.id === id);
  if (deployment === undefined || deployment.state === 'none') return [];
  const now = { id: 2, state: deployment.state.replace('-', '_'), created_at: deployment.succeededAt ?? deployment.createdAt };
  return deployment.state === 'success' || deployment.succeededAt === null ? [now] : [now, { id: 1, state: 'success', created_at: deployment.succeededAt }];
}

function compare(world: World, range: string): Reply {
  const [sha = '', where = ''] = range.split('...');
  const places = world.contained.get(sha);
  return places === undefined ? NOT_FOUND : { body: { status: places.includes(where) ? 'ahead' : 'diverged' } };
}

interface GraphRequest {
  readonly query: string;
  readonly variables: { readonly expression?: string; readonly number?: number; readonly ids?: readonly string[]; readonly org?: string; readonly slug?: string; readonly login?: string };
}

function graph(world: World, { query, variables }: GraphRequest): object {
  const viewer = { login: ME };
  if (query.startsWith('query Membership')) return { data: membership(world, variables) };
  if (query.startsWith('query Comments')) return { data: { viewer, nodes: (variables.ids ?? []).map((id) => nodeOf(world, id)) } };
  if (query.startsWith('query Approval')) return { data: { viewer, repository: { pullRequest: approvalsOf(world, variables.number ?? 0) } } };
  if (query.startsWith('query Revisions')) return { data: { viewer, nodes: (variables.ids ?? []).map((id) => revisionsOf(world, id)) } };
  const issues = { nodes: world.dashboard === null ? [] : [{ ...world.dashboard, author: { login: 'github-actions', __typename: 'Bot' }, viewerDidAuthor: true, editor: actor(world.dashboard.editor) }] };
  if (query.startsWith('query Dashboard')) return { data: { viewer, repository: { issues } } };
  const number = variables.number ?? 0;
  const comments = commentsOf(world, number).map(graphComment);
  if (query.startsWith('query Conversation')) return { data: { viewer, repository: { issueOrPullRequest: { locked: world.locked.has(number), comments: { totalCount: comments.length, pageInfo: {}, nodes: comments } } } } };
  const change = [world.change, ...world.others].find(({ ref }) => ref.number === number);
  const text = world.texts.get(`${REPO.owner}/${REPO.repo}:${variables.expression?.split(':')[1]}`);
  const object = text === undefined ? null : { __typename: 'Blob', text, isBinary: false, isTruncated: false, byteSize: Buffer.byteLength(text) };
  const pullRequest = change === undefined ? null : { ...graphChange(change), changedFiles: change === world.change ? world.files.length : 0, head: { totalCount: comments.length, nodes: comments.slice(0, 100) }, tail: { nodes: comments.slice(-100) }, timelineItems: { nodes: [...world.labelers].map(([name, by]) => ({ label: { name }, actor: by && graphAccount(by) })) } };
  return { data: { viewer, repository: { visibility: world.change.visibility.toUpperCase(), defaultBranchRef: { name: 'main' }, object, issues, pullRequests: openHeads(world), pullRequest } }, ...(change ? {} : { errors: [{ type: 'NOT_FOUND', message: 'no pull request' }] }) };
}

function openHeads(world: World): object {
  const open = [world.change, ...world.others].filter(({ state }) => state === 'open');
  return { totalCount: open.length, nodes: open.map(({ ref, head }) => ({ number: ref.number, headRefOid: head.sha })) };
}

function membership(world: World, { org, slug, login = '' }: GraphRequest['variables']): object {
  const members = world.teams.get(`${org}/${slug}`);
  return { organization: { team: members === undefined ? null : { members: { nodes: members.filter((name) => name.includes(login)).map((name) => ({ login: name })) } } } };
}

function graphChange(change: Change): object {
  return {
    number: change.ref.number, title: change.title, body: change.body, state: change.state.toUpperCase(), isDraft: change.draft,
    mergedAt: change.merged?.at ?? null, mergedBy: actor(change.merged?.by ?? null), mergeCommit: change.merged?.sha ? { oid: change.merged.sha } : null,
    baseRefName: change.base.ref, baseRefOid: change.base.sha, headRefName: change.head.ref, headRefOid: change.head.sha,
    author: change.author && graphAccount(change.author),
    headRepository: change.head.repo && { name: change.head.repo.repo, owner: { login: change.head.repo.owner } },
    commits: { nodes: [{ commit: { committedDate: change.head.pushedAt } }] }, labels: { nodes: change.labels.map((name) => ({ name })) }, closingIssuesReferences: { nodes: [] },
  };
}

/** GraphQL calls a bot `x` where REST calls it `x[bot]`. */
function graphAccount({ login, type }: Account): object {
  return { login: login.replace('[bot]', ''), __typename: type };
}

function actor(login: string | null): object | null {
  return login === null ? null : graphAccount({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });
}

function graphComment({ id, author, mine, body, createdAt, editor }: Comment): object {
  return { id: nodeId(id), databaseId: id, author: author && graphAccount(author), viewerDidAuthor: mine, editor: actor(editor), createdAt, body, repository: { nameWithOwner: `${REPO.owner}/${REPO.repo}` } };
}

function nodeOf(world: World, id: string): object | null {
  const found = allComments(world).find((comment) => comment.nodeId === id);
  return found === undefined ? null : graphComment(found);
}

/** Each approval saw what the body had just become, and it was edited once more after the last. */
function approvalsOf(world: World, number: number): object | null {
  const approvals = world.approvals.get(number) ?? [];
  const history = approvals.map(({ at, body }) => ({ diff: body, editedAt: at, editor: actor('ada') })).toReversed();
  const later = history.slice(0, 1).map((edit) => ({ ...edit, diff: world.change.body, editedAt: world.now }));
  return { body: world.change.body, reviews: { nodes: approvals.slice(-1).map(({ by, at }) => ({ submittedAt: at, author: actor(by) })) }, userContentEdits: { nodes: [...later, ...history] } };
}

function revisionsOf(world: World, id: string): object | null {
  const nodes = (world.revisions.get(id) ?? []).map(({ text, at, editor }) => ({ diff: text, editedAt: at, editor: actor(editor) }));
  return nodeOf(world, id) && { id, repository: { nameWithOwner: `${REPO.owner}/${REPO.repo}` }, userContentEdits: { nodes } };
}

function contents(world: World, path: string): Reply {
  const text = world.texts.get(`${REPO.owner}/${REPO.repo}:${path}`);
  if (text === undefined) return NOT_FOUND;
  return { body: { type: 'file', encoding: 'base64', size: Buffer.byteLength(text), sha: 'c'.repeat(40), content: Buffer.from(text).toString('base64') } };
}

function issue(world: World, number: string): Reply {
  const found = world.issues.get(`${REPO.owner}/${REPO.repo}#${number}`);
  return found === undefined ? NOT_FOUND : { body: { number: found.number, title: found.title, body: found.body, state: found.state, labels: found.labels.map((name) => ({ name })) } };
}

/** Writes end in the same world that the fake writer changes. */
async function write(world: World, request: { readonly method: string; readonly path: string; readonly body: unknown }): Promise<Reply> {
  const stale = /\/comments\/(\d+)\/reactions\/(\d+)$/.exec(request.path);
  if (stale) return unclaim(world, { commentId: Number(stale[1]), id: Number(stale[2]) });
  const effect = effectOf(world, request);
  if (effect === null) return NOT_FOUND;
  if (world.refused.has(effect.kind)) return { status: 403, headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }, body: { message: 'Resource not accessible by integration' } };
  const outcome = await createWriter(world).perform(effect);
  if (outcome.kind === 'refused') return { status: 403, body: { message: 'Unable to create comment because issue is locked.' } };
  return { status: request.method === 'POST' && outcome.made?.fresh !== false ? 201 : 200, body: bodyOf(effect, outcome) };
}

function unclaim(world: World, { commentId, id }: { readonly commentId: number; readonly id: number }): Reply {
  if (world.claims.get(commentId)?.id !== id) return NOT_FOUND;
  world.claims.delete(commentId);
  return { status: 204 };
}

function bodyOf(effect: Effect, outcome: EffectOutcome): object {
  if (effect.kind === 'add-label') return [{ name: effect.label.name, color: effect.label.color, description: '' }];
  const made = outcome.kind === 'done' ? outcome.made : null;
  return made === null ? {} : { [effect.kind === 'create-issue' ? 'number' : 'id']: made.id, node_id: made.nodeId, created_at: made.at };
}

function effectOf({ change }: World, { method, path, body }: { readonly method: string; readonly path: string; readonly body: unknown }): Effect | null {
  const given = body as { readonly title: string; readonly body: string; readonly labels: readonly string[]; readonly content: Reaction };
  const rest = path.slice(HOME.length);
  const id = Number(/\d+/.exec(rest)?.[0]);
  const of = { ...REPO, number: id };
  if (method === 'POST' && /^\/issues\/\d+\/comments$/.test(rest)) return { kind: 'create-comment', change: of, body: given.body };
  if (method === 'PATCH' && rest.startsWith('/issues/comments/')) return { kind: 'edit-comment', change: change.ref, commentId: id, body: given.body };
  if (method === 'DELETE' && rest.startsWith('/issues/comments/')) return { kind: 'delete-comment', change: change.ref, commentId: id };
  if (method === 'POST' && rest.endsWith('/reactions')) return given.content === 'rocket' ? { kind: 'claim', change: change.ref, commentId: id, stale: null } : { kind: 'react', change: change.ref, commentId: id, content: given.content };
  if (method === 'POST' && rest.endsWith('/labels')) return { kind: 'add-label', change: of, label: { name: given.labels[0] ?? '', color: 'aaaaaa', description: '' } };
  if (method === 'DELETE' && rest.includes('/labels/')) return { kind: 'remove-label', change: of, name: decodeURIComponent(rest.split('/labels/')[1] ?? '') };
  if (method === 'POST' && rest === '/issues') return { kind: 'create-issue', repo: REPO, title: given.title, body: given.body, label: { name: given.labels[0] ?? '', color: 'aaaaaa', description: '' } };
  if (method === 'PATCH' && rest.startsWith('/issues/')) return { kind: 'edit-issue', issue: of, body: given.body };
  return method === 'POST' && rest.endsWith('/rerun') ? { kind: 'rerun', repo: REPO, jobId: id } : null;
}
