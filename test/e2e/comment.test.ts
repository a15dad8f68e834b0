// The one comment: made once, edited in place, found by author and marker, emptied when green; other people's things stay.
import { expect, test } from 'vitest';
import { personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage, writes } from './stage.ts';

const stage = useStage();

interface RestComment { readonly id: number; readonly body: string; readonly user: { readonly login: string } }

const comments = (number: number): Promise<RestComment[]> => stage.github().call('GET', `${API}/issues/${number}/comments?per_page=100`);
const own = async (number: number): Promise<RestComment[]> => (await comments(number)).filter((comment) => comment.user.login === 'github-actions[bot]');

test('two runs at the same time leave one comment', async () => {
  const number = await stage.open();
  stage.github().faults.set({ on: /^POST .*\/comments$/, latency: 300 });
  const runs = await Promise.all([stage.gate(number), stage.gate(number)]);
  stage.github().faults.clear();
  expect(runs.map((run) => run.exitCode)).toEqual([1, 1]);
  await stage.gate(number);
  expect(await own(number)).toHaveLength(1);
});

test('is edited in place to one line when the hypothesis comes', async () => {
  const number = await stage.open({ labels: ['team: shop'] });
  await stage.gate(number);
  const [before] = await own(number);
  await stage.github().call('PATCH', `${API}/pulls/${number}`, { body: { body: SOUND_BODY } });
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(0);
  const after = await own(number);
  expect(after.map((comment) => comment.id)).toEqual([before?.id]);
  expect(after[0]?.body.replace(/<!--[\s\S]*?-->/g, '').trim().split('\n')).toHaveLength(1);
  expect((await stage.see(number)).labels).toEqual(['hypothesis: linked', 'team: shop']);
});

test('comes again after somebody deleted it', async () => {
  const number = await stage.open();
  await stage.gate(number);
  const [comment] = await own(number);
  await stage.github().call('DELETE', `${API}/issues/comments/${comment?.id}`);
  await stage.gate(number);
  expect(await own(number)).toHaveLength(1);
});

test('is set right after somebody edited it', async () => {
  const number = await stage.open();
  await stage.gate(number);
  const [comment] = await own(number);
  await stage.github().call('PATCH', `${API}/issues/comments/${comment?.id}`, { token: personToken('ben'), body: { body: `${comment?.body.split('\n')[0]}\nNothing to see here` } });
  await stage.gate(number);
  const text = (one: RestComment | undefined): string | undefined => one?.body.replace(/<!--[\s\S]*?-->/, '');
  expect((await own(number)).map(text)).toEqual([text(comment)]);
});

test('a person\'s comment with our marker is theirs: neither edited nor taken for ours', async () => {
  const first = await stage.open();
  await stage.gate(first);
  const [real] = await own(first);
  const number = await stage.open();
  const forged = await stage.github().call<RestComment>('POST', `${API}/issues/${number}/comments`, { token: personToken('eve'), body: { body: real?.body.replaceAll(`#${first}`, `#${number}`) } });
  await stage.gate(number);
  const all = await comments(number);
  expect(all.find((comment) => comment.id === forged.id)?.body).toBe(forged.body);
  expect(await own(number)).toHaveLength(1);
});

test('labels of others are never touched, ours are made with colour and description', async () => {
  const number = await stage.open({ labels: ['team: shop', 'priority: high'] });
  const run = await stage.gate(number);
  expect((await stage.see(number)).labels).toEqual(['hypothesis: needed', 'priority: high', 'team: shop']);
  expect(writes(run).filter((write) => write.startsWith('PUT'))).toEqual([]);
  const label = await stage.github().call('GET', `${API}/labels/${encodeURIComponent('hypothesis: needed')}`);
  expect(label).toMatchObject({ color: expect.stringMatching(/^[0-9a-f]{6}$/i), description: expect.stringMatching(/\S/) });
});

test('a dry run writes nothing and says what it would write', async () => {
  const number = await stage.open();
  const run = await stage.gate(number, { inputs: { 'dry-run': 'true' } });
  expect(writes(run)).toEqual([]);
  expect(run.exitCode).toBe(1);
  expect(run.log + run.summary).toMatch(/comment/i);
});

test('a locked conversation costs the comment, not the gate', async () => {
  const number = await stage.open();
  await stage.github().call('PUT', `/repos/${REPOSITORY}/issues/${number}/lock`, { body: {} });
  const run = await stage.gate(number);
  expect(run.exitCode).toBe(1);
  expect(run.outputs['verdict']).toBe('fail');
  expect((await stage.see(number)).labels).toContain('hypothesis: needed');
});
