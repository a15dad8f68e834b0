// A broken configuration: told with line and column where it is made, harmless elsewhere.
import { expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { runAction } from '../../sandbox/run-action.ts';
import { BASE_FILES, ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { addRepository, openPull, START } from '../../sandbox/seed/organisation.ts';
import { useStage, writes } from './stage.ts';

const stage = useStage();
const SCALED = { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') };
const SEED = { title: 'Scale orders', body: '', author: 'ana', labels: [], comments: [] };

/** Opens a pull request in any repository and runs the Action on it. */
async function gateIn(repository: string, slug: string, files: Readonly<Record<string, string>>): ReturnType<typeof runAction> {
  const number = await openPull(stage.github(), repository, { ...SEED, slug, files });
  const payload = await pullPayload(stage.github(), repository, { number, action: 'opened' });
  return runAction(stage.github(), { repository, event: 'pull_request_target', payload, at: START });
}

test('on the pull request that breaks it: failure, with annotations at line and column', async () => {
  const number = await stage.open({ files: { '.github/yardstick.yml': 'version: 1\nmode: enforce\nscopes:\n  labels: [infra]\nmetrics:\n  p95: { unit: ms, better: smaller }\n' } });
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(1);
  const errors = run.annotations.filter((annotation) => annotation.properties['file'] === '.github/yardstick.yml');
  expect(errors.map((annotation) => annotation.properties['line'])).toEqual(expect.arrayContaining(['3', '6']));
  expect(errors.every((annotation) => annotation.level === 'error')).toBe(true);
  expect(errors.map((annotation) => annotation.message).join('\n')).toMatch(/scope/);
});

test('on a pull request that keeps it sound: green, and tried out on what is there', async () => {
  const repository = await addRepository(stage.github(), 'rehearsed', BASE_FILES);
  const merged = await openPull(stage.github(), repository, { ...SEED, slug: 'scale', files: SCALED });
  await stage.github().call('PUT', `/repos/${repository}/pulls/${merged}/merge`, { body: {} });
  const run = await gateIn(repository, 'leave-out', { '.github/yardstick.yml': `${BASE_FILES['.github/yardstick.yml']}\nexempt: { paths: ['charts/**'] }\n` });
  expect(run.exitCode, run.log).toBe(0);
  expect(run.summary).toMatch(/Under the configuration it brings, this pull request would read: not in scope/);
  expect(run.summary).toContain(`Of the last 1 merged pull requests it would have asked 0 for a hypothesis, the one in force 1; no more \`#${merged}\`.`);
  expect(writes(run)).toEqual([]);
});

test('elsewhere: the last good one counts, and a warning says so', async () => {
  const repository = await addRepository(stage.github(), 'once-good', BASE_FILES);
  await stage.github().push(repository, { branch: 'main', from: 'main', files: { '.github/yardstick.yml': 'mode: [\n' }, message: 'Break it', author: 'ben', at: '2026-03-01T09:00:00Z' });
  const run = await gateIn(repository, 'scale', SCALED);
  expect(run.outputs['verdict'], run.log).toBe('fail');
  expect(run.summary).toMatch(/configuration is broken.*last good one/i);
  expect(run.annotations).toContainEqual(expect.objectContaining({ level: 'warning', properties: expect.objectContaining({ file: '.github/yardstick.yml' }) }));
});

test('none anywhere: the workflow is the opt-in, the defaults apply', async () => {
  const repository = await addRepository(stage.github(), 'bare', { 'charts/orders/values.yaml': ORDERS_VALUES });
  const run = await gateIn(repository, 'scale', SCALED);
  expect(run.outputs['verdict'], run.log).toBe('fail');
  expect(run.exitCode).toBe(1);
});

test('only the organisation has one: it is used, and named', async () => {
  await addRepository(stage.github(), '.github', { '.github/yardstick.yml': 'mode: advise\n' });
  const repository = await addRepository(stage.github(), 'follower', { 'charts/orders/values.yaml': ORDERS_VALUES });
  const run = await gateIn(repository, 'scale', SCALED);
  expect(run.outputs['verdict'], run.log).toBe('neutral');
  expect(run.exitCode).toBe(0);
});

test.each([['an unknown command', { command: 'guess' }, /command/], ['a path outside', { config: '../secrets.yml' }, /config/], ['an unknown fail-on', { 'fail-on': 'always' }, /fail-on/]])('%s in the inputs: exit code 1, with what is allowed', async (_, inputs, said) => {
  const number = await stage.open();
  const run = await stage.gate(number, { inputs });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(said);
});

test.each([['failure', 1], ['problem', 1], ['never', 0]])('fail-on: %s ends a missing hypothesis with exit code %i', async (failOn, exitCode) => {
  const number = await stage.open();
  const run = await stage.gate(number, { inputs: { 'fail-on': failOn } });
  expect(run.outputs['verdict']).toBe('fail');
  expect(run.exitCode).toBe(exitCode);
});
