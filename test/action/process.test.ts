// The Action as a process: exit code, outputs and what people read, for everything that can go wrong around it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorld, file } from '../flows/fake-forge.ts';
import type { World } from '../flows/fake-forge.ts';
import { startServer } from '../github/fake-server.ts';
import type { FakeServer, Reply } from '../github/fake-server.ts';
import { answerAs } from '../github/world-server.ts';

const MAIN = join(import.meta.dirname, '../../action/main.ts');
const PULL = { action: 'opened', pull_request: { number: 7, base: { ref: 'main' }, head: { sha: 'a'.repeat(40) }, changed_files: 1 }, repository: { name: 'infra', owner: { login: 'acme' } } };
const open: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

interface Job {
  readonly reply: Reply | World;
  readonly event?: string;
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Runs the Action the way a runner does. */
async function runJob({ reply, event = 'pull_request_target', payload = PULL, inputs = {} }: Job) {
  const server = await startServer((asked) => ('change' in reply ? answerAs(reply, asked) : reply));
  open.push(server);
  const folder = await mkdtemp(join(tmpdir(), 'yardstick-action-'));
  const at = (name: string) => join(folder, name);
  await Promise.all([writeFile(at('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload)), writeFile(at('output'), ''), writeFile(at('summary'), '')]);
  const env = {
    PATH: process.env['PATH'], GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'acme/infra', GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: at('event.json'),
    GITHUB_OUTPUT: at('output'), GITHUB_STEP_SUMMARY: at('summary'), 'INPUT_GITHUB-TOKEN': 't', ...inputs,
  };
  const { code, log } = await new Promise<{ code: number; log: string }>((resolve) => {
    execFile(process.execPath, [MAIN], { env }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, log: stdout + stderr }));
  });
  const [output, summary] = await Promise.all([readFile(at('output'), 'utf8'), readFile(at('summary'), 'utf8')]);
  await rm(folder, { recursive: true });
  const writes = server.asked.filter(({ method, url }) => method !== 'GET' && url !== '/graphql').map(({ method, url }) => `${method} ${url}`);
  return { code, log, output, summary, writes };
}

function scaleUp(): World {
  const world = createWorld({ title: 'Scale orders' });
  world.files.push(file('deploy/orders/deployment.yaml', ' apiVersion: apps/v1', ' kind: Deployment', ' spec:', '-  replicas: 2', '+  replicas: 40'));
  return world;
}

describe('the gate', () => {
  it('fails an unjustified change: outputs, summary, comment, label', async () => {
    const { code, log, output, summary, writes } = await runJob({ reply: scaleUp() });
    expect(code).toBe(1);
    expect(output).toMatch(/verdict<<\S+\nfail\n/);
    expect(output).toMatch(/in-scope<<\S+\ntrue\n/);
    expect(log).toMatch(/^::error title=yardstick::/m);
    expect(log).toMatch(/^event=pull_request_target change=acme\/infra#7 flow=gate decision=fail\/missing effects=create-comment,add-label ms=\d+$/m);
    expect(summary).toContain('## Hypothesis');
    expect(writes).toEqual(['POST /repos/acme/infra/issues/7/comments', 'POST /repos/acme/infra/issues/7/labels']);
  });

  it('warns of a configuration that was broken before, on its line and in words', async () => {
    const world = scaleUp();
    world.texts.set('acme/infra:.github/yardstick.yml', 'mode: enforce\nsc_op[e]: {}\n');
    const { log } = await runJob({ reply: world });
    expect(log).toMatch(/^::warning title=yardstick%3A unknown-key,file=\.github\/yardstick\.yml,line=2/m);
    expect(log).toMatch(/^::warning title=yardstick::The configuration is broken \(.*sc_op\[e\]/m);
    expect(log).not.toMatch(/\\[_[\]*]/);
  });

  it('still gates with a read-only token, and names the permission once', async () => {
    const world = scaleUp();
    world.refused.add('create-comment').add('add-label');
    const { code, log } = await runJob({ reply: world });
    expect(code).toBe(1);
    expect(log.match(/^::warning.*`pull-requests: write`/gm)).toHaveLength(1);
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ['fail-on never', { 'INPUT_FAIL-ON': 'never' }, 0],
    ['fail-on problem', { 'INPUT_FAIL-ON': 'problem' }, 1],
  ])('%s', async (_, inputs, code) => {
    expect((await runJob({ reply: scaleUp(), inputs })).code).toBe(code);
  });

  it('writes nothing when it is dry, and shows what it would write', async () => {
    const { code, log, summary, writes } = await runJob({ reply: scaleUp(), inputs: { 'INPUT_DRY-RUN': 'true' } });
    expect([code, writes]).toEqual([1, []]);
    expect(log).toContain('dry run: write a comment on #7');
    expect(summary).toContain('- add the label `hypothesis: needed` to #7');
  });
});

describe('what is set up wrongly ends red, with the remedy', () => {
  it.each<[string, Job, string]>([
    ['no token', { reply: {}, inputs: { 'INPUT_GITHUB-TOKEN': '' } }, 'the input `github-token` is empty'],
    ['bad token', { reply: { status: 401, body: { message: 'Bad credentials' } } }, 'GitHub refuses the token (401: Bad credentials)'],
    ['404', { reply: { status: 404, body: { message: 'Not Found' } } }, 'GitHub does not find pull request acme/infra#7 (404)'],
    ['403', { reply: { status: 403, body: { message: 'Resource not accessible by integration' } } }, 'GitHub does not permit pull request acme/infra#7'],
    ['an address that is none', { reply: {}, inputs: { GITHUB_API_URL: 'api.github.com' } }, 'GITHUB_API_URL is "api.github.com", which is no address'],
    ['a GraphQL address that is none', { reply: {}, inputs: { GITHUB_GRAPHQL_URL: 'http://[' } }, 'GITHUB_GRAPHQL_URL is "http://[", which is no address'],
    ['bad input', { reply: {}, inputs: { 'INPUT_FAIL-ON': 'always' } }, 'Write one of: failure, problem, never.'],
  ])('%s', async (_, job, text) => {
    const { code, log, summary, writes } = await runJob(job);
    expect([code, writes]).toEqual([1, []]);
    expect(log).toContain(text);
    expect(summary).toContain(text);
  });
});

describe('what could not be evaluated goes by on-error', () => {
  const limit: Reply = { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }, body: { message: 'API rate limit exceeded' } };
  it.each<[string, Job, number, string]>([
    ['502, pass', { reply: { status: 502, body: '<html>' } }, 0, 'GitHub answered 502'],
    ['502, block', { reply: { status: 502, body: '<html>' }, inputs: { 'INPUT_ON-ERROR': 'block' } }, 1, 'GitHub answered 502'],
    ['rate limit', { reply: limit }, 0, "GitHub's rate limit is used up"],
    ['a payload that is no JSON', { reply: {}, payload: '{"action":' }, 0, 'could not evaluate'],
  ])('%s', async (_, job, expected, text) => {
    const { code, log, output, writes } = await runJob(job);
    expect([code, writes]).toEqual([expected, []]);
    expect(log).toMatch(/^::warning title=yardstick::could not evaluate/m);
    expect(log).toContain(text);
    expect(output).toMatch(expected === 0 ? /verdict<<\S+\nneutral\n/ : /verdict<<\S+\nfail\n/);
  });
});

it('a closed pull request that nobody shares its head with ends green', async () => {
  const { code, log, writes } = await runJob({ reply: { body: [] }, event: 'pull_request', payload: { ...PULL, action: 'closed' } });
  expect([code, writes]).toEqual([0, []]);
  expect(log).toMatch(/^::notice title=yardstick::nothing to do: pull request #7 was closed/m);
});

describe('an event it cannot use ends green with one line', () => {
  it.each<[string, string, unknown]>([
    ['the draft of a release', 'release', { action: 'created' }],
    ['nothing at all', '', {}],
  ])('%s', async (_, event, payload) => {
    const { code, log } = await runJob({ reply: { status: 500 }, event, payload });
    expect(code).toBe(0);
    expect(log.trim().split('\n').filter((line) => line !== '')).toEqual([expect.stringMatching(/^::notice title=yardstick::nothing to do: /)]);
  });
});
