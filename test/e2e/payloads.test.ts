// Every payload that GitHub publishes as an example, fed to the Action: none crashes it.
import examples from '@octokit/webhooks-examples';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GitHub, startGitHub } from '../../sandbox/github/github.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { type ActionRun, runAction } from '../../sandbox/run-action.ts';
import { START } from '../../sandbox/seed/organisation.ts';
import { parseEvent } from '../../src/github/events.ts';

type Payload = Readonly<Record<string, unknown>>;

const PAYLOADS = (examples as unknown as readonly { readonly name: string; readonly examples: readonly Payload[] }[]).flatMap(({ name, examples: list }) => list.map((payload, index) => ({ name, index, payload })));

const REPOSITORY = 'Codertocat/Hello-World';

let github: GitHub;
beforeAll(async () => {
  github = await startGitHub({ organisation: 'Codertocat', people: ['ana'] });
  await github.createRepository('Hello-World', { files: { 'values.yaml': 'replicaCount: 1\n' }, at: START });
  const branch = 'changes';
  await github.call('POST', `/repos/${REPOSITORY}/issues`, { body: { title: 'Spelling error in the README file', body: 'It should be fixed.' } });
  await github.push(REPOSITORY, { branch, from: 'main', files: { 'values.yaml': 'replicaCount: 9\n' }, message: 'Scale', author: 'ana', at: START });
  await github.call('POST', `/repos/${REPOSITORY}/pulls`, { token: personToken('ana'), body: { title: 'Scale', body: null, head: branch, base: 'main' } });
});
afterAll(() => github.close());

/** What a crash looks like in a log, whatever the exit code. */
const CRASH = /TypeError|ReferenceError|RangeError|SyntaxError|UnhandledPromise|^\s+at .*:\d+:\d+\)?$/m;

test('each is translated into a trigger, or ignored with a reason in one line', () => {
  const triggers = PAYLOADS.map(({ name, payload }) => parseEvent({ name, payload, at: START, delivery: null }));
  const unsaid = triggers.filter((trigger) => trigger.kind === 'ignored' && !/^\S.*\S$/.test(trigger.reason));
  expect(unsaid).toEqual([]);
  expect(triggers.length).toBeGreaterThan(300);
});

/** One payload of each event and action: what starts work among them, and one of every other event. */
const TOLD_APART = PAYLOADS.filter(({ name, payload }, at) => PAYLOADS.findIndex((other) => other.name === name && other.payload['action'] === payload['action']) === at);

test('each that starts work, and one of every other event, is run to its end', { timeout: 240_000 }, async () => {
  const starting = TOLD_APART.filter(({ name, index, payload }) => index === 0 || parseEvent({ name, payload, at: START, delivery: null }).kind !== 'ignored');
  const token = await github.tokens.workflow(REPOSITORY);
  const crashed: string[] = [];
  const run = async ({ name, index, payload }: (typeof PAYLOADS)[number]): Promise<void> => {
    const result: ActionRun = await runAction(github, { repository: REPOSITORY, event: name, payload, token, at: START });
    if (![0, 1].includes(result.exitCode) || CRASH.test(result.log) || result.log.trim() === '') crashed.push(`${name} ${index}: exit ${result.exitCode}\n${result.log}`);
  };
  const queue = [...starting];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(next);
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(crashed).toEqual([]);
  expect(starting.length).toBeGreaterThan(60);
});

test.each([['null', null], ['a list', []], ['empty', {}], ['a number', 7], ['nested oddly', { repository: { owner: 'x' }, pull_request: [], number: '1' }]])('a payload that is %s ends green, in one line', async (_, payload) => {
  const result = await runAction(github, { repository: REPOSITORY, event: 'pull_request_target', payload: payload as unknown as Payload, at: START });
  expect(result.exitCode, result.log).toBe(0);
  expect(result.log).not.toMatch(CRASH);
});
