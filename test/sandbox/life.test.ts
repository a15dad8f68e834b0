// The life after the merge on the emulated GitHub, over HTTP: overlapping runs, lost answers, people who meddle. Nothing is told twice, nothing is lost.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { handle } from '../../src/flows/handle.ts';
import { createTransport } from '../../src/github/http.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import { createForgeWriter } from '../../src/github/writer.ts';
import type { Fault } from '../../sandbox/github/faults.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { addRepository, openOrganisation, openPull, ORGANISATION } from '../../sandbox/seed/organisation.ts';
import { createMetrics } from '../flows/fake-metrics.ts';

const MERGED = '2026-05-05T12:00:00Z';
const DUE = '2026-05-12T14:00:00Z';
const BODY = `## Hypothesis
More replicas cut checkout latency, because the pods are CPU bound.

- p95(checkout) falls by 20%
- guardrail: errors does not rise by more than 20%
`;
const CONFIG = `sources: { prom: { type: prometheus, url: 'https://prometheus.example.com' } }
metrics:
  p95: { unit: ms, better: lower, source: prom, query: 'p95{s="{service}"}', parameters: { service: { values: [checkout] } } }
  errors: { unit: count, better: lower, source: prom, query: errors }
`;
const VALUES = (replicas: number): string => `web:\n  replicaCount: ${replicas}\n`;

let github: GitHub;
vi.setConfig({ testTimeout: 120_000 });
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(MERGED);
  github = await openOrganisation();
});
afterAll(async () => {
  vi.useRealTimers();
  await github.close();
});

interface Life {
  readonly number: number;
  /** One run on the clock, as a workflow's: a token of its own. Returns the error's message where it failed. */
  readonly tend: (at: string) => Promise<string | null>;
  readonly breaks: (fault: Fault) => void;
  readonly ours: (number: number) => Promise<readonly { readonly id: number; readonly body: string }[]>;
  readonly verdicts: () => Promise<readonly string[]>;
  readonly labels: () => Promise<readonly string[]>;
  readonly dashboard: () => Promise<number>;
}

/** A repository of its own with one merged change that promised something, locked. */
async function begin(name: string): Promise<Life> {
  github.faults.clear();
  vi.setSystemTime(MERGED);
  const repository = await addRepository(github, name, { '.github/yardstick.yml': CONFIG, 'charts/checkout/values.yaml': VALUES(4) });
  const repo = { owner: ORGANISATION, repo: name };
  const number = await openPull(github, repository, { slug: 'scale', title: 'Scale checkout', body: BODY, author: 'ana', labels: [], files: { 'charts/checkout/values.yaml': VALUES(20) }, comments: [] });
  await github.call('PUT', `/repos/${repository}/pulls/${number}/merge`, { token: personToken('ben'), body: {} });
  const metrics = createMetrics({ 'p95(checkout)': 480, errors: 3 }, Date.parse(MERGED) / 1000);
  metrics.after('p95(checkout)', 0.65);
  const tend = async (at: string): Promise<string | null> => {
    vi.setSystemTime(at);
    const transport = createTransport({ apiUrl: github.url, token: await github.tokens.workflow(repository), pause: async () => undefined });
    const host = { reader: createForgeReader(transport, { home: repo }), writer: createForgeWriter(transport), configPath: '.github/yardstick.yml', unconfigured: 'defaults-apply', offer: null, check: 'job', intention: 'apply', onError: 'pass', metrics: metrics.reader, evidence: null, signingKey: null } as const;
    return handle({ kind: 'tend', repo, change: null, issue: null, because: 'the clock', openChanges: 'left', event: 'schedule', delivery: null, at }, host).then(() => null, (error: Error) => error.message);
  };
  const ours: Life['ours'] = async (of) => {
    const comments = await github.call<{ id: number; body: string; user: { login: string } }[]>('GET', `/repos/${repository}/issues/${of}/comments?per_page=100`);
    return comments.filter(({ user }) => user.login === 'github-actions[bot]');
  };
  expect(await tend('2026-05-05T12:05:00Z')).toBeNull();
  return {
    number, tend, ours,
    breaks: (fault) => github.faults.set(fault),
    verdicts: async () => (await ours(number)).map(({ body }) => body).filter((body) => body.startsWith('<!-- yardstick:verdict')),
    labels: async () => (await github.call<{ name: string }[]>('GET', `/repos/${repository}/issues/${number}/labels`)).map(({ name: label }) => label),
    dashboard: async () => (await github.call<{ number: number }[]>('GET', `/repos/${repository}/issues?labels=yardstick:%20dashboard`))[0]?.number ?? 0,
  };
}

test('a promise is locked with two copies, judged when due, told once', async () => {
  const life = await begin('told-once');
  expect([(await life.ours(life.number)).length, (await life.ours(await life.dashboard())).length, await life.labels()]).toEqual([1, 1, ['outcome: pending']]);
  expect(await life.tend(DUE)).toBeNull();
  expect([(await life.verdicts()).length, await life.labels()]).toEqual([1, ['outcome: validated']]);
  expect(await anchors(life)).toEqual(['pull request: leads there']);
  const before = github.requests.length;
  expect(await life.tend('2026-05-12T15:00:00Z')).toBeNull();
  expect(github.requests.slice(before).filter(({ method, path }) => method !== 'GET' && path !== '/graphql' && !path.startsWith('/app/'))).toEqual([]);
});

/** The page of each link to a comment by its anchor alone, and whether that comment stands there. */
async function anchors(life: Life): Promise<readonly string[]> {
  const pages = await Promise.all([life.number, await life.dashboard()].map(async (number) => [number, await life.ours(number)] as const));
  return pages.flatMap(([number, comments]) => comments.flatMap(({ body }) => [...body.matchAll(/\]\(#issuecomment-(\d+)\)/g)].map(([, id]) => `${number === life.number ? 'pull request' : 'dashboard'}: ${comments.some((comment) => comment.id === Number(id)) ? 'leads there' : 'dead'}`)));
}

test('two runs at once tell once', async () => {
  const life = await begin('at-once');
  expect(await Promise.all([life.tend(DUE), life.tend(DUE)])).toEqual([null, null]);
  expect([(await life.verdicts()).length, await life.labels()]).toEqual([1, ['outcome: validated']]);
});

describe('a run that loses an answer of GitHub tells it all the same, once', () => {
  test.each<[string, Fault]>([
    ['the claim, done', { on: /^POST .*\/reactions$/, cut: 'after', times: 1 }],
    ['the verdict, done', { on: /^POST .*\/comments$/, cut: 'after', times: 1 }],
    ['the verdict, not done', { on: /^POST .*\/comments$/, cut: 'before', times: 1 }],
    ['the label, not done', { on: /^(POST|DELETE) .*\/labels/, cut: 'before', times: 1 }],
  ])('%s', async (name, fault) => {
    const life = await begin(name.replaceAll(/\W+/g, '-'));
    life.breaks(fault);
    expect(await life.tend(DUE)).toContain('GitHub could not be reached');
    expect(await life.tend('2026-05-12T14:30:00Z')).toBeNull();
    expect([(await life.verdicts()).length, await life.labels()]).toEqual([1, ['outcome: validated']]);
  });
});

describe('people who meddle', () => {
  test.each(['edited', 'deleted'])('a record that was %s is restored from its second copy', async (how) => {
    const life = await begin(`record-${how}`);
    const [record] = await life.ours(life.number);
    const path = `/repos/${ORGANISATION}/record-${how}/issues/comments/${record?.id}`;
    if (how === 'edited') await github.call('PATCH', path, { token: personToken('ben'), body: { body: record?.body.replaceAll('20%', '1%') } });
    else await github.call('DELETE', path, { token: personToken('ben') });
    expect(await life.tend(DUE)).toBeNull();
    expect([(await life.verdicts()).length, await life.labels()]).toEqual([1, ['outcome: validated']]);
    const bodies = (await life.ours(life.number)).map(({ body }) => body);
    expect(bodies.some((body) => body.includes('yardstick:record') && body.includes('20%'))).toBe(true);
  });

  test('in a locked conversation the verdict stands on the dashboard issue', async () => {
    const life = await begin('locked');
    await github.call('PUT', `/repos/${ORGANISATION}/locked/issues/${life.number}/lock`, { body: {} });
    expect(await life.tend(DUE)).toBeNull();
    expect([(await life.verdicts()).length, (await life.ours(await life.dashboard())).filter(({ body }) => body.startsWith('<!-- yardstick:verdict')).length, await life.labels()]).toEqual([0, 1, ['outcome: validated']]);
    expect(await anchors(life)).toEqual(['dashboard: leads there']);
  });
});
