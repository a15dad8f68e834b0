// A whole conversation by GraphQL, which alone tells who edited a comment.
import type { ChangeRef, Comment } from '../model/change.ts';
import type { Conversation } from '../ports/forge.ts';
import { orderComments, parseCommentNode } from './comments.ts';
import { askGraph, graphFault, parseViewer } from './graph.ts';
import { at, count, list, record, text } from './json.ts';
import { FIRST_COMMENTS_QUERY, LAST_COMMENTS_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

const PAGE = 100;
/** A thousand from the beginning, and a thousand from the end where there are more. */
const PAGES_MAX = 10;

interface Page extends Conversation {
  readonly total: number;
  /** Where the next page in this direction begins. */
  readonly cursor: string | null;
}

/** Reads a conversation in pages of 100: one request for most. */
export async function readConversation(transport: Transport, ref: ChangeRef): Promise<Conversation> {
  const first = await readPage(transport, ref, { query: FIRST_COMMENTS_QUERY, cursor: null });
  const pages = Math.ceil(first.total / PAGE);
  const onward = await readOn(transport, ref, { query: FIRST_COMMENTS_QUERY, cursor: first.cursor, pages: Math.min(pages, PAGES_MAX) - 1 });
  const back = await readOn(transport, ref, { query: LAST_COMMENTS_QUERY, cursor: null, pages: Math.min(pages - PAGES_MAX, PAGES_MAX) });
  return { comments: orderComments([...first.comments, ...onward, ...back]), locked: first.locked, viewer: first.viewer };
}

/** Follows a direction page by page: each names where the next one begins. */
async function readOn(transport: Transport, ref: ChangeRef, from: { readonly query: string; readonly cursor: string | null; readonly pages: number }): Promise<readonly Comment[]> {
  const found: Comment[] = [];
  let { cursor } = from;
  for (let left = from.pages; left > 0; left -= 1) {
    const page = await readPage(transport, ref, { query: from.query, cursor });
    found.push(...page.comments);
    cursor = page.cursor;
  }
  return found;
}

async function readPage(transport: Transport, { owner, repo, number }: ChangeRef, { query, cursor }: { readonly query: string; readonly cursor: string | null }): Promise<Page> {
  const ask = { query, variables: { owner, repo, number, cursor }, subject: `the conversation of ${owner}/${repo}#${number}`, permissions: '`issues: read` and `pull-requests: read`' };
  const body = await askGraph(transport, ask);
  const thread = record(at(body, 'data', 'repository', 'issueOrPullRequest'));
  const total = count(at(thread, 'comments', 'totalCount'));
  if (total === null) throw graphFault(body, ask);
  const viewer = parseViewer(body);
  const comments = list(at(thread, 'comments', 'nodes')).flatMap((node) => parseCommentNode(node, viewer) ?? []);
  const edge = query === FIRST_COMMENTS_QUERY ? 'endCursor' : 'startCursor';
  return { comments, locked: thread['locked'] === true, viewer, total, cursor: text(at(thread, 'comments', 'pageInfo', edge)) };
}
