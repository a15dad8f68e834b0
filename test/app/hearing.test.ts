// What changes elsewhere is heard where it matters: issues that pull requests link, and the configuration of the branch they go into.
import { describe, expect, test } from 'vitest';
import { announce } from '../../sandbox/github/deliver.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { addRepository, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { STORES, useApp } from './own-app.ts';
import { checksOf, until } from './running-app.ts';

describe.each(STORES)('an App on %s', (kind) => {
  const stage = useStage();
  const app = useApp(stage, kind);

  const ana = personToken('ana');
  const conclusion = async (number: number) => (await checksOf(stage.github(), number)).at(-1)?.conclusion;
  const becomes = (number: number, expected: string) => until(() => conclusion(number), (found) => found === expected);
  const idle = () => until(async () => (await (await fetch(`${app().url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean);
  const openIssue = async (repository: string, body: string) => (await stage.github().call<{ number: number }>('POST', `/repos/${repository}/issues`, { token: ana, body: { title: 'Bet', body } })).number;
  const editIssue = (repository: string, number: number, body: string) => stage.github().call('PATCH', `/repos/${repository}/issues/${number}`, { token: ana, body: { body } });
  const requestsSince = (mark: number) => stage.github().requests.slice(mark).filter(({ viewer }) => viewer === 'yardstick[bot]').map(({ method, path }) => `${method} ${path}`);

  test('hears of an issue that is closed by its address', async () => {
    const issue = await openIssue(REPOSITORY, SOUND_BODY);
    const number = await stage.open({ title: `Scale orders, closing #${issue}`, body: `Fixes https://github.com/${REPOSITORY}/issues/${issue}` });
    expect(await becomes(number, 'success')).toBe('success');
    await editIssue(REPOSITORY, issue, 'never mind');
    expect(await becomes(number, 'failure')).toBe('failure');
  });

  test('hears of an issue that is opened after it was linked', async () => {
    const number = await stage.open({ title: 'Scale orders before the bet', body: '' });
    expect(await becomes(number, 'failure')).toBe('failure');
    await stage.github().call('PATCH', `${API}/pulls/${number}`, { token: ana, body: { body: `Hypothesis: #${number + 1}` } });
    await idle();
    expect(await openIssue(REPOSITORY, SOUND_BODY)).toBe(number + 1);
    expect(await becomes(number, 'success')).toBe('success');
  });

  test('hears of issues of other repositories, which only the store leads back from', async () => {
    const bets = await addRepository(stage.github(), 'bets', {});
    const issue = await openIssue(bets, SOUND_BODY);
    const named = await stage.open({ title: 'Scale orders, as a bet elsewhere says', body: `Hypothesis: ${bets}#${issue}` });
    const closing = await stage.open({ title: 'Scale orders, closing a bet elsewhere', body: '' });
    stage.github().store.links.set(`${REPOSITORY}#${closing}`, [`${bets}#${issue}`]);
    await stage.github().call('PATCH', `${API}/pulls/${closing}`, { token: ana, body: { body: 'Linked in the sidebar.' } });
    for (const number of [named, closing]) expect(await becomes(number, 'success')).toBe('success');
    await idle();
    await editIssue(bets, issue, 'never mind');
    for (const number of [named, closing]) expect(await becomes(number, 'failure')).toBe('failure');
  });

  test('asks nothing for an issue where no check of ours ever stood', async () => {
    const quiet = await addRepository(stage.github(), 'quiet', {});
    await idle();
    const mark = stage.github().requests.length;
    await openIssue(quiet, SOUND_BODY);
    await until(async () => stage.github().store.deliveries.some(({ event }) => event === 'issues'), Boolean);
    await idle();
    expect(requestsSince(mark)).toEqual([]);
  });

  test('hears of a configuration that is pushed to a branch which is not the default one', async () => {
    const pushed = async (mode: string, at: string) => {
      await stage.github().push(REPOSITORY, { branch: 'release', from: mode === 'observe' ? 'main' : 'release', files: { '.github/yardstick.yml': `version: 1\nmode: ${mode}\n` }, message: `To ${mode}`, author: 'ana', at });
      // The emulator tells of no push.
      const repository = await stage.github().call<{ full_name: string }>('GET', API);
      await announce(stage.github(), 'push', { ref: 'refs/heads/release', commits: [{ added: [], removed: [], modified: ['.github/yardstick.yml'] }], repository, sender: { login: 'ana' } });
    };
    await pushed('observe', START);
    await stage.github().push(REPOSITORY, { branch: 'into-release', from: 'release', files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 44') }, message: 'Scale', author: 'ben', at: START });
    const { number } = await stage.github().call<{ number: number }>('POST', `${API}/pulls`, { token: personToken('ben'), body: { title: 'Scale for the release', body: '', head: 'into-release', base: 'release' } });
    expect(await becomes(number, 'success')).toBe('success');
    await pushed('enforce', '2026-03-02T11:00:00Z');
    expect(await becomes(number, 'failure')).toBe('failure');
  });
});
