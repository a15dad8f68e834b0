// GitHub Actions: jobs with their check runs, runs, re-runs and artefacts. The sandbox starts a job whenever it runs the Action.
import { type Answer, type Ask, demand, fullName, param, Refusal } from './exchange.ts';
import { ACTIONS_APP, APPS } from './apps.ts';
import { gitOf, type Layer, timestamp } from './layer.ts';
import { simpleUser } from './account.ts';
import { route, type Route } from './route.ts';
import type { Artifact, Job } from './store.ts';
import { packZip } from './zip.ts';

/** Starts a job; its check run is there at once, without a conclusion. */
export function startJob(layer: Layer, of: Pick<Job, 'repository' | 'sha' | 'branch' | 'name' | 'event'>): Job {
  const job: Job = { ...of, id: layer.store.nextId(), runId: layer.store.nextId(), at: timestamp(), conclusion: null, attempt: 1 };
  layer.store.jobs.push(job);
  return job;
}

export function endJob(layer: Layer, id: number, conclusion: 'success' | 'failure'): void {
  const index = layer.store.jobs.findIndex((job) => job.id === id);
  const job = layer.store.jobs[index];
  if (job !== undefined) layer.store.jobs[index] = { ...job, conclusion };
}

const ended = (job: { conclusion: string | null }): { status: string; conclusion: string | null } => ({ status: job.conclusion === null ? 'in_progress' : 'completed', conclusion: job.conclusion });

/** The check run of a job, as the checks API lists it. */
export function jobCheckRun(layer: Layer, job: Job): Record<string, unknown> {
  const url = `${layer.url}/repos/${job.repository}/check-runs/${job.id}`;
  const page = `${layer.url}/${job.repository}/actions/runs/${job.runId}/job/${job.id}`;
  const app = APPS.find((candidate) => candidate.id === ACTIONS_APP);
  return {
    id: job.id, node_id: `CR_${job.id}`, name: job.name, head_sha: job.sha, external_id: String(job.id), url, html_url: page, details_url: page, ...ended(job), started_at: job.at, completed_at: job.conclusion === null ? null : job.at,
    output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: `${url}/annotations` }, check_suite: { id: job.runId }, pull_requests: [],
    app: { id: ACTIONS_APP, slug: app?.slug, node_id: 'A_15368', owner: simpleUser(layer, { login: 'github', type: 'User' }), name: app?.name, description: 'Automate your workflow from idea to production', external_url: 'https://help.github.com/en/actions', html_url: 'https://github.com/apps/github-actions', created_at: job.at, updated_at: job.at, permissions: app?.permissions, events: [] },
  };
}

function formatJob(layer: Layer, job: Job): Record<string, unknown> {
  const url = `${layer.url}/repos/${job.repository}/actions/jobs/${job.id}`;
  return {
    id: job.id, run_id: job.runId, run_url: `${layer.url}/repos/${job.repository}/actions/runs/${job.runId}`, run_attempt: job.attempt, node_id: `CR_${job.id}`, head_sha: job.sha, head_branch: job.branch, url, html_url: `${layer.url}/${job.repository}/actions/runs/${job.runId}/job/${job.id}`,
    ...ended(job), created_at: job.at, started_at: job.at, completed_at: job.conclusion === null ? null : job.at, name: job.name, workflow_name: 'Yardstick', steps: [], check_run_url: `${layer.url}/repos/${job.repository}/check-runs/${job.id}`, labels: ['ubuntu-latest'], runner_id: 1, runner_name: 'sandbox', runner_group_id: 1, runner_group_name: 'Default',
  };
}

async function formatRun(layer: Layer, job: Job, ask: Ask): Promise<Record<string, unknown>> {
  const repository = (await layer.upstream.request('GET', `/repos/${job.repository}`, { token: ask.token })).body;
  const facts = await gitOf(layer, job.repository).facts(job.sha);
  const url = `${layer.url}/repos/${job.repository}/actions/runs/${job.runId}`;
  return {
    id: job.runId, name: 'Yardstick', node_id: `WFR_${job.runId}`, check_suite_id: job.runId, check_suite_node_id: `CS_${job.runId}`, head_branch: job.branch, head_sha: job.sha, path: '.github/workflows/yardstick.yml', run_number: 1, run_attempt: job.attempt, display_title: 'Yardstick', event: job.event,
    ...ended(job), workflow_id: 1, url, html_url: `${layer.url}/${job.repository}/actions/runs/${job.runId}`, pull_requests: [], created_at: job.at, updated_at: job.at, run_started_at: job.at, jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, check_suite_url: `${url}/suite`, artifacts_url: `${url}/artifacts`, cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, workflow_url: `${layer.url}/repos/${job.repository}/actions/workflows/1`,
    head_commit: { id: job.sha, tree_id: facts.tree, message: facts.message, timestamp: facts.author.date, author: { name: facts.author.name, email: facts.author.email }, committer: { name: facts.author.name, email: facts.author.email } }, repository, head_repository: repository,
  };
}

function formatArtifact(layer: Layer, artifact: Artifact): Record<string, unknown> {
  const url = `${layer.url}/repos/${artifact.repository}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id, node_id: `MDg6${artifact.id}`, name: artifact.name, size_in_bytes: packZip(artifact.files).length, url, archive_download_url: `${url}/zip`, expired: false, created_at: artifact.at, expires_at: '2099-01-01T00:00:00Z', updated_at: artifact.at,
    workflow_run: { id: artifact.runId, repository_id: 1, head_repository_id: 1, head_branch: artifact.branch, head_sha: artifact.sha },
  };
}

function jobOf(ask: Ask, layer: Layer, by: 'id' | 'runId'): Job {
  const job = layer.store.jobs.find((candidate) => candidate.repository === fullName(ask) && candidate[by] === Number(param(ask, 'id')));
  if (job === undefined) throw new Refusal(404, 'Not Found');
  return job;
}

function rerun(ask: Ask, layer: Layer, by: 'id' | 'runId'): Answer {
  demand(ask, ['actions'], 'write');
  const job = jobOf(ask, layer, by);
  if (job.conclusion === null) throw new Refusal(403, 'This workflow run is already running');
  layer.store.jobs[layer.store.jobs.indexOf(job)] = { ...job, conclusion: null, attempt: job.attempt + 1, at: timestamp() };
  return { status: 201, body: {} };
}

function listArtifacts(ask: Ask, layer: Layer, of: (artifact: Artifact) => boolean): Answer {
  const name = ask.url.searchParams.get('name');
  const list = layer.store.artifacts.filter((artifact) => artifact.repository === fullName(ask) && of(artifact) && (name === null || artifact.name === name)).toReversed();
  return { status: 200, body: { total_count: list.length, artifacts: list.slice(0, 100).map((artifact) => formatArtifact(layer, artifact)) } };
}

export const ACTIONS_ROUTES: readonly Route[] = [
  route('GET /repos/:owner/:repo/actions/runs', async (ask, layer) => {
    demand(ask, ['actions'], 'read');
    const wanted = (name: string, value: string): boolean => [null, value].includes(ask.url.searchParams.get(name));
    const list = layer.store.jobs.filter((job) => job.repository === fullName(ask) && wanted('head_sha', job.sha) && wanted('event', job.event) && wanted('branch', job.branch)).toReversed();
    return { status: 200, body: { total_count: list.length, workflow_runs: await Promise.all(list.slice(0, 100).map((job) => formatRun(layer, job, ask))) } };
  }),
  route('GET /repos/:owner/:repo/actions/runs/:id', async (ask, layer) => ({ status: 200, body: await formatRun(layer, jobOf(ask, layer, 'runId'), ask) })),
  route('GET /repos/:owner/:repo/actions/runs/:id/jobs', async (ask, layer) => ({ status: 200, body: { total_count: 1, jobs: [formatJob(layer, jobOf(ask, layer, 'runId'))] } })),
  route('GET /repos/:owner/:repo/actions/jobs/:id', async (ask, layer) => ({ status: 200, body: formatJob(layer, jobOf(ask, layer, 'id')) })),
  route('POST /repos/:owner/:repo/actions/jobs/:id/rerun', async (ask, layer) => rerun(ask, layer, 'id')),
  route('POST /repos/:owner/:repo/actions/runs/:id/rerun', async (ask, layer) => rerun(ask, layer, 'runId')),
  route('POST /repos/:owner/:repo/actions/runs/:id/rerun-failed-jobs', async (ask, layer) => rerun(ask, layer, 'runId')),
  route('GET /repos/:owner/:repo/actions/artifacts', async (ask, layer) => {
    demand(ask, ['actions'], 'read');
    return listArtifacts(ask, layer, () => true);
  }),
  route('GET /repos/:owner/:repo/actions/runs/:id/artifacts', async (ask, layer) => {
    demand(ask, ['actions'], 'read');
    return listArtifacts(ask, layer, (artifact) => artifact.runId === Number(param(ask, 'id')));
  }),
  route('GET /repos/:owner/:repo/actions/artifacts/:id/zip', async (ask, layer) => {
    demand(ask, ['actions'], 'read');
    const url = `${layer.url}/_blobs/artifacts/${param(ask, 'id')}`;
    return { status: 302, headers: { location: url }, body: null };
  }),
  route('GET /_blobs/artifacts/:id', async (ask, layer) => {
    const artifact = layer.store.artifacts.find((candidate) => candidate.id === Number(param(ask, 'id')));
    if (artifact === undefined || ask.token !== null) throw new Refusal(ask.token === null ? 404 : 400, 'A signed address takes no Authorization header');
    return { status: 200, body: packZip(artifact.files), headers: { 'content-type': 'application/zip' } };
  }),
];

/** Stores an artefact of a run, as `actions/upload-artifact` does. */
export function uploadArtifact(layer: Layer, of: Pick<Artifact, 'repository' | 'sha' | 'branch' | 'name' | 'files'>): Artifact {
  const artifact = { ...of, id: layer.store.nextId(), runId: layer.store.nextId(), at: timestamp() };
  layer.store.artifacts.push(artifact);
  layer.store.jobs.push({ id: layer.store.nextId(), runId: artifact.runId, repository: of.repository, sha: of.sha, branch: of.branch, name: 'infracost', event: 'pull_request', at: artifact.at, conclusion: 'success', attempt: 1 });
  return artifact;
}

