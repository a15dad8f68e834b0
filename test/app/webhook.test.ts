// The App end to end, on both stores: a signed webhook comes in and is stored, the same gate decides, a check run stands on the head.
import { describe, expect, test } from 'vitest';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { pullPayload } from '../../sandbox/event.ts';
import { installationOf, personToken } from '../../sandbox/github/upstream.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { STORES, useApp } from './own-app.ts';
import { checksOf, send, until } from './running-app.ts';

describe.each(STORES)('the App on %s', (kind) => {
  const stage = useStage();
  const app = useApp(stage, kind);

  let opened = 0;
  /** Each with a commit of its own: the check stands on the commit. */
  const open = (changes: { readonly body?: string } = {}) => stage.open({ title: `Scale orders, take ${(opened += 1)}`, ...changes });
  const checks = (number: number) => until(() => checksOf(stage.github(), number), (found) => found.length > 0);
  const comments = (number: number) => stage.github().call<readonly { readonly user: { readonly login: string }; readonly body: string }[]>('GET', `${API}/issues/${number}/comments`);
  const payload = async (number: number, action: string) => ({ ...(await pullPayload(stage.github(), REPOSITORY, { number, action })), installation: { id: installationOf(YARDSTICK_APP) } });

  test('fails the check of a pull request that scales without a hypothesis', async () => {
    const number = await open();
    expect(await checks(number)).toMatchObject([{ name: 'yardstick', status: 'completed', conclusion: 'failure', output: { title: expect.stringContaining('replicas 4 → 12') } }]);
    expect(await until(() => comments(number), (found) => found.length > 0)).toMatchObject([{ user: { login: 'yardstick[bot]' }, body: expect.stringContaining('## Hypothesis') }]);
    expect(stage.github().store.deliveries.filter(({ event }) => event === 'pull_request').map(({ statusCode }) => statusCode)).toContain(202);
  });

  test('passes it when the hypothesis is sound, without a comment', async () => {
    const number = await open({ body: SOUND_BODY });
    expect(await checks(number)).toMatchObject([{ conclusion: 'success' }]);
    expect(await comments(number)).toEqual([]);
  });

  test('does the same delivery once, however often it comes', async () => {
    const number = await open({ body: SOUND_BODY });
    await checks(number);
    const opened = { event: 'pull_request', payload: await payload(number, 'opened'), id: 'the-same-one' };
    expect(await Promise.all([1, 2, 3].map(() => send(app().url, opened)))).toEqual([202, 202, 202]);
    expect(await send(app().url, opened)).toBe(202);
    await new Promise((resolve) => void setTimeout(resolve, 500));
    expect(await checksOf(stage.github(), number)).toHaveLength(1);
  });

  test('answers a burst once: opened, labelled four times, edited', async () => {
    const number = await open({ body: SOUND_BODY });
    await checks(number);
    const payloads = await Promise.all(['opened', 'labeled', 'labeled', 'labeled', 'labeled', 'edited'].map((action) => payload(number, action)));
    await until(() => read(app().url, /^yardstick_queue_depth (\d+)$/m), (waiting) => waiting === 0);
    const before = await read(app().url, /^yardstick_evaluations_total\{verdict="pass"\} (\d+)$/m);
    // As far away as GitHub is.
    stage.github().faults.set({ on: /^POST \/graphql/, latency: 200 });
    for (const each of payloads) {
      await send(app().url, { event: 'pull_request', payload: each });
      await new Promise((resolve) => void setTimeout(resolve, 25));
    }
    await until(() => read(app().url, /^yardstick_queue_depth (\d+)$/m), (waiting) => waiting === 0);
    stage.github().faults.clear();
    expect((await read(app().url, /^yardstick_evaluations_total\{verdict="pass"\} (\d+)$/m)) - before).toBe(1);
    expect(await checksOf(stage.github(), number)).toHaveLength(1);
  });

  test('edits its check when the verdict changes', async () => {
    const number = await open();
    const [first] = await checks(number);
    await stage.github().call('PATCH', `${API}/pulls/${number}`, { body: { body: SOUND_BODY } });
    const now = await until(() => checksOf(stage.github(), number), ([check]) => check?.conclusion === 'success');
    expect(now).toMatchObject([{ id: first?.id, conclusion: 'success' }]);
  });

  test('tries again what failed for a moment, and tells nobody', async () => {
    stage.github().faults.set({ on: /^POST \/graphql/, status: 502, times: 6 });
    const number = await open({ body: SOUND_BODY });
    expect(await checks(number)).toMatchObject([{ conclusion: 'success' }]);
  });

  test('keeps a record of what was merged, and the dashboard', async () => {
    const number = await open({ body: SOUND_BODY });
    await checks(number);
    await stage.github().call('PUT', `${API}/pulls/${number}/merge`, { token: personToken('ana'), body: {} });
    expect(await send(app().url, { event: 'pull_request', payload: await payload(number, 'closed') })).toBe(202);
    expect((await until(() => comments(number), (found) => found.length > 0)).map(({ body }) => body)).toEqual([expect.stringContaining('<!-- yardstick:record')]);
    const board = await until(async () => (await stage.github().call<readonly { readonly title: string; readonly body: string | null }[]>('GET', `${API}/issues?state=open`)).find(({ title }) => title === 'Hypothesis dashboard')?.body ?? '', (body) => body.includes(`#${number}`), 8000);
    expect(board).toContain(`#${number}`);
  });

  test('is ready, and counts what it does', async () => {
    expect(await (await fetch(`${app().url}/readyz`)).text()).toBe('ready');
    const metrics = await (await fetch(`${app().url}/metrics`)).text();
    expect(metrics).toMatch(/yardstick_deliveries_total\{outcome="accepted"\} \d+/);
    expect(metrics).toMatch(/yardstick_evaluations_total\{verdict="fail"\} \d+/);
    expect(metrics).toMatch(/yardstick_queue_depth \d+/);
  });
});

/** A figure of /metrics. */
async function read(url: string, figure: RegExp): Promise<number> {
  return Number(figure.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);
}
