// The App is suspended, taken away and given back, end to end: what came meanwhile is found at once, and what was open where it may not go is let go in silence.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import type { Settings } from '../../app/settings.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { changeInstallation } from '../../sandbox/github/installations.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { useStage } from '../e2e/stage.ts';
import { withStore } from './bookkeeping.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, deviationsOfApp, removeFolder, runApp, settingsFor, until } from './running-app.ts';

const stage = useStage();
let app: App;
let settings: Settings;
let postgres: Postgres | null = null;
beforeAll(async () => {
  postgres = HAS_POSTGRES ? await startPostgres() : null;
  settings = settingsFor(stage.github(), postgres ? await postgres.database() : null);
  app = await runApp(stage.github(), settings);
}, 180_000);
afterAll(async () => {
  await app.stop();
  removeFolder(settings);
  await postgres?.stop();
});

const change = (kind: 'suspend' | 'unsuspend' | 'deleted' | 'created') => changeInstallation(stage.github(), YARDSTICK_APP, { kind });
const select = (repositories: 'all' | readonly string[]) => changeInstallation(stage.github(), YARDSTICK_APP, { kind: 'select', repositories });
const checked = (number: number) => until(() => checksOf(stage.github(), number), (found) => found.length > 0, 15_000);
const metric = async (line: RegExp): Promise<string> => line.exec(await (await fetch(`${app.url}/metrics`)).text())?.[1] ?? '';
const depth = () => metric(/^yardstick_queue_depth (\d+)$/m);
const retried = () => metric(/^yardstick_turns_total\{outcome="retried"\} (\d+)$/m);

test.each<readonly [string, () => Promise<void>, () => Promise<void>]>([
  ['was suspended', () => change('suspend'), () => change('unsuspend')],
  ['was taken away', () => change('deleted'), () => change('created')],
  ['did not see the repository', () => select([]), () => select('all')],
])('a pull request that was opened while the App %s is looked at when it is back, not ten minutes later', async (why, leave, back) => {
  await leave();
  const number = await stage.open({ title: `Scale while the App ${why}` });
  await new Promise((resolve) => void setTimeout(resolve, 300));
  expect(await checksOf(stage.github(), number)).toEqual([]);
  await back();
  expect(await checked(number)).toMatchObject([{ conclusion: 'failure' }]);
});

test.each<readonly [string, () => Promise<void>, () => Promise<void>]>([
  ['is taken away', () => change('deleted'), () => change('created')],
  ['may no longer see the repository', () => select([]), () => select('all')],
])('what is open when the App %s is let go', async (why, leave, back) => {
  const github = stage.github();
  github.faults.set({ on: /^POST \/graphql/, status: 502, of: 'apps' });
  const before = await retried();
  const number = await stage.open({ title: `Scale before the App ${why}` });
  // Its turn is over: what was in work then would end as what it became.
  expect(Number(await until(retried, (now) => now !== before))).toBeGreaterThan(Number(before));
  expect(await depth()).not.toBe('0');
  await leave();
  expect(await until(depth, (waiting) => waiting === '0')).toBe('0');
  github.faults.clear();
  await back();
  expect(await checked(number)).toMatchObject([{ conclusion: 'failure' }]);
});

test('an App that comes and goes in one breath leaves nothing open', async () => {
  const github = stage.github();
  await change('suspend');
  expect(await until(depth, (waiting) => waiting === '0')).toBe('0');
  github.faults.set({ on: /installation\/repositories/, latency: 1000, of: 'apps' });
  await change('unsuspend');
  await new Promise((resolve) => void setTimeout(resolve, 300));
  await change('suspend');
  expect(await until(depth, (waiting) => waiting === '0', 20_000)).toBe('0');
  github.faults.clear();
  await change('unsuspend');
});

test('its books say so, and its requests are those that GitHub describes', async () => {
  await app.stop();
  const outcomes = await withStore(settings, async (db) => (await db.selectFrom('delivery').where('outcome', 'like', '%taken away%').where('work_key', 'like', `${REPOSITORY.toLowerCase()}#%`).select('outcome').execute()).map(({ outcome }) => outcome));
  expect(outcomes.length).toBeGreaterThanOrEqual(2);
  expect(deviationsOfApp(stage.github())).toEqual([]);
  app = await runApp(stage.github(), settings);
});
