// Connections: lists in pages with cursors, under GitHub's rules for `first` and `last`.
import { GraphQLError } from 'graphql';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const cursorOf = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64');
const indexOf = (cursor: string): number => Number(Buffer.from(cursor, 'base64').toString().split(':')[2]);

/** The part of a list that was asked for. GitHub wants `first` or `last`, 100 at most. */
export function connection(list: readonly unknown[], args: PageArgs): Record<string, unknown> {
  const { first = null, last = null } = args;
  if (first === null && last === null) throw typed('MISSING_PAGINATION_BOUNDARIES', 'You must provide a `first` or `last` value to properly paginate the connection.');
  if ((first ?? 0) > 100 || (last ?? 0) > 100) throw typed('EXCESSIVE_PAGINATION', 'Requesting more than 100 records on the connection exceeds the limit.');
  let start = args.after == null ? 0 : indexOf(args.after) + 1;
  let end = args.before == null ? list.length : Math.min(indexOf(args.before), list.length);
  if (first !== null) end = Math.min(end, start + first);
  if (last !== null) start = Math.max(start, end - last);
  const nodes = list.slice(start, end);
  return {
    totalCount: list.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(start + index) })),
    pageInfo: { hasNextPage: end < list.length, hasPreviousPage: start > 0, startCursor: nodes.length === 0 ? null : cursorOf(start), endCursor: nodes.length === 0 ? null : cursorOf(end - 1) },
  };
}

/** An error with the `type` that GitHub puts beside its message. */
export function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
