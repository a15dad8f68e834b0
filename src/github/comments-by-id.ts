// Many comments in few requests, by GraphQL id: how records are read from an index.
import type { Comment, RepoRef } from '../model/change.ts';
import { parseCommentNode } from './comments.ts';
import { askGraph, graphFault, parseViewer } from './graph.ts';
import { at, text } from './json.ts';
import { isSameRepo } from './paths.ts';
import { COMMENTS_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

/** GitHub takes a hundred ids a request. */
const IDS_MAX = 100;

/** Reads comments in the order of their ids; null for one that is gone, and for one of another repository: an index may be forged. */
export async function readCommentsById(transport: Transport, repo: RepoRef, nodeIds: readonly string[]): Promise<readonly (Comment | null)[]> {
  const chunks = Array.from({ length: Math.ceil(nodeIds.length / IDS_MAX) }, (_, index) => nodeIds.slice(index * IDS_MAX, (index + 1) * IDS_MAX));
  return (await Promise.all(chunks.map((ids) => readChunk(transport, repo, ids)))).flat();
}

async function readChunk(transport: Transport, repo: RepoRef, ids: readonly string[]): Promise<readonly (Comment | null)[]> {
  const ask = { query: COMMENTS_QUERY, variables: { ids }, subject: `comments of ${repo.owner}/${repo.repo}`, permissions: '`issues: read` and `pull-requests: read`' };
  const body = await askGraph(transport, ask);
  const nodes = at(body, 'data', 'nodes');
  if (!Array.isArray(nodes)) throw graphFault(body, ask);
  const viewer = parseViewer(body);
  const known = new Map(nodes.filter((node) => isOf(repo, node)).map((node) => [text(at(node, 'id')), parseCommentNode(node, viewer)]));
  return ids.map((id) => known.get(id) ?? null);
}

function isOf(repo: RepoRef, node: unknown): boolean {
  const [owner = '', name = ''] = (text(at(node, 'repository', 'nameWithOwner')) ?? '').split('/');
  return isSameRepo(repo, { owner, repo: name });
}
