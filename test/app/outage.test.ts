// A day without the App heals without a person: a verdict fell due, a waiver ended, and a merge was never told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import type { Settings } from '../../app/settings.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { CALENDAR, REFUTED, UNCLEAR } from '../../sandbox/life/shop.ts';
import { openOrganisation, openPull } from '../../sandbox/seed/organisation.ts';
import { openShop, shopSettings, wakeAt, type Shop } from './bookkeeping.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { removeFolder, until } from './running-app.ts';

const DAY_BEFORE = '2026-03-09T15:00:00Z';
const PROMISE = REFUTED.pull.body.replaceAll('search', 'mailer');

let github: GitHub;
let shop: Shop;
let postgres: Postgres | null = null;
let settings: Settings;
let app: App | null = null;

beforeAll(async () => {
  github = await openOrganisation();
  shop = await openShop(github, 'shop');
  postgres = HAS_POSTGRES ? await startPostgres() : null;
  settings = shopSettings(github, shop, postgres ? await postgres.database() : null);
}, 180_000);
afterAll(async () => {
  await app?.stop();
  removeFolder(settings);
  await postgres?.stop();
  await github.close();
});

const read = async () => (await fetch(`${app?.url}/metrics`)).text();
const tells = (line: string) => until(async () => (await read()).includes(`${line}\n`), Boolean, 60_000);

test('a verdict that fell due is told, and a merge that nobody told is locked', async () => {
  app = await wakeAt(CALENDAR.opened, github, settings);
  const due = await openPull(github, shop.repository, REFUTED.pull);
  const unheard = await openPull(github, shop.repository, { ...UNCLEAR.pull, body: PROMISE });
  for (const number of [due, unheard]) expect(await shop.labelled(number, 'hypothesis: linked')).toBe(true);
  await app.stop();
  app = await wakeAt(CALENDAR.deployed, github, settings);
  await shop.merge(due);
  expect(await shop.labelled(due, 'outcome: pending')).toBe(true);
  await shop.deploy();
  expect(await tells('yardstick_bets{stage="measuring"} 1')).toBe(true);
  await app.stop();

  app = await wakeAt(DAY_BEFORE, github, settings);
  expect(await tells('yardstick_measurements_overdue 0')).toBe(true);
  await app.stop();
  // Not even a failed delivery is left of it.
  github.store.hooks.clear();
  await shop.merge(unheard);

  app = await wakeAt('2026-03-10T17:00:00Z', github, settings);
  expect(await shop.labelled(due, 'outcome: refuted')).toBe(true);
  expect(await shop.labelled(unheard, 'outcome: pending')).toBe(true);
  expect(await tells('yardstick_measurements_overdue 0')).toBe(true);
  expect(await tells('yardstick_bets{stage="judged"} 1')).toBe(true);
}, 240_000);
