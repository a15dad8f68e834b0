// Whether somebody belongs to a team: asked of GitHub only where the configuration names the team.
import { TransientError } from '../errors.ts';
import type { Membership } from '../ports/forge.ts';
import { sameLogin } from './account.ts';
import { askGraph, graphFault } from './graph.ts';
import type { GraphAsk } from './graph.ts';
import { at, list, text } from './json.ts';
import { MEMBERSHIP_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

/** Members of child teams count. A team that the token may not see looks like one that doesn't exist. */
export async function readMembership(transport: Transport, team: string, login: string): Promise<Membership> {
  const [org = '', slug = ''] = team.split('/');
  const ask = { query: MEMBERSHIP_QUERY, variables: { org, slug, login }, subject: `the members of @${team}`, permissions: '`members: read`' };
  const body = await askGraph(transport, ask);
  const members = at(body, 'data', 'organization', 'team', 'members', 'nodes');
  if (!Array.isArray(members)) return unreadable(body, ask);
  return list(members).some((member) => sameLogin(text(at(member, 'login')) ?? '', login)) ? 'member' : 'none';
}

/** Refused or hidden for good; a limit or a fault passes, and is thrown. */
function unreadable(body: unknown, ask: GraphAsk): Membership {
  const fault = list(at(body, 'errors')).length > 0 ? graphFault(body, ask) : null;
  if (fault instanceof TransientError) throw fault;
  return 'unreadable';
}
