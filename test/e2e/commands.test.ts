// Commands in comments: read on any run, obeyed by permission.
import { expect, test } from 'vitest';
import { commentPayload, pullPayload } from '../../sandbox/event.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { runAction } from '../../sandbox/run-action.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { addRepository, openPull, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { API, useStage } from './stage.ts';

const stage = useStage();

const say = (number: number, by: string, body: string): Promise<{ id: number }> => stage.github().call('POST', `${API}/issues/${number}/comments`, { token: personToken(by), body: { body } });

test('a waiver by somebody who may: green on the next run, who and why in the title', async () => {
  const number = await stage.open();
  expect((await stage.gate(number)).exitCode).toBe(1);
  await say(number, 'ben', '/yardstick waive the load test runs on Friday until 2090-04-01');
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(0);
  expect(run.summary.split('\n')[0]).toMatch(/waived.*ben|ben.*waived/i);
  expect((await stage.see(number)).labels).toEqual(['hypothesis: waived']);
});

test.each(['eve', 'cyd'])('a waiver by %s, who may not: nothing changes, and it is said', async (login) => {
  const number = await stage.open();
  await say(number, login, '/yardstick waive I am in a hurry');
  const run = await stage.gate(number);
  expect(run.exitCode).toBe(1);
  expect((await stage.see(number)).labels).toEqual(['hypothesis: needed']);
  expect(run.summary + (await stage.see(number)).comments.join('')).toMatch(new RegExp(login));
});

test('a command that a bot\'s comment quotes is not obeyed', async () => {
  const number = await stage.open({ comments: [{ by: 'infracost[bot]', body: '/yardstick waive because I say so' }] });
  expect((await stage.gate(number)).exitCode).toBe(1);
});

test('a comment re-runs the head\'s own job, and stays green itself', async () => {
  const number = await stage.open();
  const first = await stage.gate(number);
  expect(first.exitCode).toBe(1);
  const { id } = await say(number, 'ben', '/yardstick waive the load test runs on Friday');
  const run = await stage.gate(number, { event: 'issue_comment', payload: await commentPayload(stage.github(), REPOSITORY, { number, comment: id }) });
  expect(run.exitCode, run.log).toBe(0);
  expect(run.requests.map((request) => `${request.method} ${request.path}`)).toContain(`POST ${API}/actions/jobs/${first.jobId}/rerun`);
});

test('without `actions: write` the comment says to press Re-run', async () => {
  const number = await stage.open();
  await stage.gate(number);
  const { id } = await say(number, 'ben', '/yardstick waive the load test runs on Friday');
  const token = await stage.github().tokens.workflow(REPOSITORY, { contents: 'read', issues: 'write', metadata: 'read', pull_requests: 'write', checks: 'read', actions: 'read' });
  const run = await stage.gate(number, { event: 'issue_comment', token, payload: await commentPayload(stage.github(), REPOSITORY, { number, comment: id }) });
  expect(run.exitCode, run.log).toBe(0);
  expect((await stage.see(number)).comments.join('') + run.log).toMatch(/re-run/i);
});

test('a comment on an issue, or one without a command, starts nothing', async () => {
  const number = await stage.open();
  const { id } = await say(number, 'ben', 'Looks good to me');
  const payload = await commentPayload(stage.github(), REPOSITORY, { number, comment: id });
  const run = await stage.gate(number, { event: 'issue_comment', payload });
  expect(run.exitCode).toBe(0);
  const issue = await say(1, 'ben', 'What about nights?');
  const other = await stage.gate(number, { event: 'issue_comment', payload: await commentPayload(stage.github(), REPOSITORY, { number: 1, comment: issue.id }) });
  expect(other.exitCode).toBe(0);
});

test('an incident label ends the questions by whoever may waive, and by nobody else', async () => {
  const number = await stage.open();
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { token: personToken('eve'), body: { labels: ['incident'] } });
  const refused = await stage.gate(number);
  expect(refused.exitCode).toBe(1);
  expect(refused.summary).toMatch(/label `incident` was set by `eve`, who may not waive here/);
  await stage.github().call('DELETE', `${API}/issues/${number}/labels/incident`, { token: personToken('eve') });
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { token: personToken('ben'), body: { labels: ['incident'] } });
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(0);
  expect(run.summary.split('\n')[0]).toMatch(/repair/);
});

test('a waiver by a member of a team, where the token may see the team', async () => {
  const github = stage.github();
  const repository = await addRepository(github, 'by-team', { '.github/yardstick.yml': "waivers:\n  allow: ['@harbour-goods/platform']\n", 'charts/orders/values.yaml': ORDERS_VALUES });
  github.store.teams.set('harbour-goods/platform', ['cyd']);
  const comments = [{ by: 'cyd', body: '/yardstick waive the load test runs on Friday' }];
  const number = await openPull(github, repository, { slug: 'scale', title: 'Scale orders', body: '', author: 'ana', labels: [], comments, files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') } });
  const run = async (token: string): ReturnType<typeof runAction> => runAction(github, { repository, event: 'pull_request_target', at: START, token, payload: await pullPayload(github, repository, { number, action: 'opened' }) });
  // No GITHUB_TOKEN sees the teams of an organisation: that takes the token of an App.
  const blind = await run(await github.tokens.workflow(repository));
  expect(blind.exitCode).toBe(1);
  expect(blind.summary).toMatch(/`cyd` may not waive here.*members: read/);
  const seeing = await run(await github.tokens.installation('harbour-ci'));
  expect(seeing.exitCode, seeing.log).toBe(0);
  expect(seeing.summary.split('\n')[0]).toMatch(/waived.*cyd|cyd.*waived/i);
});

test('a re-run replays an old payload: the live state counts', async () => {
  const number = await stage.open();
  const old = await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' });
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { body: { labels: ['incident'] } });
  const run = await stage.gate(number, { payload: old });
  expect(run.exitCode, run.log).toBe(0);
});
