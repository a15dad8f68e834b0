// Who may let a change in without its hypothesis: by permission, by login, by team.
import type { Permission } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Standing } from '../model/gate.ts';
import { quote } from './quote.ts';

type Allowed = Config['waivers']['allow'];

const RANK: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** Whether one entry of `waivers.allow` names this person. */
export function isAllowed({ by, permission, teams }: Standing, allow: Allowed): boolean {
  return allow.some((who) => {
    const rank = RANK.indexOf(who as Permission);
    if (rank > 0) return RANK.indexOf(permission) >= rank;
    if (who.includes('/')) return teams.some((team) => sameLogin(team, who));
    return by !== null && sameLogin(who, by.login);
  });
}

/** "Who may: …", and which teams nobody could look into. */
export function whoMay({ unreadTeams }: Standing, allow: Allowed): string {
  const lowest = RANK.find((permission) => permission !== 'none' && allow.includes(permission));
  const named = allow.filter((who) => !RANK.includes(who as Permission)).map((who) => quote(who));
  const people = `Who may: ${[...(lowest === undefined ? [] : [`people with the permission ${quote(lowest)}`]), ...named].join(', ') || 'nobody'}.`;
  if (unreadTeams.length === 0) return people;
  return `${people} Who belongs to ${unreadTeams.map((team) => quote(`@${team}`)).join(', ')} can't be read by this token: that takes \`members: read\` of the organisation.`;
}

export function sameLogin(a: string, b: string): boolean {
  return a.replace(/^@/, '').toLowerCase() === b.replace(/^@/, '').toLowerCase();
}
