// Accounts in the shape that every REST answer embeds ("simple user").
import type { Viewer } from './exchange.ts';

/** A stable number for an account that only the layer knows. */
export function accountId(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

/** @param at the API's address, which the account's own addresses begin with */
export function simpleUser(at: { readonly url: string }, who: Pick<Viewer, 'login'> & { readonly type: string }): Record<string, unknown> {
  const id = accountId(who.login);
  const api = `${at.url}/users/${encodeURIComponent(who.login)}`;
  const page = `${at.url}/${who.login}`;
  return {
    login: who.login, id, node_id: `U_${id}`, avatar_url: `${at.url}/avatars/u/${id}`, gravatar_id: '', url: api, html_url: page, type: who.type, site_admin: false,
    followers_url: `${api}/followers`, following_url: `${api}/following{/other_user}`, gists_url: `${api}/gists{/gist_id}`, starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`, organizations_url: `${api}/orgs`, repos_url: `${api}/repos`, events_url: `${api}/events{/privacy}`, received_events_url: `${api}/received_events`,
  };
}

/** Completes every account inside an answer of the emulator, which shortens organisations. */
export function completeAccounts(at: { readonly url: string }, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => completeAccounts(at, item));
  if (value === null || typeof value !== 'object') return value;
  const whole = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, completeAccounts(at, item)]));
  const { login, type } = whole;
  if (typeof login !== 'string' || typeof whole['node_id'] !== 'string' || 'followers_url' in whole) return whole;
  return { ...simpleUser(at, { login, type: typeof type === 'string' ? type : 'Organization' }), ...whole };
}
