// The whole conversation of a change: the first and last hundred comments come with it, the ones between only when they matter.
import type { Comment } from '../model/change.ts';
import type { Inquiry } from './inquiry.ts';
import { pagesOf } from './observed.ts';
import type { ObservedChange } from './observed.ts';

/** Comments in order of time; undefined while pages between have to be read. */
export function wholeConversation(inquiry: Inquiry, observed: ObservedChange): readonly Comment[] | undefined {
  const { comments, commentCount } = observed;
  if (comments.length >= commentCount) return comments;
  const pages = inquiry.askAll(Array.from({ length: Math.max(0, pagesOf(commentCount) - 1) }, (_, index) => ({ kind: 'comments', page: index + 2 }) as const));
  if (pages === undefined) return undefined;
  const byId = new Map([...comments, ...pages.flat()].map((comment) => [comment.id, comment]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
