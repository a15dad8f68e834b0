// What GitHub refuses: each a clear message and the right exit code, nothing half-written.
import { afterEach, expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { primaryLimit, secondaryLimit } from '../../sandbox/github/faults.ts';
import { READ_ONLY_PERMISSIONS } from '../../sandbox/github/tokens.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { useStage, writes } from './stage.ts';

const stage = useStage();
afterEach(() => stage.github().faults.clear());

test('a read-only token still gates, with one warning that names the permission', async () => {
  const number = await stage.open();
  const run = await stage.gate(number, { token: await stage.github().tokens.workflow(REPOSITORY, READ_ONLY_PERMISSIONS) });
  expect(run.exitCode).toBe(1);
  expect(run.outputs['verdict']).toBe('fail');
  const warnings = run.annotations.filter((annotation) => annotation.level === 'warning');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toMatch(/pull-requests: write/);
  expect(await stage.see(number)).toEqual({ comments: [], labels: [] });
});

test('no token: says which input, exit code 1, asks nothing', async () => {
  const number = await stage.open();
  const run = await stage.gate(number, { token: '' });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(/::error.*github-token/);
  expect(run.requests).toEqual([]);
});

test('a token that nobody gave out: 401, exit code 1', async () => {
  const number = await stage.open();
  const run = await stage.gate(number, { token: 'ghs_expired' });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(/::error.*token/i);
});

test('a repository that the token cannot see: 404, exit code 1, told in words', async () => {
  const number = await stage.open();
  const payload = await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' });
  const gone = JSON.parse(JSON.stringify(payload).replaceAll('harbour-goods/platform', 'harbour-goods/gone').replaceAll('"name":"platform"', '"name":"gone"')) as typeof payload;
  const run = await stage.gate(number, { payload: gone, repository: 'harbour-goods/gone', token: await stage.github().tokens.workflow(REPOSITORY) });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(/::error.*harbour-goods\/gone/);
  expect(writes(run)).toEqual([]);
});

test('403 on reading: set-up error, exit code 1', async () => {
  const number = await stage.open();
  stage.github().faults.set({ on: /^(?:GET|POST \/graphql)/, status: 403, message: 'Resource not accessible by integration' });
  const run = await stage.gate(number);
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(/::error/);
  expect(writes(run)).toEqual([]);
});

const TRANSIENT = [
  ['502', { on: /./, status: 502 }],
  ['secondary rate limit', secondaryLimit(/./, 3600)],
  ['hourly rate limit', primaryLimit(/./, 4_000_000_000)],
  ['429 with Retry-After', { on: /./, status: 429, headers: { 'retry-after': '3600' } }],
] as const;

test.each(TRANSIENT)('%s: could not evaluate, green with a warning unless told to block', async (_, fault) => {
  const number = await stage.open();
  stage.github().faults.set(fault);
  const run = await stage.gate(number);
  expect(run.exitCode, run.log).toBe(0);
  expect(run.outputs['verdict']).toBe('neutral');
  expect(run.annotations.some((annotation) => annotation.level === 'warning' && /could not evaluate/i.test(annotation.message + annotation.properties['title']))).toBe(true);
  const blocked = await stage.gate(number, { inputs: { 'on-error': 'block' } });
  expect(blocked.exitCode).toBe(1);
  stage.github().faults.clear();
  expect(await stage.see(number)).toEqual({ comments: [], labels: [] });
});

test('one 502 in the middle is retried', async () => {
  const number = await stage.open();
  stage.github().faults.set({ on: /\/files/, status: 502, times: 1 });
  const run = await stage.gate(number);
  expect(run.outputs['verdict']).toBe('fail');
  expect((await stage.see(number)).comments).toHaveLength(1);
});

test('labels are refused: the comment is there all the same', async () => {
  const number = await stage.open();
  stage.github().faults.set({ on: /^POST .*\/labels$/, status: 403, message: 'Resource not accessible by integration', headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' } });
  const run = await stage.gate(number);
  expect(run.exitCode).toBe(1);
  expect((await stage.see(number)).comments).toHaveLength(1);
  expect(run.annotations.filter((annotation) => annotation.level === 'warning')).toHaveLength(1);
});
