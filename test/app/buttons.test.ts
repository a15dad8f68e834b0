// What people do with the check of the App, end to end: its buttons, GitHub's "Re-run", and both on a commit that was left.
import { expect, test } from 'vitest';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { pressButton } from '../../sandbox/github/check-requests.ts';
import { installationOf, personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { useApp } from './own-app.ts';
import { checksOf, deviationsOfApp, send, until } from './running-app.ts';

const stage = useStage();
const app = useApp(stage);

interface Shown {
  readonly id: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly head_sha: string;
  readonly output: { readonly title: string; readonly summary: string };
}

const shown = async (number: number): Promise<Shown | undefined> => (await checksOf(stage.github(), number))[0] as unknown as Shown | undefined;
const readRun = (id: number): Promise<Shown> => stage.github().call('GET', `${API}/check-runs/${id}`);
const bodyOf = async (number: number): Promise<string> => (await stage.github().call<{ readonly body: string | null }>('GET', `${API}/pulls/${number}`)).body ?? '';
const press = (run: number, identifier: string, by: string) => pressButton(stage.github(), REPOSITORY, { run, identifier, by });
async function opened(changes: { readonly title: string; readonly body?: string }): Promise<{ readonly number: number; readonly run: number }> {
  const number = await stage.open(changes);
  const found = await until(() => shown(number), (check) => check !== undefined);
  return { number, run: found?.id ?? expect.fail('no check') };
}

test('“Draft it” writes the draft into the description, once, for who may', async () => {
  const { number, run } = await opened({ title: 'Scale by button' });
  await press(run, 'draft', 'eve');
  expect((await until(() => readRun(run), ({ output }) => output.summary.includes('eve'))).output.summary).toContain('`eve` may not have the draft written');
  expect(await bodyOf(number)).not.toContain('## Hypothesis');

  await press(run, 'draft', 'ben');
  const body = await until(() => bodyOf(number), (text) => text.includes('## Hypothesis'));
  expect(body.match(/## Hypothesis/g)).toHaveLength(1);
  // The description was edited, so it is read as anybody's: gaps are to be filled.
  expect((await until(() => readRun(run), ({ output }) => /correction/.test(output.summary))).conclusion).toBe('failure');
  // A button that is pressed on a page from before, where it stood still.
  await askAgain(run, 'check_run', { action: 'requested_action', requested_action: { identifier: 'draft' } });
  expect((await until(() => readRun(run), ({ output }) => output.summary.includes('nothing to draft'))).output.summary).toContain('There is nothing to draft here.');
  expect((await bodyOf(number)).match(/## Hypothesis/g)).toHaveLength(1);
});

test('“Waive” waives nothing without a reason, and says what to write or who may', async () => {
  const { number, run } = await opened({ title: 'Scale and waive' });
  await press(run, 'waive', 'eve');
  expect((await until(() => readRun(run), ({ output }) => output.summary.includes('eve'))).output.summary).toContain('`eve` may not waive here.');
  await press(run, 'waive', 'ben');
  const asked = await until(() => readRun(run), ({ output }) => output.summary.includes('ben'));
  expect(asked).toMatchObject({ conclusion: 'failure', output: { summary: expect.stringContaining('/yardstick waive <reason>') } });
  await stage.github().call('POST', `${API}/issues/${number}/comments`, { token: personToken('ben'), body: { body: '/yardstick waive the sale begins at noon' } });
  expect((await until(() => readRun(run), ({ conclusion }) => conclusion === 'success')).output.title).toContain('waived');
});

/** The check run is asked for again, as for a fork: without a word of the pull request. */
async function askAgain(run: number, of: 'check_run' | 'check_suite', asked: object = { action: 'rerequested' }): Promise<void> {
  const { head_sha } = await readRun(run);
  const repository = await stage.github().call('GET', API);
  const about = { head_sha, pull_requests: [], head_branch: 'feature', check_suite: { head_branch: 'feature' } };
  expect(await send(app().url, { event: of, payload: { ...asked, [of]: of === 'check_run' ? { id: run, ...about } : about, repository, sender: { login: 'ben' }, installation: { id: installationOf(YARDSTICK_APP) } } })).toBe(202);
}

test.each(['check_run', 'check_suite'] as const)('a re-run that names no pull request (%s) is told by its commit; the others are left alone', async (of) => {
  const other = await opened({ title: `Scale other ${of}`, body: SOUND_BODY });
  const { run } = await opened({ title: `Scale forked ${of}`, body: SOUND_BODY });
  const writes = () => stage.github().requests.filter(({ method, path }) => method === 'PATCH' && path.includes('/check-runs/')).map(({ path }) => Number(path.split('/').at(-1)));
  const before = writes().length;
  await askAgain(run, of);
  expect(await until(async () => writes().slice(before), (found) => found.includes(run))).toEqual([run]);
  expect(await readRun(other.run)).toMatchObject({ conclusion: 'success' });
});

const headOf = async (number: number) => (await stage.github().call<{ readonly head: { readonly sha: string } }>('GET', `${API}/pulls/${number}`)).head.sha;

test('a commit that was left is answered as superseded', async () => {
  const { number, run } = await opened({ title: 'Scale and think again' });
  const { head } = await stage.github().call<{ readonly head: { readonly ref: string } }>('GET', `${API}/pulls/${number}`);
  await stage.github().push(REPOSITORY, { branch: head.ref, from: head.ref, files: { 'notes.md': 'more\n' }, message: 'More', author: 'ana', at: '2026-03-02T10:00:00Z' });
  const newest = await until(() => shown(number), (check) => check !== undefined && check.id !== run);
  expect(await readRun(run)).toMatchObject({ conclusion: 'failure' });
  await askAgain(run, 'check_run');
  expect(await until(() => readRun(run), ({ conclusion }) => conclusion === 'neutral')).toMatchObject({ conclusion: 'neutral', output: { title: `superseded by ${(await headOf(number)).slice(0, 7)}` } });
  expect(await shown(number)).toMatchObject({ id: newest?.id, conclusion: 'failure' });
});

test('every request of it is one that GitHub describes', () => {
  expect(deviationsOfApp(stage.github())).toEqual([]);
});
