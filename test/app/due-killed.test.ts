// A waiver's end and a reminder are told exactly once, also where the process is killed between the write to GitHub and the note of it, and two replicas go on.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import type { Settings } from '../../app/settings.ts';
import { moveClock } from '../../sandbox/clock.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import { CALENDAR, REFUTED, UNCLEAR } from '../../sandbox/life/shop.ts';
import { openOrganisation, openPull } from '../../sandbox/seed/organisation.ts';
import { environmentOf } from './app-process.ts';
import { dump, openShop, shopSettings, wakeAt, type Shop } from './bookkeeping.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { removeFolder, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';
import type { Spawned } from './spawned.ts';

const CLOCK = join(import.meta.dirname, '../../sandbox/clock.ts');
/** Two weeks after the verdict, and after the waiver's last day; each life begins when the claims of the one before are stale. */
const LIVES = ['2026-03-25T09:00:00Z', '2026-03-25T09:20:00Z', '2026-03-25T09:40:00Z'] as const;
const CHECK_WRITTEN = /^PATCH .*\/check-runs\//;
const COMMENT_WRITTEN = /^POST .*\/issues\/\d+\/comments/;

describe.skipIf(!HAS_POSTGRES)('on PostgreSQL', () => {
  let github: GitHub;
  let shop: Shop;
  let postgres: Postgres;
  let settings: Settings;
  const processes: Spawned[] = [];
  beforeAll(async () => {
    github = await openOrganisation();
    shop = await openShop(github, 'shop');
    postgres = await startPostgres();
    settings = shopSettings(github, shop, await postgres.database());
  }, 180_000);
  afterAll(async () => {
    for (const each of processes) each.signal('SIGKILL');
    await Promise.all(processes.map(({ ended }) => ended));
    removeFolder(settings);
    await postgres?.stop();
    await github.close();
  });

  const start = async (at: string): Promise<Spawned> => {
    moveClock(at);
    const app = spawnApp({ ...environmentOf(settings), SANDBOX_NOW: at }, { node: ['--import', CLOCK], cwd: settings.dataFolder });
    processes.push(app);
    expect(await app.listening(), app.said()).not.toBeNull();
    return app;
  };
  const kill = async (app: Spawned): Promise<void> => {
    app.signal('SIGKILL');
    await app.ended;
    github.faults.clear();
  };
  const bodies = async (number: number) => (await github.call<readonly { readonly user: { readonly login: string }; readonly body: string }[]>('GET', `${shop.api}/issues/${number}/comments?per_page=100`)).filter(({ user }) => user.login === 'yardstick[bot]').map(({ body }) => body);
  const reminders = async (number: number) => (await bodies(number)).filter((body) => body.startsWith('<!-- yardstick:reminder'));
  const checks = async (number: number) => {
    const { head } = await github.call<{ head: { sha: string } }>('GET', `${shop.api}/pulls/${number}`);
    return (await github.call<{ check_runs: readonly { readonly conclusion: string }[] }>('GET', `${shop.api}/commits/${head.sha}/check-runs?filter=all`)).check_runs.map(({ conclusion }) => conclusion);
  };
  const appointments = async () => (await dump(settings))['appointments']?.length;

  test('what was said before a kill is not said again', async () => {
    const lived = async (at: string, deeds: () => Promise<void>): Promise<void> => {
      const app: App = await wakeAt(at, github, settings);
      await deeds();
      await until(async () => (await (await fetch(`${app.url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean, 60_000);
      await app.stop();
    };
    let [bet, waived] = [0, 0];
    await lived(CALENDAR.opened, async () => {
      bet = await openPull(github, shop.repository, REFUTED.pull);
      waived = await openPull(github, shop.repository, { ...UNCLEAR.pull, body: '', slug: 'waived', title: 'Scale mailer to 12', files: { 'charts/mailer/values.yaml': 'replicaCount: 12\n' } });
      await shop.say(waived, 'ben', '/yardstick waive the sale starts until 2026-03-20');
      expect(await shop.labelled(waived, 'hypothesis: waived')).toBe(true);
    });
    await lived(CALENDAR.merged, async () => {
      await shop.merge(bet);
      expect(await shop.labelled(bet, 'outcome: pending')).toBe(true);
    });
    await lived(CALENDAR.deployed, () => shop.deploy());
    await lived(CALENDAR.due, async () => {
      expect(await shop.labelled(bet, 'outcome: refuted')).toBe(true);
    });
    github.store.hooks.delete(YARDSTICK_APP);
    expect([await checks(waived), await reminders(bet), await appointments()]).toEqual([['success'], [], 2]);

    // The check is written and its answer lost; the reminder does not come through yet.
    github.faults.set({ on: CHECK_WRITTEN, cut: 'after', times: 1 }, { on: COMMENT_WRITTEN, status: 502 });
    const first = await start(LIVES[0]);
    expect(await until(() => checks(waived), ([conclusion]) => conclusion === 'failure', 60_000)).toEqual(['failure']);
    await kill(first);
    expect([await reminders(bet), await appointments()]).toEqual([[], 2]);

    // The reminder is written and its answer lost.
    github.faults.set({ on: COMMENT_WRITTEN, cut: 'after', times: 1 });
    const second = await start(LIVES[1]);
    expect(await until(() => reminders(bet), (found) => found.length > 0, 60_000)).toHaveLength(1);
    await kill(second);
    expect((await dump(settings))['appointments']).toContainEqual(expect.objectContaining({ number: null }));

    const both = [await start(LIVES[2]), await start(LIVES[2])];
    expect(await until(appointments, (left) => left === 0, 120_000)).toBe(0);
    await new Promise((resolve) => void setTimeout(resolve, 3000));
    expect([await checks(waived), (await reminders(bet)).length, (await bodies(waived)).length, (await dump(settings))['waivers']]).toEqual([['failure'], 1, 1, []]);
    for (const each of both) each.signal('SIGTERM');
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  }, 400_000);
});
