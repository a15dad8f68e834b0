// Comments in GraphQL, with who edited them last and what they said before.
import type { Layer } from '../layer.ts';
import type { Edit } from '../store.ts';
import type { Sight } from './sight.ts';
import { actor, type Person } from './actor.ts';
import { connection, type PageArgs } from './connection.ts';

export interface RestComment {
  readonly id: number;
  readonly node_id: string;
  readonly body: string;
  readonly user: Person | null;
  readonly html_url: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Every comment of an issue or pull request, oldest first, as REST gives them. */
export async function readAllComments(layer: Layer, path: string, token: string | null): Promise<readonly RestComment[]> {
  const all: RestComment[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await layer.upstream.request('GET', `${path}/comments?per_page=100&page=${page}`, { token });
    const list = Array.isArray(body) ? (body as RestComment[]) : [];
    all.push(...list);
    if (list.length < 100) return all;
  }
}

/** An `IssueComment`, seen by `viewer`. */
export function issueComment(layer: Layer, at: Sight, comment: RestComment): Record<string, unknown> {
  const edits = layer.store.edits.get(`${at.repository}/comments/${comment.id}`) ?? [];
  const last = edits.at(-1);
  const reactions = layer.store.reactions.get(`${at.repository}/comments/${comment.id}`) ?? [];
  return {
    __typename: 'IssueComment', id: comment.node_id, databaseId: comment.id, fullDatabaseId: comment.id, body: comment.body, url: comment.html_url, createdAt: comment.created_at, updatedAt: comment.updated_at,
    author: actor(layer.url, comment.user), authorAssociation: 'MEMBER', viewerDidAuthor: comment.user?.login === at.viewer.login, isMinimized: false, minimizedReason: null,
    editor: last === undefined ? null : actor(layer.url, last.editor), lastEditedAt: last?.at ?? null, includesCreatedEdit: edits.length > 0,
    userContentEdits: (args: PageArgs) => connection(contentEdits(layer, edits), args),
    repository: () => at.resolveRepository(at),
    reactions: (args: PageArgs & { content?: string }) => connection(reactions.map((reaction) => ({ id: `REA_${reaction.id}`, databaseId: reaction.id, content: CONTENT[reaction.content], createdAt: reaction.at, user: actor(layer.url, reaction.user) })).filter((reaction) => args.content == null || reaction.content === args.content), args),
  };
}

/** Who changed a text, newest first. */
export function contentEdits(layer: Layer, edits: readonly Edit[]): readonly unknown[] {
  return edits.toReversed().map((edit, index) => ({ id: `UCE_${index}`, editor: actor(layer.url, edit.editor), editedAt: edit.at, createdAt: edit.at, updatedAt: edit.at, diff: edit.text, deletedAt: null, deletedBy: null }));
}

const CONTENT: Readonly<Record<string, string>> = { '+1': 'THUMBS_UP', '-1': 'THUMBS_DOWN', laugh: 'LAUGH', confused: 'CONFUSED', heart: 'HEART', hooray: 'HOORAY', rocket: 'ROCKET', eyes: 'EYES' };
