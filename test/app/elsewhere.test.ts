// Text of a private repository stays there: whoever links into it from another one learns nothing that GitHub would not show them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { BASE_FILES, ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { addPrivateRepository, addRepository, openPull } from '../../sandbox/seed/organisation.ts';
import { SOUND_BODY, useStage } from '../e2e/stage.ts';
import { deviationsOfApp, removeFolder, runApp, settingsFor, until } from './running-app.ts';
import type { CheckRun } from './running-app.ts';

const BROKEN = `## Hypothesis
Project zeus buys Globex, because they sit on our data.

- zeus_revenue grows by bananas under codename hera
- p95(zeus) falls by 10% under normal load
`;
const SECRETS = /zeus|globex|hera|hunter2|bananas|hephaestus/i;
const SOUND = SOUND_BODY.replace('More pods', 'Zeus says that more pods');

const stage = useStage();
let app: App;
let settings: ReturnType<typeof settingsFor>;
let vault: string;
let site: string;
let shop: string;
let issues: { readonly broken: number; readonly sound: number };
beforeAll(async () => {
  const github = stage.github();
  vault = await addPrivateRepository(github, 'vault', {
    ...BASE_FILES, 'secrets.yaml': 'claim: the password is hunter2\ncriteria:\n  - token hunter2 falls by secret\nmode: hephaestus\nmeasure: hunter2\n', 'base.yml': 'version: 1\nmode: hephaestus\nzeus: true\n',
  });
  github.store.permissions.set(vault, new Map([['stagehand', 'admin'], ['ana', 'maintain']]));
  site = await addPrivateRepository(github, 'site', BASE_FILES);
  shop = await addRepository(github, 'shop', BASE_FILES);
  const write = async (title: string, body: string): Promise<number> => (await github.call<{ number: number }>('POST', `/repos/${vault}/issues`, { token: personToken('ana'), body: { title, body } })).number;
  issues = { broken: await write('Zeus', BROKEN), sound: await write('Zeus again', SOUND) };
  settings = settingsFor(github, null);
  app = await runApp(github, settings);
}, 180_000);
afterAll(async () => {
  await app.stop();
  removeFolder(settings);
});

let opened = 0;

/** What the App answers a pull request that scales, with everything that can be read of it there. */
async function answerTo(repository: string, { author, body = '', files = {} }: { readonly author: string; readonly body?: string; readonly files?: Readonly<Record<string, string>> }): Promise<{ readonly conclusion: string; readonly text: string }> {
  const github = stage.github();
  opened += 1;
  const number = await openPull(github, repository, { slug: `link-${opened}`, title: 'Scale orders', body, author, labels: [], comments: [], files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12'), [`notes/${opened}.md`]: 'One commit a pull request.\n', ...files } });
  const { head } = await github.call<{ head: { sha: string } }>('GET', `/repos/${repository}/pulls/${number}`);
  const [check] = await until(async () => (await github.call<{ check_runs: CheckRun[] }>('GET', `/repos/${repository}/commits/${head.sha}/check-runs?filter=all`)).check_runs, (runs) => runs.length > 0);
  const comments = await until(() => github.call<{ body: string }[]>('GET', `/repos/${repository}/issues/${number}/comments`), (found) => found.length > 0 || check?.conclusion === 'success', 3000);
  const annotations = await github.call('GET', `/repos/${repository}/check-runs/${check?.id}/annotations`).catch(() => []);
  return { conclusion: check?.conclusion ?? 'none', text: JSON.stringify([check, comments, annotations]) };
}

/** The words that tell what cannot be read, without what the author wrote. */
const told = (text: string): string | undefined => /Cannot read .{1,150}?(: it does not exist[^.]+\.)/.exec(text)?.[1];

describe.each([
  ['a stranger, on a public pull request', () => shop, 'eve'],
  ['a colleague without access, on a private one', () => site, 'ben'],
])('a link into a private repository by %s', (_, from, author) => {
  test('is answered in the same words whether the text is there or not, and whether its repository is', async () => {
    const links = [`${vault}#${issues.broken}`, `https://github.com/${vault}/blob/main/secrets.yaml`, `${vault}#999`, `https://github.com/${vault}/blob/main/none.md`, `${vault}-none#1`];
    const answers: Awaited<ReturnType<typeof answerTo>>[] = [];
    for (const link of links) answers.push(await answerTo(from(), { author, body: `Hypothesis: ${link}` }));
    expect(answers.map(({ conclusion }) => conclusion)).toEqual(links.map(() => 'failure'));
    expect(new Set(answers.map(({ text }) => told(text)))).toEqual(new Set([': it does not exist, or the author of this pull request or this token may not read it.']));
    expect(answers.filter(({ text }) => SECRETS.test(text))).toEqual([]);
  }, 120_000);

  test('is no programme either, and no baseline of a configuration', async () => {
    const step = await answerTo(from(), { author, body: `Step of ${vault}#${issues.broken}` });
    const baseline = await answerTo(from(), { author, body: SOUND_BODY, files: { '.github/yardstick.yml': `version: 1\nextends: ${vault}:base.yml\n` } });
    const missing = await answerTo(from(), { author, body: SOUND_BODY, files: { '.github/yardstick.yml': `version: 1\nextends: ${vault}:none.yml\n` } });
    expect([step, baseline, missing].map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure', 'failure']);
    expect([step, baseline, missing].filter(({ text }) => SECRETS.test(text))).toEqual([]);
    expect([baseline, missing].map(({ text }) => /`extends: [^`]+` cannot be read/.test(text))).toEqual([true, true]);
  }, 120_000);
});

describe.each([
  ['a public pull request', () => shop],
  ['a pull request of another private repository', () => site],
])('a link by somebody who may read it, on %s', (_, from) => {
  test('counts where it is sound, and repeats nothing', async () => {
    const sound = await answerTo(from(), { author: 'ana', body: `Hypothesis: ${vault}#${issues.sound}` });
    expect(sound.text).toContain('is neither repeated nor measured here');
    expect(sound.conclusion).toBe('success');
    expect(sound.text).not.toMatch(SECRETS);
  }, 120_000);

  test('tells how many problems there are, and where', async () => {
    for (const link of [`${vault}#${issues.broken}`, `https://github.com/${vault}/blob/main/secrets.yaml`]) {
      const { conclusion, text } = await answerTo(from(), { author: 'ana', body: `Hypothesis: ${link}` });
      expect([link, conclusion]).toEqual([link, 'failure']);
      expect(text).toMatch(/the linked hypothesis has \d+ problems?; see (?:it|them) there/);
      expect(text).not.toMatch(SECRETS);
    }
    const baseline = await answerTo(from(), { author: 'ana', body: SOUND_BODY, files: { '.github/yardstick.yml': `version: 1\nextends: ${vault}:base.yml\n` } });
    expect([baseline.conclusion, /leads to is no sound configuration/.test(baseline.text), SECRETS.test(baseline.text)]).toEqual(['failure', true, false]);
  }, 120_000);
});

test('a link into its own repository costs no request about it, and a public one is quoted', async () => {
  const github = stage.github();
  const open = await addRepository(github, 'bets', BASE_FILES);
  const own = await github.call<{ number: number }>('POST', `/repos/${shop}/issues`, { token: personToken('ana'), body: { title: 'Bet', body: SOUND_BODY.replace('checkout_p95', 'orders_p95').replace('25% at peak', 'cherries') } });
  const other = await github.call<{ number: number }>('POST', `/repos/${open}/issues`, { token: personToken('ana'), body: { title: 'Bet', body: SOUND_BODY.replace('25% at peak', 'cherries') } });
  const before = github.requests.length;
  expect((await answerTo(shop, { author: 'eve', body: `Hypothesis: #${own.number}` })).text).toContain('cherries');
  expect(github.requests.slice(before).filter(({ viewer, path }) => viewer === 'yardstick[bot]' && (path === `/repos/${shop}` || path.includes('/collaborators/eve/')))).toEqual([]);
  expect((await answerTo(shop, { author: 'eve', body: `Hypothesis: ${open}#${other.number}` })).text).toContain('cherries');
}, 120_000);

test('nothing that the App wrote anywhere holds a word of it, and all of it is as GitHub describes', () => {
  const { requests } = stage.github();
  const written = requests.filter(({ viewer, method, path }) => viewer === 'yardstick[bot]' && method !== 'GET' && path !== '/graphql');
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter(({ body }) => SECRETS.test(String(body)))).toEqual([]);
  expect(deviationsOfApp(stage.github())).toEqual([]);
});
