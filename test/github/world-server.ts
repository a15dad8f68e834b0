// Serves a hand-made world in the shape of GitHub's API, so that the real adapter can be held to the same contract as the fake.
import { createForgeReader } from '../../src/github/reader.ts';
import { createTransport } from '../../src/github/http.ts';
import { createForgeWriter } from '../../src/github/writer.ts';
import type { Comment } from '../../src/model/change.ts';
import type { Effect } from '../../src/model/effect.ts';
import type { ForgeReader, ForgeWriter } from '../../src/ports.ts';
import { createWriter, ME, REPO } from '../flows/fake-forge.ts';
import type { World } from '../flows/fake-forge.ts';
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
export function answerAs(world: World, { method, url, body }: Asked): Reply {
  const { pathname, searchParams } = new URL(url, 'http://x');
  if (pathname === '/graphql') return { body: { data: answerQuery(world, body as { query: string; variables: Record<string, string> }) } };
  if (method !== 'GET') return write(world, { method, path: pathname, body });
  const page = Number(searchParams.get('page') ?? 1);
  const rest = pathname.startsWith(`${HOME}/`) ? pathname.slice(HOME.length) : null;
  if (rest === null) return NOT_FOUND;
  if (rest === `/pulls/${world.change.ref.number}/files`) return { body: world.files.slice((page - 1) * 100, page * 100).map(({ path, previousPath, status, patch }) => ({ filename: path, previous_filename: previousPath ?? undefined, status, patch: patch ?? undefined })) };
  if (rest === '/pulls') return { body: world.change.state === 'open' ? [{ number: world.change.ref.number, body: world.change.body || null }] : [] };
  // This world keeps no history.
  if (rest === '/commits') return { body: [] };
  if (rest.startsWith('/contents/')) return contents(world, decodeURIComponent(rest.slice('/contents/'.length)));
  if (rest.startsWith('/issues/')) return issue(world, rest.slice('/issues/'.length));
  if (rest.startsWith('/collaborators/')) return { body: { permission: 'write', role_name: world.permissions.get(rest.split('/')[2] ?? '') ?? 'read' } };
  return NOT_FOUND;
}

function answerQuery(world: World, { query, variables }: { query: string; variables: Record<string, string> }): object {
  if (!query.includes('organization(')) return graph(world, { variables: { expression: variables['expression'] ?? '' } });
  const members = world.teams.get(`${variables['org']}/${variables['slug']}`);
  return { organization: { team: members === undefined ? null : { members: { nodes: members.filter((login) => login.includes(variables['login'] ?? '')).map((login) => ({ login })) } } } };
}

function graph(world: World, { variables }: { variables: { expression: string } }): object {
  const { change } = world;
  const text = world.texts.get(`${REPO.owner}/${REPO.repo}:${variables.expression.split(':')[1]}`);
  const comments = world.comments.map(graphComment);
  return {
    viewer: { login: ME },
    repository: {
      visibility: change.visibility.toUpperCase(), defaultBranchRef: { name: 'main' },
      object: text === undefined ? null : { __typename: 'Blob', text, isBinary: false, isTruncated: false, byteSize: Buffer.byteLength(text) },
      pullRequest: {
        number: change.ref.number, title: change.title, body: change.body, state: change.state.toUpperCase(), isDraft: change.draft, changedFiles: world.files.length,
        baseRefName: change.base.ref, baseRefOid: change.base.sha, headRefName: change.head.ref, headRefOid: change.head.sha,
        author: change.author && { login: change.author.login, __typename: change.author.type },
        headRepository: change.head.repo && { name: change.head.repo.repo, owner: { login: change.head.repo.owner } },
        commits: { nodes: [{ commit: { committedDate: change.head.pushedAt } }] }, labels: { nodes: change.labels.map((name) => ({ name })) },
        timelineItems: { nodes: [...world.labelers].map(([name, by]) => ({ label: { name }, actor: by && { login: by.login, __typename: by.type } })) },
        head: { totalCount: comments.length, nodes: comments.slice(0, 100) }, tail: { nodes: comments.slice(-100) }, closingIssuesReferences: { nodes: [] },
      },
    },
  };
}

/** GraphQL calls a bot `x` where REST calls it `x[bot]`. */
function graphComment({ id, author, mine, body, createdAt, editor }: Comment): object {
  return { databaseId: id, author: author && { login: author.login.replace('[bot]', ''), __typename: author.type }, viewerDidAuthor: mine, editor: editor && { login: editor, __typename: 'User' }, createdAt, body };
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
function write(world: World, request: { readonly method: string; readonly path: string; readonly body: unknown }): Reply {
  const effect = effectOf(world, request);
  if (effect === null) return NOT_FOUND;
  if (world.refused.has(effect.kind)) return { status: 403, headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }, body: { message: 'Resource not accessible by integration' } };
  void createWriter(world).perform(effect);
  return { status: request.method === 'POST' ? 201 : 200, body: effect.kind === 'add-label' ? [{ name: effect.label.name, color: effect.label.color, description: '' }] : {} };
}

function effectOf({ change }: World, { method, path, body }: { readonly method: string; readonly path: string; readonly body: unknown }): Effect | null {
  const given = body as { readonly body: string; readonly labels: readonly string[] };
  const rest = path.slice(HOME.length);
  const id = Number(/\d+/.exec(rest)?.[0]);
  if (method === 'POST' && /^\/issues\/\d+\/comments$/.test(rest)) return { kind: 'create-comment', change: change.ref, body: given.body };
  if (method === 'PATCH' && rest.startsWith('/issues/comments/')) return { kind: 'edit-comment', change: change.ref, commentId: id, body: given.body };
  if (method === 'DELETE' && rest.startsWith('/issues/comments/')) return { kind: 'delete-comment', change: change.ref, commentId: id };
  if (method === 'POST' && rest.endsWith('/labels')) return { kind: 'add-label', change: change.ref, label: { name: given.labels[0] ?? '', color: 'aaaaaa', description: '' } };
  if (method === 'DELETE' && rest.includes('/labels/')) return { kind: 'remove-label', change: change.ref, name: decodeURIComponent(rest.split('/labels/')[1] ?? '') };
  return method === 'POST' && rest.endsWith('/rerun') ? { kind: 'rerun', repo: REPO, jobId: id } : null;
}
