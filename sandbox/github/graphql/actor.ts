// Accounts in GraphQL: a bot's login has no `[bot]` here, other than in REST and in `viewer`.
import { accountId } from '../account.ts';
import type { Viewer } from '../exchange.ts';

export interface Person {
  readonly login: string;
  readonly type: string;
}

/** An `Actor`; null for a deleted account. */
export function actor(url: string, person: Person | Viewer | null): Record<string, unknown> | null {
  if (person === null || person.login === 'ghost') return null;
  const login = person.login.replace(/\[bot\]$/, '');
  const id = accountId(person.login);
  const bot = person.type === 'Bot' || person.login.endsWith('[bot]');
  return { __typename: bot ? 'Bot' : 'User', id: `U_${id}`, databaseId: id, login, url: `${url}/${bot ? `apps/${login}` : login}`, resourcePath: `/${login}`, avatarUrl: `${url}/avatars/u/${id}` };
}
