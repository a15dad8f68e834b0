// The sandbox's pages: what people see and do there, with the real App behind; whatever is written in a pull request stays text.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppProcess, startAppProcess } from '../../sandbox/app-process.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { appToken, installationOf, personToken } from '../../sandbox/github/upstream.ts';
import { renderChart } from '../../sandbox/pages/chart.ts';
import { html } from '../../sandbox/pages/html.ts';
import { renderComment, renderDocument } from '../../sandbox/pages/markdown.ts';
import { pageRoutes } from '../../sandbox/pages/routes.ts';
import type { World } from '../../sandbox/pages/world.ts';
import { openOrganisation, openPull, REPOSITORY } from '../../sandbox/seed/organisation.ts';

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a> [y](javascript:alert(1)) <details open onclick="alert(1)"><summary>s</summary></details><style>*{}</style>`;
const world: World = { app: null, source: { words: 'a file', url: '' }, chapters: [], now: 'Now', free: true };
let github: GitHub;
let app: AppProcess;

beforeAll(async () => {
  github = await openOrganisation({ pages: pageRoutes(world) });
  app = await startAppProcess(github, { sources: 'allow: []', at: new Date().toISOString(), keep: false });
  world.app = app;
}, 120_000);
afterAll(async () => {
  await app.stop();
  await github.close();
});

const get = async (path: string): Promise<Response> => fetch(github.url + path, { headers: { accept: 'text/html' } });
const read = async (path: string): Promise<string> => (await get(path)).text();
const act = (deed: string, fields: Readonly<Record<string, string | number>>, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${github.url}/_do/${deed}`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers }, body: new URLSearchParams(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))).toString() });
const open = async (fields: Readonly<Record<string, string>> = {}): Promise<number> => Number(/\/pull\/(\d+)/.exec((await act('open', fields)).headers.get('location') ?? '')?.[1]);
const SOUND = '## Hypothesis\nMore pods cut latency, because four wait for CPU.\n\n- checkout_p95 falls by 25% at peak\n- guardrail: error_rate stays below 0.5%\n';

test('pages stand in the way of no request of the API', async () => {
  const token = appToken(YARDSTICK_APP, github.upstream.privateKey, Math.floor(Date.now() / 1000));
  expect(await github.call('GET', '/app/installations', { token })).toMatchObject([{ events: expect.arrayContaining(['pull_request']) }]);
  const installation = await github.call<{ readonly token: string }>('POST', `/app/installations/${installationOf(YARDSTICK_APP)}/access_tokens`, { token });
  expect((await github.call<{ readonly repositories: readonly unknown[] }>('GET', '/installation/repositories', { token: installation.token })).repositories.length).toBeGreaterThan(0);
});

test('the same asked for twice is two pull requests with a commit each', async () => {
  const fields = { service: 'orders', replicas: '17', author: 'ana' };
  const first = await open(fields);
  await new Promise((resolve) => void setTimeout(resolve, 1100));
  const numbers = [first, await open(fields)];
  const heads = await Promise.all(numbers.map((number) => github.call<{ readonly head: { readonly sha: string } }>('GET', `/repos/${REPOSITORY}/pulls/${number}`)));
  expect(new Set(heads.map(({ head }) => head.sha)).size).toBe(2);
});

describe('what is foreign stays text', () => {
  test.each([
    ['a value in a template', () => html`<p title="${HOSTILE}">${HOSTILE}</p>`.text.replaceAll(/^<p title="|<\/?p>/g, '')],
    ['a comment', () => renderComment(HOSTILE, 'a/b').text],
    ['a document', () => renderDocument(HOSTILE).text.replaceAll(/<img src="\/_docs\/img\/x" ?\/?>/g, '')],
  ])('%s', (_, render) => {
    expect(render()).not.toMatch(/<script|<img|<style|onerror=(?!alert)|<a href="javascript|<details[^>]*onclick/i);
    expect(render()).not.toMatch(/<[^>]*\son\w+=/i);
  });

  test('no mark of a chart can be forged', () => {
    expect(renderComment('\u{f0000}0\u{f0001} and\n```mermaid\ngraph TD\n```\n', 'a/b').text).toContain('graph TD');
    expect(renderChart('x-axis "<b>" 0 --> 2\ny-axis "</text><script>" 0 --> 10\n  line [1, 2, 3]')?.text).not.toMatch(/<script|<b>/);
  });

  test('in a pull request, on every page, under a policy that runs nothing foreign', async () => {
    const number = await openPull(github, REPOSITORY, { slug: 'hostile', title: HOSTILE.slice(0, 200), body: HOSTILE, author: 'eve', labels: [], comments: [{ by: 'eve', body: HOSTILE }], files: { 'docs/on-call.md': `${HOSTILE}\n` } });
    for (const path of ['/', `/${REPOSITORY}/pull/${number}`]) {
      const response = await get(path);
      expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*script-src 'self'.*form-action 'self'.*frame-ancestors 'none'$/);
      // Else a browser would send the forms without saying whose they are.
      expect(response.headers.get('referrer-policy')).toBe('same-origin');
      const text = await response.text();
      expect(text.replaceAll('<script src="/_assets/live.js" defer></script>', '').replaceAll('<img src="/_assets/icon.svg"', '')).not.toMatch(/<script|<img|<[^>]*\son\w+=/i);
    }
  });
});

describe('is refused', () => {
  test.each([
    ['a form of another site', 'open', { replicas: 3 }, { origin: 'https://evil.example' }, 403],
    ['a form of nobody knows whom', 'open', { replicas: 3 }, { origin: 'null' }, 403],
    ['a request that another site makes a browser send', 'open', { replicas: 3 }, { 'sec-fetch-site': 'cross-site' }, 403],
    ['something that cannot be done', 'destroy', {}, {}, 404],
    ['somebody nobody knows', 'open', { replicas: 3, by: 'mallory' }, {}, 422],
    ['a service that is not there', 'open', { service: 'billing' }, {}, 422],
    ['a change that is none', 'open', { replicas: 4 }, {}, 422],
    ['a number that is none', 'open', { replicas: 'many' }, {}, 422],
    ['a repository that is not there', 'merge', { repository: 'a/b', number: 1 }, {}, 404],
  ])('%s', async (_, deed, fields, headers, expected) => {
    const before = (await github.call<unknown[]>('GET', `/repos/${REPOSITORY}/pulls?state=all&per_page=100`)).length;
    expect((await act(deed, fields as Record<string, string | number>, headers as Record<string, string>)).status).toBe(expected);
    expect((await github.call<unknown[]>('GET', `/repos/${REPOSITORY}/pulls?state=all&per_page=100`)).length).toBe(before);
  });

  test.each(['/_docs/none', '/_docs/img/..%2F..%2Fpackage.json', '/_assets/main.ts', '/harbour-goods/none/pull/1', `/${REPOSITORY}/pull/999`])('%s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe('what is done on a page', () => {
  test('opens a pull request, and leads to the answer', async () => {
    const number = await open({ replicas: '18' });
    const text = await read(`/${REPOSITORY}/pull/${number}`);
    expect(text).toContain('hypothesis needed: orders replicas 4 → 18');
    expect(text).toContain('This change needs a hypothesis before it merges');
  });

  test('by a terminal says where to look', async () => {
    const response = await fetch(`${github.url}/_do/open`, { method: 'POST', body: 'replicas=20' });
    expect(await response.text()).toMatch(/^Answered in [\d.]+ s: http:\/\/127\.0\.0\.1:\d+\/harbour-goods\/platform\/pull\/\d+\n$/);
  });

  test('edits the description: the check turns green', async () => {
    const number = await open({ replicas: '21' });
    await act('edit', { repository: REPOSITORY, number, body: SOUND });
    expect(await read(`/${REPOSITORY}/pull/${number}`)).toMatch(/class="card check success"[\s\S]*promises checkout_p95 falls by 25% at peak/);
  });

  test('presses a button of the check and asks for it again', async () => {
    const number = await open({ replicas: '22' });
    const run = Number(/name="run" value="(\d+)"/.exec(await read(`/${REPOSITORY}/pull/${number}`))?.[1]);
    expect((await act('press', { repository: REPOSITORY, number, run, identifier: 'check' })).headers.get('location')).toMatch(/\?ms=\d+$/);
    expect((await act('rerun', { repository: REPOSITORY, number, run })).status).toBe(303);
    expect((await act('press', { repository: REPOSITORY, number, run, identifier: 'none' })).status).toBe(422);
  });

  test('comments as somebody: a waiver counts where they may waive', async () => {
    const number = await open({ replicas: '23' });
    const comment = (by: string) => act('comment', { repository: REPOSITORY, number, by, body: '/yardstick waive the load test is on Friday' });
    await comment('eve');
    expect(await read(`/${REPOSITORY}/pull/${number}`)).toContain('class="card check failure"');
    await comment('ana');
    expect(await read(`/${REPOSITORY}/pull/${number}`)).toMatch(/class="card check success"[\s\S]*, edited [\s\S]*Waived by/);
  });

  test('merges, deploys, and lets a week pass: the App’s clock moves along', async () => {
    const number = await open({ replicas: '24', body: SOUND });
    await act('merge', { repository: REPOSITORY, number });
    expect(await read(`/${REPOSITORY}/pull/${number}`)).toMatch(/Not measured yet|Measuring until/);
    await act('deploy', { repository: REPOSITORY, number });
    expect((await act('leap', { days: 2 })).headers.get('location')).toMatch(/^\//);
    expect(Date.now() - performance.timeOrigin - performance.now()).toBeGreaterThan(86_400_000);
    expect(await read('/')).toContain('Let a week pass');
  });
});

test('documents are there, and their links lead to each other', async () => {
  const list = await read('/_docs');
  const names = [...list.matchAll(/href="\/_docs\/([\w-]+)"/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(10);
  const pages = await Promise.all(names.map((name) => read(`/_docs/${name}`)));
  const led = new Set(pages.flatMap((text) => [...text.matchAll(/href="\/_docs\/([\w-]+)/g)].map(([, name]) => name ?? '')));
  expect([...led].filter((name) => !names.includes(name))).toEqual([]);
});

test('a page that is open hears of what happens', async () => {
  const seen = await read('/_changes?seen=0');
  const next = read(`/_changes?seen=${seen}`);
  await github.call('POST', `/repos/${REPOSITORY}/issues/1/comments`, { token: personToken('ana'), body: { body: 'Hello' } });
  expect(Number(await next)).toBeGreaterThan(Number(seen));
});
