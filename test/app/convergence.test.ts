// The same life in calm and in storm: webhooks late, twice and in any order, GitHub failing, the database restarted. In the end everything that people see is the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { secondaryLimit } from '../../sandbox/github/faults.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { personToken } from '../../sandbox/github/upstream.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { openOrganisation, openPull, REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY } from '../e2e/stage.ts';
import { openCarrier } from './carrier.ts';
import type { Weather } from './carrier.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, deviationsOfApp, removeFolder, runApp, SECRET, settingsFor, until } from './running-app.ts';

let postgres: Postgres;
beforeAll(async () => {
  if (HAS_POSTGRES) postgres = await startPostgres();
}, 180_000);
afterAll(() => postgres?.stop());

const VALUES = 'charts/orders/values.yaml';
const scaled = (pods: number): string => ORDERS_VALUES.replace('replicaCount: 4', `replicaCount: ${pods}`);

interface Life {
  readonly github: GitHub;
  /** Time enough for everything to be told and worked off: what was said before is part of what is seen. */
  readonly settle: () => Promise<void>;
  /** Called before each deed that follows. */
  readonly pass: (deed: number) => Promise<void>;
}

/** What people do in a morning. Resolves with their pull requests. */
async function live({ github, settle, pass }: Life): Promise<readonly number[]> {
  let opened = 0;
  const open = (body: string, file = VALUES, text = scaled(12)) => {
    opened += 1;
    return openPull(github, REPOSITORY, { slug: `life-${opened}`, title: `Change ${opened}`, body, author: 'ana', labels: [], comments: [], files: { [file]: text } });
  };
  const say = (number: number, by: string, body: string) => github.call('POST', `${API}/issues/${number}/comments`, { token: personToken(by), body: { body } });
  const edit = (number: number, changes: object) => github.call('PATCH', `${API}/pulls/${number}`, { token: personToken('ana'), body: changes });
  const push = (slug: string, text: string) => github.push(REPOSITORY, { branch: slug, from: slug, files: { [VALUES]: text }, message: 'Think again', author: 'ana', at: '2026-03-02T10:00:00Z' });

  const unsaid = await open('');
  const sound = await open(SOUND_BODY);
  const mended = await open('');
  const waived = await open('');
  const refused = await open('');
  const aside = await open('', 'README.md', 'Nothing to scale here.\n');
  const merged = await open(SOUND_BODY);
  const closed = await open('');
  const calmed = await open('');
  const broken = await open(SOUND_BODY);
  await settle();
  const deeds = [
    () => edit(mended, { body: SOUND_BODY }),
    () => say(waived, 'ana', '/yardstick waive the sale begins at noon'),
    () => say(refused, 'eve', '/yardstick waive because I say so'),
    () => github.call('PUT', `${API}/pulls/${merged}/merge`, { token: personToken('ana'), body: {} }),
    () => edit(closed, { state: 'closed' }),
    () => push('life-9', ORDERS_VALUES),
    () => edit(broken, { body: 'Never mind.' }),
    () => github.call('POST', `${API}/issues/${sound}/labels`, { token: personToken('ana'), body: { labels: ['reviewed'] } }),
    () => push('life-1', scaled(14)),
    () => say(unsaid, 'ben', 'Should this not wait?'),
  ];
  for (const [index, deed] of deeds.entries()) {
    await pass(index);
    await deed();
  }
  return [unsaid, sound, mended, waived, refused, aside, merged, closed, calmed, broken];
}

/** All that people see of the App in the end, without what is another's in each run: ids, hashes, instants. */
async function see(github: GitHub, numbers: readonly number[]): Promise<readonly unknown[]> {
  const board = (await github.call<readonly { readonly title: string; readonly body: string | null }[]>('GET', `${API}/issues?state=open&per_page=100`)).find(({ title }) => title === 'Hypothesis dashboard');
  const pulls = await Promise.all(numbers.map(async (number) => {
    const comments = await github.call<readonly { readonly user: { readonly login: string }; readonly body: string }[]>('GET', `${API}/issues/${number}/comments?per_page=100`);
    const labels = await github.call<readonly { readonly name: string }[]>('GET', `${API}/issues/${number}/labels`);
    const checks = await checksOf(github, number);
    return {
      number, labels: labels.map(({ name }) => name).toSorted(),
      comments: comments.map(({ user, body }) => `${user.login}: ${plain(body)}`),
      checks: checks.map(({ name, conclusion, output }) => ({ name, conclusion, output: plain(JSON.stringify(output)) })),
    };
  }));
  return [...pulls, plain(board?.body ?? '')];
}

function plain(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{40,64}/g, 'HASH').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT').replaceAll(/\d\d:\d\d UTC/g, 'HOUR')
    .replaceAll(/(issuecomment-|\/check-runs\/)\d+/g, '$1ID').replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replaceAll(/"waived":\{"\d+"/g, '"waived":{"ID"')
    // Records and the dashboard's index are compressed, with their instants in them.
    .replaceAll(/(^[\w-]{20,100}\n)+(?=sha256)/gm, 'RECORD\n').replaceAll(/yardstick:ledger 1 \S+ \S+/g, 'yardstick:ledger 1');
}

async function outcomeOf(weather: Weather): Promise<{ readonly seen: readonly unknown[]; readonly handed: { readonly all: number; readonly twice: number } }> {
  const github = await openOrganisation();
  const settings = settingsFor(github, await postgres.database());
  const app = await runApp(github, settings);
  const carrier = await openCarrier(() => `${app.url}/api/github/webhooks`, weather);
  github.store.hooks.set(YARDSTICK_APP, { url: carrier.url, secret: SECRET });
  const still = () => until(async () => (await (await fetch(`${app.url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean, 120_000);
  if (weather === 'storm') {
    const limit = secondaryLimit(/^(POST|PATCH) .*(comments|check-runs|labels)/, 1);
    github.faults.set({ on: /^/, of: 'apps', status: 502, every: 20 }, { ...limit, of: 'apps', every: 9 });
  }
  const settle = async (): Promise<void> => {
    for (let before = -1; before !== carrier.handed().all; ) {
      before = carrier.handed().all;
      await carrier.release();
      expect(await still()).toBe(true);
      // GitHub tells of a deed a moment after it, and of the App's own.
      await new Promise((resolve) => void setTimeout(resolve, 1000));
    }
  };
  const numbers = await live({
    github, settle,
    pass: async (deed) => {
      if (weather === 'calm') await settle();
      else if (deed === 5) await postgres.restart();
    },
  });
  await settle();
  github.faults.clear();
  expect(deviationsOfApp(github)).toEqual([]);
  const seen = await see(github, numbers);
  github.store.hooks.delete(YARDSTICK_APP);
  await app.stop();
  await carrier.close();
  removeFolder(settings);
  await github.close();
  return { seen, handed: carrier.handed() };
}

describe.skipIf(!HAS_POSTGRES)('a storm', () => {
  test('ends where the calm ends', async () => {
    const calm = await outcomeOf('calm');
    const storm = await outcomeOf('storm');
    expect(storm.handed.twice).toBeGreaterThan(3);
    expect(JSON.stringify(calm.seen)).toMatch(/"conclusion":"failure".*"conclusion":"success"/);
    expect(storm.seen).toEqual(calm.seen);
  }, 300_000);
});
