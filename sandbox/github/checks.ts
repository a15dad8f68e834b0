// Check runs: the emulator's, held to GitHub's limits, and in one list with those of workflow jobs.
import { type Answer, type Ask, bodyOf, demand, fullName, param, Refusal } from './exchange.ts';
import { jobCheckRun } from './actions.ts';
import { APPS } from './apps.ts';
import { gitOf, type Layer } from './layer.ts';
import { simpleUser } from './account.ts';
import type { Pull } from './pulls.ts';
import { route, type Handler, type Route } from './route.ts';
import type { Button } from './store.ts';
import { personToken, STAGEHAND } from './upstream.ts';

const LONGEST_TEXT = 65_535;
const MOST_ANNOTATIONS = 50;

function invalid(message: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${message}`);
}

function checkLimits(body: Readonly<Record<string, unknown>>): void {
  const output = (body['output'] ?? {}) as { title?: string; summary?: string; text?: string; annotations?: unknown[] };
  if ((output.summary?.length ?? 0) > LONGEST_TEXT) throw invalid('Only 65535 characters are allowed; "summary" is longer.');
  if ((output.text?.length ?? 0) > LONGEST_TEXT) throw invalid('Only 65535 characters are allowed; "text" is longer.');
  if ((output.annotations?.length ?? 0) > MOST_ANNOTATIONS) throw invalid('No more than 50 items are allowed in "annotations".');
  const actions = (body['actions'] ?? []) as { label: string; description: string; identifier: string }[];
  if (actions.length > 3) throw invalid('No more than 3 items are allowed in "actions".');
  for (const action of actions) {
    if (action.label.length > 20 || action.description.length > 40 || action.identifier.length > 20) throw invalid('An action\'s label, description or identifier is too long.');
  }
}

/** The emulator names no App; GitHub always does. */
function withApp(layer: Layer, run: unknown, slug: string): Record<string, unknown> {
  const app = APPS.find((candidate) => candidate.slug === slug);
  const at = (run as { started_at?: string }).started_at ?? '2026-01-01T00:00:00Z';
  const { id, output, url } = run as { id: number; output: object; url: string };
  return { ...(run as object), id, output: { ...output, annotations_url: `${url}/annotations` }, app: app === undefined ? null : { id: app.id, slug: app.slug, node_id: `A_${app.id}`, owner: simpleUser(layer, { login: 'github', type: 'User' }), name: app.name, description: '', external_url: layer.url, html_url: `${layer.url}/apps/${app.slug}`, created_at: at, updated_at: at, permissions: app.permissions, events: [] } };
}

/** Whose a check run is: check run id → App's slug. */
const owners = new WeakMap<Layer, Map<number, string>>();

function ownersOf(layer: Layer): Map<number, string> {
  const known = owners.get(layer) ?? new Map<number, string>();
  owners.set(layer, known);
  return known;
}

const writeRun: Handler = async (ask, layer) => {
  demand(ask, ['checks'], 'write');
  if (ask.viewer?.type !== 'Bot') throw new Refusal(403, 'You must authenticate via a GitHub App.');
  const body = bodyOf(ask);
  checkLimits(body);
  if (ask.method === 'POST') {
    const sha = String(body['head_sha']);
    if ((await gitOf(layer, fullName(ask)).find(sha)) === null) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  }
  const answer = await layer.upstream.request(ask.method, ask.url.pathname, { token: ask.token, body });
  if (answer.status >= 300) return answer;
  const slug = ask.viewer.login.replace('[bot]', '');
  const { id } = answer.body as { id: number };
  ownersOf(layer).set(id, slug);
  if (Array.isArray(body['actions'])) layer.store.buttons.set(id, body['actions'] as Button[]);
  return { ...answer, body: withApp(layer, answer.body, slug) };
};

/** A check run as events tell it: with its App, and the open pull requests of this repository whose head it is on. */
export async function ownRun(layer: Layer, repository: string, { run, slug }: { readonly run: { readonly id: number }; readonly slug?: string }): Promise<Record<string, unknown>> {
  const whole = withApp(layer, run, slug ?? ownersOf(layer).get(run.id) ?? 'yardstick');
  return { ...whole, pull_requests: await pullsAt(layer, repository, String(whole['head_sha'])) };
}

/** GitHub names those of the same repository alone; a fork's are not among them. */
async function pullsAt(layer: Layer, repository: string, sha: string): Promise<readonly object[]> {
  const { body } = await layer.upstream.request('GET', `/repos/${repository}/pulls?state=open&per_page=100`, { token: personToken(STAGEHAND) });
  const here = (body as Pull[]).filter(({ head }) => head.repo?.full_name === repository);
  const tips = await Promise.all(here.map(({ head }) => gitOf(layer, repository).find(`refs/heads/${head.ref}`)));
  return here.filter((_, index) => tips[index] === sha).map(({ id, number, head, base }) => {
    const { id: repo, name, url } = base.repo as unknown as { readonly id: number; readonly name: string; readonly url: string };
    const side = (ref: string, at: string): object => ({ ref, sha: at, repo: { id: repo, name, url } });
    return { id, number, url: `${url}/pulls/${number}`, head: side(head.ref, sha), base: side(base.ref, base.sha) };
  });
}

/** One check run, whoever posted it; null where there is none. */
export async function readRun(layer: Layer, repository: string, id: number): Promise<({ readonly id: number } & Record<string, unknown>) | null> {
  const job = layer.store.jobs.find((candidate) => candidate.repository === repository && candidate.id === id);
  if (job !== undefined) return { ...jobCheckRun(layer, job), id };
  const { status, body } = await layer.upstream.request('GET', `/repos/${repository}/check-runs/${id}`, { token: personToken(STAGEHAND) });
  return status === 200 ? { ...withApp(layer, body, ownersOf(layer).get(id) ?? 'yardstick'), id } : null;
}

/** Every check run at a commit, newest first: jobs of workflows and those that Apps posted. */
export async function readCheckRuns(layer: Layer, at: { repository: string; sha: string; token: string | null }): Promise<readonly Record<string, unknown>[]> {
  const jobs = layer.store.jobs.filter((job) => job.repository === at.repository && job.sha === at.sha).map((job) => jobCheckRun(layer, job)).toReversed();
  const posted = await layer.upstream.request('GET', `/repos/${at.repository}/commits/${at.sha}/check-runs?per_page=100`, { token: at.token });
  const runs = ((posted.body as { check_runs?: { id: number }[] }).check_runs ?? []).map((run) => withApp(layer, run, ownersOf(layer).get(run.id) ?? 'yardstick'));
  return [...jobs, ...runs];
}

async function listRuns(ask: Ask, layer: Layer): Promise<Answer> {
  const repository = fullName(ask);
  const sha = await gitOf(layer, repository).find(param(ask, 'ref'));
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${param(ask, 'ref')}`);
  const query = ask.url.searchParams;
  const name = query.get('check_name');
  const app = query.get('app_id');
  let runs = (await readCheckRuns(layer, { repository, sha, token: ask.token })).filter((run) => (name === null || run['name'] === name) && (app === null || String((run['app'] as { id: number } | null)?.id) === app));
  if (query.get('filter') !== 'all') runs = newestOfEach(runs);
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return { status: 200, body: { total_count: runs.length, check_runs: runs.slice((page - 1) * size, page * size) } };
}

/** GitHub's `filter=latest`: one run for each name and App. */
function newestOfEach(runs: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const byKey = new Map<string, Record<string, unknown>>();
  for (const run of runs) {
    const key = `${String(run['name'])} ${(run['app'] as { id: number } | null)?.id}`;
    const old = byKey.get(key);
    if (old === undefined || Number(run['id']) > Number(old['id'])) byKey.set(key, run);
  }
  return [...byKey.values()];
}

export const CHECK_ROUTES: readonly Route[] = [
  route('POST /repos/:owner/:repo/check-runs', writeRun),
  route('PATCH /repos/:owner/:repo/check-runs/:id', writeRun),
  route('GET /repos/:owner/:repo/check-runs/:id', async (ask, layer) => {
    demand(ask, ['checks'], 'read');
    const run = await readRun(layer, fullName(ask), Number(param(ask, 'id')));
    if (run === null) throw new Refusal(404, 'Not Found');
    return { status: 200, body: run };
  }),
  route('GET /repos/:owner/:repo/commits/:ref/check-runs', listRuns),
];
