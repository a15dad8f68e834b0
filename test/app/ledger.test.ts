// The ledger: bets, verdicts, decisions and waivers are indexed as they happen, due ones are called for, and all of it comes back from GitHub alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import type { Settings } from '../../app/settings.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { CALENDAR, REFUTED, SILENT, UNCLEAR } from '../../sandbox/life/shop.ts';
import { readCheck } from '../../sandbox/read-check.ts';
import { openOrganisation, openPull } from '../../sandbox/seed/organisation.ts';
import { dump, openShop, reindexed, shopSettings, wakeAt, type Shop } from './bookkeeping.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { deviationsOfApp, removeFolder, until } from './running-app.ts';

const DAY_AFTER_WAIVER = '2026-03-06T00:00:30Z';
const UNSAID = { ...UNCLEAR.pull, body: '' };
const valuesOf = (service: string, replicas: number) => ({ [`charts/${service}/values.yaml`]: `replicaCount: ${replicas}\n` });

let github: GitHub;
let shop: Shop;
let postgres: Postgres | null = null;
let settings: Settings;
let app: App | null = null;
const folders: Settings[] = [];

beforeAll(async () => {
  github = await openOrganisation();
  shop = await openShop(github, 'shop');
  postgres = HAS_POSTGRES ? await startPostgres() : null;
  settings = await anotherStore();
}, 180_000);
afterAll(async () => {
  await app?.stop();
  for (const each of folders) removeFolder(each);
  await postgres?.stop();
  await github.close();
});

async function anotherStore(): Promise<Settings> {
  const made = shopSettings(github, shop, postgres ? await postgres.database() : null);
  folders.push(made);
  return made;
}

const goTo = async (instant: string): Promise<void> => {
  await app?.stop();
  app = await wakeAt(instant, github, settings);
};
const sleep = async (): Promise<void> => {
  await app?.stop();
  app = null;
};
const idle = () => until(async () => (await (await fetch(`${app?.url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean, 60_000);
const metric = async (line: string) => (await (await fetch(`${app?.url}/metrics`)).text()).includes(`${line}\n`);
const checkOf = async (number: number) => {
  const { head } = await github.call<{ head: { sha: string } }>('GET', `${shop.api}/pulls/${number}`);
  return (await readCheck(github, shop.repository, head.sha))?.conclusion;
};
const writesSince = (mark: number) => github.requests.slice(mark).filter(({ viewer, method, path }) => viewer === 'yardstick[bot]' && method !== 'GET' && path !== '/graphql').map(({ method, path, body }) => `${method} ${path} ${body.slice(0, 400)}`);

test('is written as things happen, kept by the clock, and rebuilt from GitHub alone', async () => {
  await goTo(CALENDAR.opened);
  const refuted = await openPull(github, shop.repository, REFUTED.pull);
  const silent = await openPull(github, shop.repository, SILENT.pull);
  const waivedIn = await openPull(github, shop.repository, { ...UNSAID, slug: 'waived-in', title: 'Scale mailer to 12', files: valuesOf('mailer', 12) });
  const waivedOpen = await openPull(github, shop.repository, { ...UNSAID, body: 'Closes acme/bets#12', slug: 'waived-open', title: 'Scale checkout to 14', files: valuesOf('checkout', 14) });
  const untilFriday = await openPull(github, shop.repository, { ...UNSAID, slug: 'waived-until', title: 'Scale checkout to 15', files: valuesOf('checkout', 15) });
  await shop.say(waivedIn, 'ben', '/yardstick waive the queue is full tonight');
  await shop.say(waivedOpen, 'ben', '/yardstick waive the contract says so until 2026-12-31');
  await shop.say(untilFriday, 'ben', '/yardstick waive the sale starts until 2026-03-05');
  for (const number of [waivedIn, waivedOpen, untilFriday]) expect(await shop.labelled(number, 'hypothesis: waived')).toBe(true);

  await goTo(CALENDAR.merged);
  for (const number of [refuted, silent, waivedIn]) await shop.merge(number);
  expect(await shop.labelled(refuted, 'outcome: pending')).toBe(true);
  await goTo(CALENDAR.deployed);
  await shop.deploy();
  await idle();
  expect(await until(() => metric('yardstick_bets{stage="measuring"} 2'), Boolean)).toBe(true);

  // No event tells that a day is over.
  expect(await checkOf(untilFriday)).toBe('success');
  await goTo(DAY_AFTER_WAIVER);
  expect(await until(() => checkOf(untilFriday), (conclusion) => conclusion === 'failure', 60_000)).toBe('failure');
  expect(await checkOf(waivedOpen)).toBe('success');

  // Nor that a week is.
  await goTo(CALENDAR.due);
  expect(await shop.labelled(refuted, 'outcome: refuted')).toBe(true);
  await goTo(CALENDAR.decided);
  await shop.say(refuted, 'ben', '/yardstick keep the autumn sale needs it');
  const open = await openPull(github, shop.repository, { ...UNCLEAR.pull, files: valuesOf('mailer', 20) });
  await until(() => checkOf(open), Boolean);
  await shop.merge(open);
  expect(await shop.labelled(open, 'outcome: pending')).toBe(true);
  await idle();
  await sleep();

  const lived = await dump(settings);
  const key = (number: number) => `${shop.repository}#${number}`;
  expect(lived['bets']).toMatchObject([
    { key: key(refuted), stage: 'decided', is_open: false, owner: 'ben', record_number: refuted },
    { key: key(silent), stage: 'judged', is_open: false, silent: true },
    { key: key(open), stage: expect.stringMatching(/locked|measuring/), is_open: true, owner: 'ana' },
  ]);
  expect(lived['verdicts']).toMatchObject([{ key: key(refuted), outcome: 'refuted', told_number: refuted }, { key: key(silent), told_number: null }]);
  expect(lived['decisions']).toMatchObject([{ key: key(refuted), what: 'keep', actor: 'ben', reason: 'the autumn sale needs it' }]);
  expect(lived['waivers']).toMatchObject([{ number: waivedIn, actor: 'ben', until: null }, { number: waivedOpen, reason: 'the contract says so', until: '2026-12-31' }]);
  expect(lived['links']).toMatchObject([{ number: waivedOpen, issue: 'acme/bets#12' }]);
  expect(lived['appointments']).toContainEqual(expect.objectContaining({ number: waivedOpen, at: '2027-01-01T00:00:00.000Z', called_at: null }));

  // The database is gone.
  settings = await anotherStore();
  const embedded = { ...shopSettings(github, shop, null) };
  folders.push(embedded);
  const mark = github.requests.length;
  for (const store of [settings, settings, embedded]) {
    expect(await reindexed(store)).toContain('3 bets, 2 waivers, 2 standing checks; 0 rows removed.');
    expect(await dump(store)).toEqual(lived);
  }
  await goTo('2026-03-11T09:00:00Z');
  await until(async () => github.requests.slice(mark).some(({ path }) => path === '/app/hook/deliveries'), Boolean);
  await idle();
  await new Promise((resolve) => void setTimeout(resolve, 3000));
  await idle();
  expect(writesSince(mark)).toEqual([]);
  // A whole life, and nothing was asked that GitHub's own description does not know.
  expect(deviationsOfApp(github)).toEqual([]);
}, 600_000);
