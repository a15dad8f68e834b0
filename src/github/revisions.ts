// What a comment said before it was edited: GitHub keeps every revision, and by whom.
import type { Account, RepoRef, Revision } from '../model/change.ts';
import { TransientError } from '../errors.ts';
import { parseAccount } from './account.ts';
import { isBy } from './comments.ts';
import { askGraph, graphFault, parseViewer } from './graph.ts';
import { at, list, text } from './json.ts';
import { isSameRepo } from './paths.ts';
import { REVISIONS_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

/** GitHub takes a hundred ids a request. */
const IDS_MAX = 100;

/** The revisions of comments in the order of their ids, newest first; null for what is gone, of another repository or not ours to see. One request. */
export async function readRevisions(transport: Transport, repo: RepoRef, nodeIds: readonly string[]): Promise<readonly (readonly Revision[] | null)[]> {
  const ask = { query: REVISIONS_QUERY, variables: { ids: nodeIds.slice(0, IDS_MAX) }, subject: `what comments of ${repo.owner}/${repo.repo} said before`, permissions: '`issues: read` and `pull-requests: read`' };
  const body = await askGraph(transport, ask);
  const nodes = at(body, 'data', 'nodes');
  if (!Array.isArray(nodes)) {
    const fault = graphFault(body, ask);
    if (fault instanceof TransientError) throw fault;
    return nodeIds.map(() => null);
  }
  const viewer = parseViewer(body);
  const known = new Map(nodes.filter((node) => isSameRepo(repo, repoOf(node))).map((node) => [text(at(node, 'id')), parseRevisions(node, viewer)]));
  return nodeIds.map((id) => known.get(id) ?? null);
}

/** The history of any text, newest first. A revision that was deleted from it has no text any more. */
export function parseRevisions(node: unknown, viewer: Account): readonly Revision[] {
  const found = list(at(node, 'userContentEdits', 'nodes')).flatMap((edit): readonly Revision[] => {
    const [said, when, editor] = [text(at(edit, 'diff')), text(at(edit, 'editedAt')), parseAccount(at(edit, 'editor'))];
    return said === null || when === null ? [] : [{ text: said, at: when, editor: editor?.login ?? null, mine: isBy(editor, viewer) }];
  });
  return found.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function repoOf(node: unknown): RepoRef {
  const [owner = '', repo = ''] = (text(at(node, 'repository', 'nameWithOwner')) ?? '').split('/');
  return { owner, repo };
}
