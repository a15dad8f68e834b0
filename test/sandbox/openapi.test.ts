// Every answer that the emulated GitHub gives is one that GitHub's own description allows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endJob, startJob, uploadArtifact } from '../../sandbox/github/actions.ts';
import { ACTIONS_APP, YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { deliver } from '../../sandbox/github/deliver.ts';
import { appToken } from '../../sandbox/github/upstream.ts';
import { deviations, operationOf } from '../../sandbox/openapi/contract.ts';
import { OPERATIONS } from '../../sandbox/openapi/paths.ts';
import { openOrganisation, openPull, REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { PULLS } from '../../sandbox/seed/pulls.ts';

let github: GitHub;
beforeAll(async () => {
  github = await openOrganisation();
});
afterAll(() => github.close());

const R = `/repos/${REPOSITORY}`;

/** Asks for everything once, in an order in which each thing is there when it is asked for. */
async function askForEverything(): Promise<void> {
  const [seed] = PULLS;
  if (seed === undefined) throw new Error('no seed');
  const token = await github.tokens.workflow(REPOSITORY);
  const app = await github.tokens.installation('yardstick');
  const deployer = await github.tokens.installation('github-actions');
  const jwt = appToken(YARDSTICK_APP, github.upstream.privateKey, Math.floor(Date.now() / 1000));
  const number = await openPull(github, REPOSITORY, seed);
  const pull = await github.call<{ head: { sha: string } }>('GET', `${R}/pulls/${number}`, { token });
  const { sha } = pull.head;
  const ask = (method: string, path: string, body?: unknown, as: string = token): Promise<{ id: number }> => github.call(method, path, { token: as, ...(body !== undefined && { body }) });

  await ask('GET', '/user', undefined, 'ghp_ana');
  await ask('GET', '/installation/repositories');
  for (const path of ['/app', '/app/installations']) await ask('GET', path, undefined, jwt);
  await ask('POST', `/app/installations/${YARDSTICK_APP + 1_000_000}/access_tokens`, {}, jwt);
  const delivery = await deliver(github, { app: YARDSTICK_APP, event: 'ping', payload: {} });
  await ask('GET', '/app/hook/config', undefined, jwt);
  await ask('GET', '/app/hook/deliveries', undefined, jwt);
  await ask('GET', `/app/hook/deliveries/${delivery.id}`, undefined, jwt);
  await ask('POST', `/app/hook/deliveries/${delivery.id}/attempts`, undefined, jwt);
  for (const path of ['', '/contents/.github/yardstick.yml', '/contents/charts', `/compare/main...${sha}`, '/collaborators/ana/permission', '/pulls', `/pulls/${number}/files`, '/commits', `/commits/${sha}`, `/commits/${sha}/pulls`, '/issues/1', `/issues/${number}`]) await ask('GET', R + path);

  const comment = await ask('POST', `${R}/issues/${number}/comments`, { body: 'Hello' });
  await ask('PATCH', `${R}/issues/comments/${comment.id}`, { body: 'Hello again' });
  for (const path of [`/issues/${number}/comments`, `/issues/comments/${comment.id}`]) await ask('GET', R + path);
  const reaction = await ask('POST', `${R}/issues/comments/${comment.id}/reactions`, { content: 'eyes' });
  await ask('POST', `${R}/issues/comments/${comment.id}/reactions`, { content: 'eyes' });
  await ask('GET', `${R}/issues/comments/${comment.id}/reactions`);
  await ask('DELETE', `${R}/issues/comments/${comment.id}/reactions/${reaction.id}`);

  await ask('POST', `${R}/labels`, { name: 'hypothesis: needed', color: 'd93f0b', description: 'Say what you expect' });
  await ask('PATCH', `${R}/labels/hypothesis%3A%20needed`, { color: 'd93f0c' });
  await ask('POST', `${R}/issues/${number}/labels`, { labels: ['hypothesis: needed'] });
  for (const path of ['/labels', '/labels/hypothesis%3A%20needed', `/issues/${number}/labels`, `/issues/${number}/timeline`]) await ask('GET', R + path);
  await ask('DELETE', `${R}/issues/${number}/labels/hypothesis%3A%20needed`);
  await ask('DELETE', `${R}/issues/comments/${comment.id}`);

  await ask('POST', `${R}/statuses/${sha}`, { state: 'success', context: 'load-test', description: 'p95 210 ms' }, deployer);
  const run = await ask('POST', `${R}/check-runs`, { name: 'yardstick', head_sha: sha, status: 'completed', conclusion: 'success', output: { title: 'a', summary: 'b', annotations: [{ path: 'a', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' }] } }, app);
  await ask('PATCH', `${R}/check-runs/${run.id}`, { output: { title: 'c', summary: 'd' } }, app);
  await ask('GET', `${R}/check-runs/${run.id}`);
  await ask('POST', `${R}/check-runs/${run.id}/rerequest`, undefined, app);
  const { check_suite: suite } = run as unknown as { check_suite: { id: number } };
  await ask('POST', `${R}/check-suites/${suite.id}/rerequest`, undefined, app);
  const job = startJob(github, { repository: REPOSITORY, sha, branch: seed.slug, name: 'yardstick', event: 'pull_request_target' });
  const { runId } = job;
  for (const path of ['/actions/runs', `/actions/runs/${runId}/jobs`, `/actions/jobs/${job.id}`, `/commits/${sha}/status`, `/commits/${sha}/statuses`, `/commits/${sha}/check-runs`]) await ask('GET', R + path);
  for (const path of [`/actions/jobs/${job.id}/rerun`, `/actions/runs/${runId}/rerun`, `/actions/runs/${runId}/rerun-failed-jobs`]) {
    endJob(github, job.id, 'failure');
    await ask('POST', R + path);
  }
  const artifact = uploadArtifact(github, { repository: REPOSITORY, sha, branch: seed.slug, name: 'infracost', files: { 'infracost.json': '{}' } });
  for (const path of ['/actions/artifacts', `/actions/runs/${artifact.runId}/artifacts`, `/actions/artifacts/${artifact.id}/zip`]) await fetch(github.url + R + path, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } });

  const deployment = await ask('POST', `${R}/deployments`, { ref: 'main', environment: 'production', auto_merge: false, required_contexts: [] }, deployer);
  await ask('POST', `${R}/deployments/${deployment.id}/statuses`, { state: 'success' }, deployer);
  for (const path of ['/deployments?environment=production', `/deployments/${deployment.id}/statuses`]) await ask('GET', R + path);
  const issue = await ask('POST', `${R}/issues`, { title: 'Hypotheses', body: 'none', labels: ['yardstick: dashboard'] }) as unknown as { number: number };
  await ask('PATCH', `${R}/issues/${issue.number}`, { body: 'one' });
  for (const query of ['state=all&labels=yardstick%3A%20dashboard', 'state=all&per_page=100', 'sort=updated&direction=asc']) await ask('GET', `${R}/issues?${query}`);
  for (const method of ['PUT', 'DELETE']) await ask(method, `${R}/issues/${number}/lock`);
  await github.call('PUT', `${R}/pulls/${number}/merge`, { body: {} });
  await ask('GET', `${R}/pulls?state=closed&sort=updated&direction=desc&per_page=100`);
  await github.call('POST', `${R}/releases`, { body: { tag_name: 'v1', name: 'One' } });
  await ask('GET', `${R}/releases?per_page=100`);
  await ask('GET', `${R}/compare/${sha}...main?per_page=1&page=2`);
  expect(ACTIONS_APP).toBe(15_368);
}

test('answers as GitHub describes itself, on every operation of the fixture', async () => {
  const start = github.requests.length;
  await askForEverything();
  const exchanges = github.requests.slice(start);
  const asked = new Set(exchanges.map((exchange) => operationOf(exchange)?.spec));
  expect(OPERATIONS.filter((spec) => !asked.has(spec))).toEqual([]);
  const described = exchanges.filter((exchange) => operationOf(exchange) !== null);
  expect([...new Set(described.flatMap(deviations))]).toEqual([]);
});
