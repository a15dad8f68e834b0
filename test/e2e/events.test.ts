// Every event that a workflow may name: useful ones decide, the others end green with one line.
import { expect, test } from 'vitest';
import { basePayload, mergeGroupPayload, pullPayload } from '../../sandbox/event.ts';
import { READ_ONLY_PERMISSIONS } from '../../sandbox/github/tokens.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { API, useStage, writes } from './stage.ts';

const stage = useStage();
const head = async (number: number): Promise<{ head: { sha: string }; base: { sha: string } }> => stage.github().call('GET', `${API}/pulls/${number}`);

test('merge_group: the pull request\'s verdict, at once', async () => {
  const number = await stage.open();
  const pull = await head(number);
  const payload = await mergeGroupPayload(stage.github(), REPOSITORY, { number, sha: pull.head.sha, base: pull.base.sha });
  const run = await stage.gate(number, { event: 'merge_group', payload });
  expect(run.exitCode, run.log).toBe(1);
  expect(run.outputs['verdict']).toBe('fail');
  expect(writes(run)).toEqual([]);
});

test('merge_group that names no pull request: fails at once, and says why', async () => {
  const number = await stage.open();
  const pull = await head(number);
  const payload = await mergeGroupPayload(stage.github(), REPOSITORY, { number, sha: pull.head.sha, base: pull.base.sha });
  const unnamed = JSON.parse(JSON.stringify(payload).replace(`pr-${number}-`, 'batch-')) as typeof payload;
  const run = await stage.gate(number, { event: 'merge_group', payload: unnamed });
  expect(run.exitCode, run.log).toBe(1);
  expect(run.log).toMatch(/merge group/i);
});

test('workflow_dispatch with a pull request\'s number: its verdict', async () => {
  const number = await stage.open();
  const payload = { ...(await basePayload(stage.github(), REPOSITORY)), inputs: { 'pull-request': String(number) }, ref: 'refs/heads/main' };
  const run = await stage.gate(number, { event: 'workflow_dispatch', payload });
  expect(run.outputs['verdict'], run.log).toBe('fail');
});

test('a draft pull request is evaluated like any other', async () => {
  const number = await stage.open();
  await stage.github().call('PATCH', `${API}/pulls/${number}`, { body: { draft: true } });
  const run = await stage.gate(number);
  expect(run.outputs['verdict'], run.log).toBe('fail');
});

test('a newer head: the run of the old one says superseded and writes nothing', async () => {
  const number = await stage.open({ slug: 'moves-on' });
  const payload = await pullPayload(stage.github(), REPOSITORY, { number, action: 'synchronize' });
  await stage.github().push(REPOSITORY, { branch: 'moves-on', from: 'moves-on', files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 20') }, message: 'More', author: 'ana', at: START });
  const run = await stage.gate(number, { payload });
  expect(run.exitCode, run.log).toBe(0);
  expect(run.log).toMatch(/superseded/);
  expect(writes(run)).toEqual([]);
});

test.each(['deployment_status', 'release', 'schedule', 'push', 'star', 'something_new'])('%s ends green, with a line that says why', async (event) => {
  const payload = { ...(await basePayload(stage.github(), REPOSITORY)), ref: 'refs/heads/main', commits: [] };
  const run = await stage.gate(0, { event, payload });
  expect(run.exitCode, run.log).toBe(0);
  expect(run.log.trim()).not.toBe('');
});

test('an edited hypothesis issue: the pull requests that link it are looked at again', async () => {
  const number = await stage.open({ body: 'Hypothesis: #1\n' });
  const first = await stage.gate(number);
  expect(first.exitCode, first.log).toBe(0);
  await stage.github().call('PATCH', `${API}/issues/1`, { body: { body: '## Hypothesis\nIt gets better.\n' } });
  const issue = await stage.github().call('GET', `${API}/issues/1`);
  const run = await stage.gate(number, { event: 'issues', payload: { ...(await basePayload(stage.github(), REPOSITORY)), action: 'edited', issue, changes: { body: { from: 'old' } } } });
  expect(run.exitCode, run.log).toBe(0);
  expect(run.requests.map((request) => `${request.method} ${request.path}`), run.log).toContain(`POST ${API}/actions/jobs/${first.jobId}/rerun`);
});

test('pull_request from a fork: read-only, and it still gates', async () => {
  const github = stage.github();
  const fork = await github.fork(REPOSITORY, 'eve');
  await github.push(fork, { branch: 'more-pods', from: 'main', files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') }, message: 'More pods', author: 'eve', at: START });
  const { number } = await github.call<{ number: number }>('POST', `${API}/pulls`, { token: personToken('eve'), body: { title: 'More pods', body: 'Hypothesis: hypotheses/none.md', head: 'eve:more-pods', base: 'main' } });
  expect(await github.call('GET', `${API}/pulls/${number}`)).toMatchObject({ head: { repo: { full_name: fork } }, base: { repo: { full_name: REPOSITORY } } });
  const run = await stage.gate(number, { event: 'pull_request', token: await github.tokens.workflow(REPOSITORY, READ_ONLY_PERMISSIONS) });
  expect(run.exitCode, run.log).toBe(1);
  expect(run.outputs['verdict']).toBe('fail');
  expect(run.summary).toMatch(/hypotheses\/none\.md/);
  expect(run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([expect.stringMatching(/pull-requests: write/)]);
  expect(await stage.see(number)).toEqual({ comments: [], labels: [] });
});
