// Comments as GitHub's two interfaces tell them, and pages of them by REST.
import type { Account, ChangeRef, Comment } from '../model/change.ts';
import { parseAccount, sameLogin } from './account.ts';
import { expectOk } from './answers.ts';
import { at, count, list, text } from './json.ts';
import { changeName, issuePath } from './paths.ts';
import type { Transport } from './transport.ts';

/** Whoever edited it is gone; that it was edited stays true. */
const GHOST = 'ghost';

/** A comment that still has to be told who reads it. */
export type PendingComment = (viewer: Account) => Comment;

/** Reads a page of 100 comments, from 1 on, oldest first. Whose they are is settled once the viewer is known. */
export async function readComments(transport: Transport, ref: ChangeRef, page: number): Promise<readonly PendingComment[]> {
  const response = await transport({ method: 'GET', path: `${issuePath(ref)}/comments`, query: { per_page: 100, page } });
  return list(expectOk(response, `comments of ${changeName(ref)}`)).flatMap((entry) => parseComment(entry) ?? []);
}

/** Each comment once, oldest first; of two with one id the later in the list is kept. */
export function orderComments(comments: readonly Comment[]): readonly Comment[] {
  return [...new Map(comments.map((comment) => [comment.id, comment])).values()].sort((a, b) => a.id - b.id);
}

/** Whether the viewer wrote it: login and kind of account, in either of GitHub's forms. */
export function isBy(author: Account | null, viewer: Account): boolean {
  return author !== null && author.type === viewer.type && sameLogin(author.login, viewer.login);
}

/** A comment as GraphQL tells it, its editor included. */
export function parseCommentNode(node: unknown, viewer: Account): Comment | null {
  const id = count(at(node, 'databaseId'));
  if (id === null) return null;
  const author = parseAccount(at(node, 'author'));
  const mine = at(node, 'viewerDidAuthor') === true || isBy(author, viewer);
  const editor = parseAccount(at(node, 'editor'))?.login ?? (text(at(node, 'lastEditedAt')) === null ? null : GHOST);
  return { id, nodeId: text(at(node, 'id')) ?? '', author, mine, body: text(at(node, 'body')) ?? '', createdAt: text(at(node, 'createdAt')) ?? '', editor };
}

function parseComment(entry: unknown): PendingComment | null {
  const id = count(at(entry, 'id'));
  if (id === null) return null;
  const author = parseAccount(at(entry, 'user'));
  const createdAt = text(at(entry, 'created_at')) ?? '';
  // REST doesn't tell who edited: what counts by its author is read again by GraphQL (`readEditors`).
  return (viewer) => ({ id, nodeId: text(at(entry, 'node_id')) ?? '', author, mine: isBy(author, viewer), body: text(at(entry, 'body')) ?? '', createdAt, editor: null });
}
