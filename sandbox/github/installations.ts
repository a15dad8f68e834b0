// Installations of Apps: which repositories they see, suspended or taken away, and the events that say so.
import { type Answer, type Ask, paged, param, Refusal } from './exchange.ts';
import { simpleUser } from './account.ts';
import { APPS } from './apps.ts';
import { deliver } from './deliver.ts';
import { stateOf, WHOLE } from './installation-state.ts';
import { type Layer, timestamp } from './layer.ts';
import { route, type Route } from './route.ts';
import type { Installation } from './store.ts';
import { appToken, installationOf, personToken, STAGEHAND } from './upstream.ts';

type Change =
  | { readonly kind: 'suspend' | 'unsuspend' | 'deleted' | 'created' }
  /** The repositories that it sees from now on. */
  | { readonly kind: 'select'; readonly repositories: Installation['repositories'] };

/** What an owner of the organisation does to an installation. The App is told of it, even when it is suspended by that. */
export async function changeInstallation(layer: Layer, app: number, change: Change): Promise<void> {
  const before = stateOf(layer, app);
  const after = changed(before, change);
  layer.store.installations.set(app, after);
  if (!layer.store.hooks.has(app)) return;
  const sender = simpleUser(layer, { login: STAGEHAND, type: 'User' });
  const installation = { ...(await readInstallation(layer, app)), ...selected(after) };
  if (change.kind !== 'select') {
    await deliver(layer, { app, event: 'installation', payload: { action: change.kind, installation, repositories: await briefly(layer, seenBy(layer, app)), sender } });
    return;
  }
  const [was, is] = [namesOf(layer, before), namesOf(layer, after)];
  const lists = { repositories_added: await briefly(layer, is.filter((name) => !was.includes(name))), repositories_removed: await briefly(layer, was.filter((name) => !is.includes(name))) };
  for (const action of ['added', 'removed'] as const) {
    if (lists[`repositories_${action}`].length > 0) await deliver(layer, { app, event: 'installation_repositories', payload: { action, installation, ...selected(after), ...lists, requester: null, sender } });
  }
}

function changed(before: Installation, change: Change): Installation {
  switch (change.kind) {
    case 'suspend':
      return { ...before, suspendedAt: timestamp() };
    case 'unsuspend':
      return { ...before, suspendedAt: null };
    case 'deleted':
      return { ...before, gone: true };
    case 'created':
      return WHOLE;
    case 'select':
      return { ...before, repositories: change.repositories };
  }
}

const selected = ({ repositories }: Installation): { repository_selection: string } => ({ repository_selection: repositories === 'all' ? 'all' : 'selected' });

function namesOf(layer: Layer, { repositories }: Installation): readonly string[] {
  return repositories === 'all' ? [...layer.repositories.keys()] : repositories;
}

function seenBy(layer: Layer, app: number): readonly string[] {
  return namesOf(layer, stateOf(layer, app));
}

async function readRepositories(layer: Layer, names: readonly string[], token: string): Promise<readonly Record<string, unknown>[]> {
  const answers = await Promise.all(names.map((name) => layer.upstream.request('GET', `/repos/${name}`, { token })));
  return answers.filter(({ status }) => status === 200).map(({ body }) => body as Record<string, unknown>);
}

/** As events of installations name repositories. */
async function briefly(layer: Layer, names: readonly string[]): Promise<readonly unknown[]> {
  const found = await readRepositories(layer, names, personToken(STAGEHAND));
  return found.map(({ id, node_id, name, full_name, private: hidden }) => ({ id, node_id, name, full_name, private: hidden }));
}

async function readInstallation(layer: Layer, app: number): Promise<Record<string, unknown>> {
  const token = appToken(app, layer.upstream.privateKey, Math.floor(Date.now() / 1000));
  const { body } = await layer.upstream.request('GET', '/app/installations', { token });
  return amendInstallation(layer, (body as Record<string, unknown>[])[0] ?? {});
}

function amendInstallation(layer: Layer, installation: Record<string, unknown>): Record<string, unknown> {
  const state = stateOf(layer, Number(installation['app_id']));
  const { suspendedAt } = state;
  return {
    ...installation, ...selected(state), target_id: (installation['account'] as { readonly id: number }).id, suspended_at: suspendedAt, suspended_by: suspendedAt === null ? null : simpleUser(layer, { login: STAGEHAND, type: 'User' }),
    events: APPS.find(({ id }) => id === installation['app_id'])?.events ?? [],
  };
}

async function listInstallations(ask: Ask, layer: Layer): Promise<Answer> {
  const answer = await layer.upstream.request('GET', '/app/installations', { token: ask.token });
  if (answer.status !== 200) return answer;
  const all = (answer.body as Record<string, unknown>[]).filter((one) => !stateOf(layer, Number(one['app_id'])).gone);
  return paged(ask, all.map((one) => amendInstallation(layer, one)));
}

async function listRepositories(ask: Ask, layer: Layer): Promise<Answer> {
  const { viewer, token } = ask;
  if (viewer?.type !== 'Bot' || token === null) throw new Refusal(403, 'You must authenticate with an installation access token in order to list repositories for an installation.');
  const app = APPS.find(({ slug }) => `${slug}[bot]` === viewer.login)?.id ?? 0;
  const all = await readRepositories(layer, viewer.repository === null ? seenBy(layer, app) : [viewer.repository], token);
  const page = paged(ask, all);
  return { ...page, body: { total_count: all.length, ...selected(stateOf(layer, app)), repositories: page.body } };
}

async function giveToken(ask: Ask, layer: Layer): Promise<Answer> {
  const app = APPS.find(({ id }) => installationOf(id) === Number(param(ask, 'id')))?.id;
  const { suspendedAt, gone } = app === undefined ? WHOLE : stateOf(layer, app);
  if (gone) throw new Refusal(404, 'Not Found');
  if (suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
  const answer = await layer.upstream.request('POST', ask.url.pathname, { token: ask.token, ...(ask.body.length > 0 && { body: ask.body }) });
  const { token, permissions } = answer.body as { token?: string; permissions?: Record<string, string> };
  if (token !== undefined && app !== undefined) layer.tokens.learn(token, app, permissions ?? {});
  return answer;
}

export const INSTALLATION_ROUTES: readonly Route[] = [
  route('GET /app/installations', listInstallations),
  route('GET /installation/repositories', listRepositories),
  route('POST /app/installations/:id/access_tokens', giveToken),
];
