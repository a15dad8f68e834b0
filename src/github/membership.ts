// Whether somebody belongs to a team: asked of GitHub only where the configuration names the team.
import type { Membership } from '../ports/forge.ts';
import { sameLogin } from './account.ts';
import { expectOk } from './answers.ts';
import { at, list, text } from './json.ts';
import { MEMBERSHIP_QUERY } from './queries.ts';
import type { Transport } from './transport.ts';

/** Members of child teams count. A team that the token may not see looks like one that doesn't exist. */
export async function readMembership(transport: Transport, team: string, login: string): Promise<Membership> {
  const [org = '', slug = ''] = team.split('/');
  const body = expectOk(await transport({ method: 'POST', path: '/graphql', body: { query: MEMBERSHIP_QUERY, variables: { org, slug, login } } }), `the members of @${team}`);
  const members = at(body, 'data', 'organization', 'team', 'members', 'nodes');
  if (!Array.isArray(members)) return 'unreadable';
  return list(members).some((member) => sameLogin(text(at(member, 'login')) ?? '', login)) ? 'member' : 'none';
}
