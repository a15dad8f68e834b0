// Accounts, permissions, and what a token says of itself.
import { simpleUser } from './account.ts';
import { APPS } from './apps.ts';
import { type Ask, demand, fullName, param, Refusal } from './exchange.ts';
import { gitOf, type Layer } from './layer.ts';
import { route, type Route } from './route.ts';
import { STAGEHAND } from './upstream.ts';

/** The account that stands for deleted ones in REST answers. */
export const GHOST = { login: 'ghost', type: 'User' } as const;

const ROLES: Readonly<Record<string, string>> = { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read' };

/** What a person may do in a repository; in a public one everybody reads. */
export function permissionOf(layer: Layer, repository: string, login: string): string {
  return layer.store.permissions.get(repository)?.get(login) ?? 'read';
}

/** Refuses a person who only reads or triages; what an App may is said by its token's permissions. */
export function demandWriter(ask: Ask, layer: Layer): void {
  const { viewer } = ask;
  if (viewer?.type !== 'User' || viewer.login === STAGEHAND) return;
  if (['read', 'triage'].includes(permissionOf(layer, fullName(ask), viewer.login))) throw new Refusal(403, 'Must have write access to Repository.');
}

export const PEOPLE_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/collaborators/:login/permission', async (ask, layer) => {
    demand(ask, ['metadata'], 'read');
    gitOf(layer, fullName(ask));
    const login = param(ask, 'login');
    const known = (await layer.upstream.request('GET', `/users/${encodeURIComponent(login)}`)).status === 200;
    if (!known) throw new Refusal(404, `${login} is not a user`);
    const { private: hidden } = (await layer.upstream.request('GET', `/repos/${fullName(ask)}`, { token: ask.token })).body as { private?: boolean };
    const role = hidden === true ? (layer.store.permissions.get(fullName(ask))?.get(login) ?? 'none') : permissionOf(layer, fullName(ask), login);
    const permission = ROLES[role] ?? 'none';
    return { status: 200, body: { permission, role_name: role, user: { ...simpleUser(layer, { login, type: 'User' }), permissions: { pull: permission !== 'none', triage: role !== 'read', push: permission === 'write' || permission === 'admin', maintain: role === 'maintain' || role === 'admin', admin: role === 'admin' }, role_name: role } } };
  }),
  route('GET /repos/:owner/:repo', async (ask, layer) => {
    const answer = await layer.upstream.request('GET', ask.url.pathname, { token: ask.token });
    if (answer.status !== 200) throw new Refusal(404, 'Not Found');
    const { created_at: created } = answer.body as { created_at: string };
    return { ...answer, body: { ...(answer.body as object), pushed_at: created, network_count: 0, subscribers_count: 0 } };
  }),
  route('GET /user', async (ask) => {
    if (ask.viewer === null) throw new Refusal(401, 'Requires authentication');
    if (ask.viewer.type === 'Bot') throw new Refusal(403, 'Resource not accessible by integration');
    return null;
  }),
  route('GET /app', async (ask, layer) => {
    const answer = await layer.upstream.request('GET', '/app', { token: ask.token });
    if (answer.status !== 200) return answer;
    const events = APPS.find(({ id }) => id === (answer.body as { readonly id: number }).id)?.events ?? [];
    return { ...answer, body: { ...(answer.body as object), events, owner: simpleUser(layer, { login: 'stagehand', type: 'User' }) } };
  }),
];
