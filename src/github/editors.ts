// Who edited a comment that REST brought: asked again where it matters.
import type { Comment, RepoRef } from '../model/change.ts';
import { readCommentsById } from './comments-by-id.ts';
import type { Transport } from './transport.ts';

/** A command, or the marker of our own. */
const COUNTS = /\/yardstick|^<!-- yardstick/i;

/**
 * Comments by REST once more by GraphQL, where it matters who edited them: those with a command or a marker. One that was edited is
 * never taken for its author's word, so one that GraphQL doesn't find any more is left out.
 */
export async function readEditors(transport: Transport, repo: RepoRef, comments: readonly Comment[]): Promise<readonly Comment[]> {
  const counting = comments.filter(({ body }) => COUNTS.test(body));
  if (counting.length === 0) return comments;
  const told = await readCommentsById(transport, repo, counting.map(({ nodeId }) => nodeId));
  const known = new Map(counting.map(({ id }, index) => [id, told[index] ?? null]));
  return comments.flatMap((comment) => (known.has(comment.id) ? (known.get(comment.id) ?? []) : comment));
}
