// The dashboard issue: found by its label and by who opened it; a label alone, anybody in the team can set.
import type { Account, RepoRef } from '../model/change.ts';
import type { Dashboard } from '../ports/forge.ts';
import { parseAccount } from './account.ts';
import { isBy } from './comments.ts';
import { askGraph, graphFault, parseViewer } from './graph.ts';
import { at, count, list, record, text } from './json.ts';
import { DASHBOARD_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

export interface DashboardAnswer {
  readonly dashboard: Dashboard | null;
  readonly viewer: Account;
}

/** Reads the dashboard of a repository; one request. */
export async function readDashboard(transport: Transport, { owner, repo }: RepoRef): Promise<DashboardAnswer> {
  const ask = { query: DASHBOARD_QUERY, variables: { owner, repo }, subject: `the dashboard issue of ${owner}/${repo}`, permissions: '`issues: read`' };
  const body = await askGraph(transport, ask);
  const repository = record(at(body, 'data', 'repository'));
  if (!Array.isArray(at(repository, 'issues', 'nodes'))) throw graphFault(body, ask);
  const viewer = parseViewer(body);
  return { dashboard: parseDashboard(repository, viewer), viewer };
}

/** The oldest of the issues with the label that the viewer opened. */
export function parseDashboard(repository: unknown, viewer: Account): Dashboard | null {
  const mine = list(at(repository, 'issues', 'nodes')).find((node) => at(node, 'viewerDidAuthor') === true || isBy(parseAccount(at(node, 'author')), viewer));
  const number = count(at(mine, 'number'));
  return number === null ? null : { number, body: text(at(mine, 'body')) ?? '', editor: parseAccount(at(mine, 'editor'))?.login ?? null };
}
