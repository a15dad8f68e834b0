// One commit as the head of several pull requests, end to end: its one check tells the worst of their verdicts, in whatever order they come and go.
import { beforeAll, expect, test } from 'vitest';
import { pressButton } from '../../sandbox/github/check-requests.ts';
import { gitOf } from '../../sandbox/github/layer.ts';
import { mirrorBranch } from '../../sandbox/github/mirror.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { useApp } from './own-app.ts';
import { checksOf, deviationsOfApp, until } from './running-app.ts';

const stage = useStage();
const app = useApp(stage);
beforeAll(async () => {
  // Any writer can make a branch whose configuration asks nothing.
  await stage.github().push(REPOSITORY, { branch: 'old', from: 'main', files: { '.github/yardstick.yml': 'mode: observe\n' }, message: 'Old', author: 'ben', at: START });
});

const call = <T = unknown>(method: string, path: string, body?: object) => stage.github().call<T>(method, `${API}${path}`, { token: personToken('ben'), ...(body && { body }) });
const shown = async (number: number) => (await checksOf(stage.github(), number)).map(({ conclusion, output }) => [conclusion, output.title] as const);
const told = (number: number, conclusion: string, title: RegExp) => until(() => shown(number), (found) => found.length === 1 && found[0]?.[0] === conclusion && title.test(found[0][1]), 15_000);
const openFrom = async (head: string, base: string, body = '') => (await call<{ readonly number: number }>('POST', '/pulls', { title: `${head} into ${base}`, body, head, base })).number;

/** Everything that was told is worked off. */
async function quiet(): Promise<void> {
  for (let asked = -1; asked !== stage.github().requests.length; ) {
    asked = stage.github().requests.length;
    await new Promise((resolve) => void setTimeout(resolve, 800));
    await until(async () => (await (await fetch(`${app().url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean);
  }
}

test('a second pull request of the branch does not turn a red check green, nor does its end', async () => {
  const number = await stage.open({ title: 'Scale twice', slug: 'twice' });
  const [alone] = await told(number, 'failure', /^hypothesis needed/);
  const second = await openFrom('twice', 'old');
  await quiet();
  expect(await shown(number)).toEqual([['failure', `#${number}: ${alone?.[1]}`]]);
  await call('PATCH', `/pulls/${second}`, { state: 'closed' });
  await quiet();
  expect(await shown(number)).toEqual([alone]);
});

test('nor does one of another branch at the same commit, which is merged', async () => {
  const number = await stage.open({ title: 'Scale a copy', slug: 'original' });
  const [alone] = await told(number, 'failure', /^hypothesis needed/);
  const git = gitOf(stage.github(), REPOSITORY);
  await git.git(['update-ref', 'refs/heads/copy', await git.resolve('refs/heads/original')]);
  await mirrorBranch({ git, upstream: stage.github().upstream, repository: REPOSITORY, pusher: 'ben' }, 'copy');
  const second = await openFrom('copy', 'old');
  await quiet();
  expect(await shown(number)).toEqual([['failure', `#${number}: ${alone?.[1]}`]]);
  await call('PUT', `/pulls/${second}/merge`, {});
  await quiet();
  expect(await shown(number)).toEqual([alone]);
});

test('a red one makes a green one red, by name, until it is closed', async () => {
  const number = await stage.open({ title: 'Scale soundly', slug: 'soundly', body: SOUND_BODY });
  const [alone] = await told(number, 'success', /./);
  await stage.github().push(REPOSITORY, { branch: 'release', from: 'main', files: { 'notes.md': 'x\n' }, message: 'Release', author: 'ben', at: START });
  const second = await openFrom('soundly', 'release');
  expect(await told(number, 'failure', new RegExp(`^#${second}: hypothesis needed`))).toHaveLength(1);
  const [{ id } = expect.fail('no check')] = await checksOf(stage.github(), number);
  expect((await call<{ readonly output: { readonly summary: string } }>('GET', `/check-runs/${id}`)).output.summary).toContain(`#${number} and #${second} end with the same commit`);
  // Asked for again, and written about, it is the same: the check names both.
  await call('POST', `/check-runs/${id}/rerequest`, {});
  await call('POST', `/issues/${number}/comments`, { body: '/yardstick check' });
  await quiet();
  expect((await shown(number))[0]?.[0]).toBe('failure');
  await call('PATCH', `/pulls/${second}`, { state: 'closed' });
  expect(await told(number, 'success', /./)).toEqual([alone]);
});

test('a green one that was begun before the red one was opened, and ends after it', async () => {
  await stage.github().push(REPOSITORY, { branch: 'slow', from: 'main', files: { 'charts/orders/values.yaml': 'replicaCount: 40\n' }, message: 'Slow', author: 'ben', at: START });
  const before = stage.github().requests.length;
  stage.github().faults.set({ on: /^GET .*\/pulls\/\d+\/files/, latency: 4000, of: 'apps', times: 1 });
  const green = await openFrom('slow', 'old');
  await until(async () => stage.github().requests.slice(before), (requests) => requests.some(({ path, viewer }) => path === '/graphql' && viewer === 'yardstick[bot]'));
  await new Promise((resolve) => void setTimeout(resolve, 500));
  const red = await openFrom('slow', 'main');
  expect(await told(red, 'failure', /needed/)).toHaveLength(1);
  await new Promise((resolve) => void setTimeout(resolve, 5000));
  await quiet();
  expect(await shown(green)).toEqual([['failure', expect.stringMatching(new RegExp(`^#${red}: `))]]);
}, 60_000);

test('a button is pressed for each of them', async () => {
  const number = await stage.open({ title: 'Scale by button', slug: 'buttons' });
  await told(number, 'failure', /needed/);
  const second = await openFrom('buttons', 'release');
  await quiet();
  const [{ id } = expect.fail('no check')] = await checksOf(stage.github(), number);
  await pressButton(stage.github(), REPOSITORY, { run: id, identifier: 'draft', by: 'ben' });
  const bodyOf = async (of: number) => (await call<{ readonly body: string | null }>('GET', `/pulls/${of}`)).body ?? '';
  for (const of of [number, second]) expect(await until(() => bodyOf(of), (body) => body.includes('## Hypothesis'))).toContain('## Hypothesis');
});

test('a head of its own costs no request more', async () => {
  await quiet();
  const before = stage.github().requests.length;
  const number = await stage.open({ title: 'Scale alone', body: SOUND_BODY });
  await told(number, 'success', /./);
  await quiet();
  const own = stage.github().requests.slice(before).filter(({ viewer, path }) => viewer === 'yardstick[bot]' && !path.includes('/access_tokens'));
  // Read once, the change in one query and its files: the label that the App sets itself is no reason to look again.
  expect(own.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(API, '')}`).toSorted()).toEqual(['POST /graphql', `GET /pulls/${number}/files`, 'POST /check-runs', `POST /issues/${number}/labels`].toSorted());
});

test('every request of it is one that GitHub describes', () => {
  expect(deviationsOfApp(stage.github())).toEqual([]);
});
