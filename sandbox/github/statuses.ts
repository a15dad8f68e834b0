// Commit statuses, deployments and their statuses.
import { type Ask, bodyOf, demand, fullName, paged, param, Refusal, type Viewer } from './exchange.ts';
import { announce } from './deliver.ts';
import { gitOf, type Layer, timestamp } from './layer.ts';
import { simpleUser } from './account.ts';
import { route, type Route } from './route.ts';
import type { Deployment, Status } from './store.ts';

async function commitOf(ask: Ask, layer: Layer, ref: string): Promise<string> {
  const sha = await gitOf(layer, fullName(ask)).find(ref);
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${ref}`);
  return sha;
}

async function repositoryOf(ask: Ask, layer: Layer): Promise<{ readonly full_name: string }> {
  return (await layer.upstream.request('GET', `/repos/${fullName(ask)}`, { token: ask.token })).body as { full_name: string };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function formatStatus(layer: Layer, at: { repository: string; sha: string }, status: Status): Record<string, unknown> {
  return {
    url: `${layer.url}/repos/${at.repository}/statuses/${at.sha}`, avatar_url: null, id: status.id, node_id: `SC_${status.id}`, state: status.state, description: status.description,
    target_url: status.targetUrl, context: status.context, created_at: status.at, updated_at: status.at, creator: simpleUser(layer, status.creator),
  };
}

function formatDeployment(layer: Layer, deployment: Deployment): Record<string, unknown> {
  const url = `${layer.url}/repos/${deployment.repository}/deployments/${deployment.id}`;
  return {
    url, id: deployment.id, node_id: `DE_${deployment.id}`, sha: deployment.sha, ref: deployment.ref, task: deployment.task, payload: deployment.payload, original_environment: deployment.environment,
    environment: deployment.environment, description: deployment.description, creator: simpleUser(layer, deployment.creator), created_at: deployment.at, updated_at: deployment.at,
    statuses_url: `${url}/statuses`, repository_url: `${layer.url}/repos/${deployment.repository}`, transient_environment: false, production_environment: deployment.environment === 'production',
  };
}

function formatDeploymentStatus(layer: Layer, deployment: Deployment, status: Deployment['statuses'][number]): Record<string, unknown> {
  const url = `${layer.url}/repos/${deployment.repository}/deployments/${deployment.id}`;
  return {
    url: `${url}/statuses/${status.id}`, id: status.id, node_id: `DES_${status.id}`, state: status.state, creator: simpleUser(layer, status.creator), description: status.description ?? '', environment: deployment.environment,
    target_url: status.targetUrl ?? '', created_at: status.at, updated_at: status.at, deployment_url: url, repository_url: `${layer.url}/repos/${deployment.repository}`, environment_url: '', log_url: status.targetUrl ?? '',
  };
}

function deploymentOf(ask: Ask, layer: Layer): Deployment {
  const found = layer.store.deployments.find((deployment) => deployment.repository === fullName(ask) && deployment.id === Number(param(ask, 'id')));
  if (found === undefined) throw new Refusal(404, 'Not Found');
  return found;
}

const DEPLOYMENT_STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'];

/** A success makes the earlier successful deployments to the same environment inactive. */
function retireOlder(layer: Layer, { repository, environment, id }: Deployment, by: Deployment['statuses'][number]): void {
  const older = layer.store.deployments.filter((one) => one.repository === repository && one.environment === environment && one.id < id && one.statuses.at(-1)?.state === 'success');
  for (const deployment of older) deployment.statuses.push({ ...by, id: layer.store.nextId(), state: 'inactive', description: null });
}

export const STATUS_ROUTES: readonly Route[] = [
  route('POST /repos/:owner/:repo/statuses/:sha', async (ask, layer) => {
    demand(ask, ['statuses'], 'write');
    const sha = await commitOf(ask, layer, param(ask, 'sha'));
    const body = bodyOf(ask);
    if (!['error', 'failure', 'pending', 'success'].includes(String(body['state']))) throw new Refusal(422, 'Validation Failed');
    const status: Status = { id: layer.store.nextId(), state: String(body['state']), context: text(body['context']) ?? 'default', description: text(body['description']), targetUrl: text(body['target_url']), creator: ask.viewer as Viewer, at: timestamp() };
    if ((status.description?.length ?? 0) > 140) throw new Refusal(422, 'Validation Failed', { errors: [{ resource: 'Status', code: 'custom', field: 'description', message: 'description is too long (maximum is 140 characters)' }] });
    layer.store.append(layer.store.statuses, sha, status);
    return { status: 201, body: formatStatus(layer, { repository: fullName(ask), sha }, status) };
  }),
  route('GET /repos/:owner/:repo/commits/:ref/statuses', async (ask, layer) => {
    const sha = await commitOf(ask, layer, param(ask, 'ref'));
    return paged(ask, (layer.store.statuses.get(sha) ?? []).toReversed().map((status) => formatStatus(layer, { repository: fullName(ask), sha }, status)));
  }),
  route('GET /repos/:owner/:repo/commits/:ref/status', async (ask, layer) => {
    const sha = await commitOf(ask, layer, param(ask, 'ref'));
    const newest = new Map((layer.store.statuses.get(sha) ?? []).map((status) => [status.context, status]));
    const list = [...newest.values()];
    const state = list.some((status) => ['error', 'failure'].includes(status.state)) ? 'failure' : list.length > 0 && list.every((status) => status.state === 'success') ? 'success' : 'pending';
    const repository = await repositoryOf(ask, layer);
    const url = `${layer.url}/repos/${fullName(ask)}/commits/${sha}`;
    return { status: 200, body: { state, sha, total_count: list.length, statuses: list.map((status) => formatStatus(layer, { repository: fullName(ask), sha }, status)), repository, commit_url: url, url: `${url}/status` } };
  }),
  route('GET /repos/:owner/:repo/deployments', async (ask, layer) => {
    const wanted = (name: 'sha' | 'ref' | 'environment' | 'task', deployment: Deployment): boolean => [null, 'none', deployment[name]].includes(ask.url.searchParams.get(name));
    const list = layer.store.deployments.filter((deployment) => deployment.repository === fullName(ask) && (['sha', 'ref', 'environment', 'task'] as const).every((name) => wanted(name, deployment)));
    return paged(ask, list.toReversed().map((deployment) => formatDeployment(layer, deployment)));
  }),
  route('POST /repos/:owner/:repo/deployments', async (ask, layer) => {
    demand(ask, ['deployments'], 'write');
    const body = bodyOf(ask);
    const ref = text(body['ref']) ?? 'main';
    const sha = await commitOf(ask, layer, ref);
    const deployment: Deployment = { id: layer.store.nextId(), repository: fullName(ask), sha, ref, environment: text(body['environment']) ?? 'production', task: text(body['task']) ?? 'deploy', description: text(body['description']), payload: body['payload'] ?? {}, creator: ask.viewer as Viewer, at: timestamp(), statuses: [] };
    layer.store.deployments.push(deployment);
    return { status: 201, body: formatDeployment(layer, deployment) };
  }),
  route('GET /repos/:owner/:repo/deployments/:id', async (ask, layer) => ({ status: 200, body: formatDeployment(layer, deploymentOf(ask, layer)) })),
  route('GET /repos/:owner/:repo/deployments/:id/statuses', async (ask, layer) => {
    const deployment = deploymentOf(ask, layer);
    return paged(ask, deployment.statuses.toReversed().map((status) => formatDeploymentStatus(layer, deployment, status)));
  }),
  route('POST /repos/:owner/:repo/deployments/:id/statuses', async (ask, layer) => {
    demand(ask, ['deployments'], 'write');
    const body = bodyOf(ask);
    const deployment = deploymentOf(ask, layer);
    if (!DEPLOYMENT_STATES.includes(String(body['state']))) throw new Refusal(422, 'Validation Failed', { errors: [{ resource: 'DeploymentStatus', code: 'invalid', field: 'state' }] });
    const status = { id: layer.store.nextId(), state: String(body['state']), description: text(body['description']), targetUrl: text(body['log_url']), creator: ask.viewer as Viewer, at: timestamp() };
    if (status.state === 'success' && body['auto_inactive'] !== false) retireOlder(layer, deployment, status);
    deployment.statuses.push(status);
    const formatted = formatDeploymentStatus(layer, deployment, status);
    await announce(layer, 'deployment_status', { action: 'created', deployment_status: formatted, deployment: formatDeployment(layer, deployment), repository: await repositoryOf(ask, layer), sender: simpleUser(layer, status.creator) });
    return { status: 201, body: formatted };
  }),
];
