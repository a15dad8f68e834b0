// What somebody may do here: the permission, and the teams that the configuration names.
import type { Account } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Standing } from '../model/gate.ts';
import { incidentLabelOf } from '../gate/intent.ts';
import type { Inquiry } from './inquiry.ts';
import type { ObservedChange } from './observed.ts';

/** Undefined while something has to be read; a deleted account is asked nothing. */
export function readStanding(inquiry: Inquiry, by: Account | null, { waivers }: Config): Standing | undefined {
  if (by === null) return { by, permission: 'none', teams: [], unreadTeams: [] };
  const teams = waivers.allow.filter((who) => who.includes('/')).map((who) => who.replace(/^@/, ''));
  const permission = inquiry.ask({ kind: 'permission', login: by.login });
  const memberships = inquiry.askAll(teams.map((team) => ({ kind: 'membership', team, login: by.login }) as const));
  if (permission === undefined || memberships === undefined) return undefined;
  const those = (wanted: string): readonly string[] => teams.filter((_, index) => memberships[index] === wanted);
  return { by, permission, teams: those('member'), unreadTeams: those('unreadable') };
}

/** Who set the incident label; null where there is none, or nobody knows; undefined while it has to be read. */
export function readIncident(inquiry: Inquiry, { change, labelers }: ObservedChange, config: Config): Standing | null | undefined {
  const label = incidentLabelOf({ change, config });
  const by = label === null ? undefined : labelers.get(label.toLowerCase());
  return by === undefined ? null : readStanding(inquiry, by, config);
}
