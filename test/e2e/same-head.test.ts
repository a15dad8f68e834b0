// The Action on a commit that is the head of several pull requests: its job is the check of all of them.
import { expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { API, useStage } from './stage.ts';

const stage = useStage();

test('a second pull request into a branch that asks nothing ends red too, also when it is closed', async () => {
  await stage.github().push(REPOSITORY, { branch: 'old', from: 'main', files: { '.github/yardstick.yml': 'mode: observe\n' }, message: 'Old', author: 'ben', at: START });
  const first = await stage.open({ slug: 'shared' });
  const { number: second } = await stage.github().call<{ readonly number: number }>('POST', `${API}/pulls`, { token: personToken('ben'), body: { title: 'Second', body: '', head: 'shared', base: 'old' } });
  const run = await stage.gate(second);
  expect([run.exitCode, run.outputs['verdict']], run.log).toEqual([1, 'fail']);
  expect(run.log).toContain(`#${first}: hypothesis needed`);
  expect(run.summary).toContain(`#${first} and #${second} end with the same commit`);
  await stage.github().call('PATCH', `${API}/pulls/${second}`, { token: personToken('ben'), body: { state: 'closed' } });
  const after = await stage.gate(second, { payload: await pullPayload(stage.github(), REPOSITORY, { number: second, action: 'closed' }) });
  expect([after.exitCode, after.outputs['verdict']], after.log).toEqual([1, 'fail']);
  await stage.github().call('PATCH', `${API}/pulls/${first}`, { token: personToken('ben'), body: { state: 'closed' } });
  const last = await stage.gate(first, { payload: await pullPayload(stage.github(), REPOSITORY, { number: first, action: 'closed' }) });
  expect(last.exitCode, last.log).toBe(0);
});
