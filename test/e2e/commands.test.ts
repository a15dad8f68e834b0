// Commands in comments: read on any run, obeyed by permission.
import { expect, test } from 'vitest';
import { commentPayload, pullPayload } from '../../sandbox/event.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, useStage } from './stage.ts';

const stage = useStage();

const say = (number: number, by: string, body: string): Promise<{ id: number }> => stage.github().call('POST', `${API}/issues/${number}/comments`, { token: personToken(by), body: { body } });

test('a waiver by somebody who may: green on the next run, who and why in the title', async () => {
  const number = await stage.open();
  expect((await stage.gate(number)).exitCode).toBe(1);
  await say(number, 'ben', '/yardstick waive the load test runs on Friday until 2026-04-01');
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

test('a re-run replays an old payload: the live state counts', async () => {
  const number = await stage.open();
  const old = await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' });
  await stage.github().call('POST', `${API}/issues/${number}/labels`, { body: { labels: ['incident'] } });
  const run = await stage.gate(number, { payload: old });
  expect(run.exitCode, run.log).toBe(0);
});
