// Rounds of healing: one process at a time, and what cannot be done keeps nothing else from being done.
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { startApp } from '../../app/app.ts';
import { openDesk } from '../../app/desk/desk.ts';
import { createHealer } from '../../app/jobs/heal.ts';
import type { Queue } from '../../app/jobs/queue.ts';
import { redeliver } from '../../app/jobs/redeliver.ts';
import { beginRound, endRound } from '../../app/jobs/rounds.ts';
import { sweep } from '../../app/jobs/sweep.ts';
import type { Looked } from '../../app/jobs/sweep.ts';
import { reindex } from '../../app/ledger/reindex.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { addPrivateRepository } from '../../sandbox/seed/organisation.ts';
import type { ApiRequest } from '../../src/github/transport.ts';
import { useStage } from '../e2e/stage.ts';
import { useEmbedded } from './own-store.ts';
import { checksOf, removeFolder, SECRET, settingsFor, until } from './running-app.ts';

describe('on a store', () => {
  const own = useEmbedded('rounds');

  test('a round is one process’s, until the next is due', async () => {
    const at = (seconds: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1000);
    const begin = (seconds: number) => beginRound(own(), 'sweep', { now: at(seconds), afterMs: 60_000 });
    expect([await begin(0), await begin(1), await begin(59)]).toEqual([true, false, false]);
    await endRound(own(), 'sweep', at(10));
    expect([await begin(61), await begin(62)]).toEqual([true, false]);
  });

  test('a round in which GitHub tells nothing is none: nobody looked around', async () => {
    const away = async () => ({ status: 500, headers: {}, body: { message: 'away' } });
    const queue = { enqueue: () => Promise.resolve() } as unknown as Queue;
    await expect(createHealer({ db: own(), queue, app: away, of: () => away, now: () => new Date() })()).rejects.toThrow('the installations');
    const app = async () => ({ status: 200, headers: {}, body: [{ id: 7, suspended_at: null }] });
    await expect(createHealer({ db: own(), queue, app, of: () => away, now: () => new Date() })()).rejects.toThrow('no installation could be looked at');
  });

  test('a webhook that keeps failing is asked for after twice as long each time, and one refusal stops no other', async () => {
    const now = new Date('2026-03-02T12:00:00Z');
    let id = 0;
    const tried = (guid: string, ...minutesAgo: readonly number[]) => minutesAgo.map((minutes) => ({ id: (id += 1), guid, status: 'Invalid HTTP Response', delivered_at: new Date(now.getTime() - minutes * 60_000).toISOString() }));
    const entries = [
      ...tried('once', 1), ...tried('twice just now', 5, 15), ...tried('twice', 11, 21), ...tried('thrice too soon', 15, 30, 40), ...tried('thrice', 21, 40, 50),
      { id: (id += 1), guid: 'arrived', status: 'OK', delivered_at: now.toISOString() }, ...tried('arrived', 30),
    ];
    const asked: number[] = [];
    const app = async ({ method, path }: ApiRequest) => {
      if (method === 'GET') return { status: 200, headers: {}, body: entries };
      asked.push(Number(/deliveries\/(\d+)\//.exec(path)?.[1]));
      return { status: asked.length === 1 ? 422 : 202, headers: {}, body: {} };
    };
    const failed: string[] = [];
    const count = await redeliver({ app, db: own(), now: () => now, isolate: async (what, part, otherwise) => part().catch(() => (failed.push(what), otherwise)) });
    expect(asked.map((each) => entries.find((entry) => entry.id === each)?.guid)).toEqual(['once', 'twice', 'thrice']);
    expect({ count, failed }).toEqual({ count: 2, failed: ['the redelivery of once'] });
  });

  test('a repository in which nothing happened is looked at once an hour', async () => {
    let [minutes, pushed] = [0, 'a'];
    const asked: string[] = [];
    const github = async ({ path }: ApiRequest) => {
      if (path === '/installation/repositories') return { status: 200, headers: {}, body: { repositories: ['shop', 'store'].map((name) => ({ owner: { login: 'acme' }, name, pushed_at: name === 'shop' ? pushed : 'a' })) } };
      asked.push(path);
      return { status: 200, headers: {}, body: [] };
    };
    const looked: Looked = new Map();
    const round = async (after: number) => {
      minutes += after;
      asked.length = 0;
      const tools = { db: own(), of: () => github, now: () => new Date(Date.parse('2026-03-02T09:00:00Z') + minutes * 60_000), isolate: <T>(_: string, part: () => Promise<T>) => part(), looked };
      for await (const errands of sweep(7, tools)) expect(errands).toEqual([]);
      return asked.map((path) => path.split('/')[3]);
    };
    expect([await round(0), await round(10)]).toEqual([['shop', 'store'], []]);
    pushed = 'b';
    expect([await round(10), await round(10), await round(30)]).toEqual([['shop'], [], ['store']]);
  });

  test('reindex leaves what it may not read as it was', async () => {
    const db = own();
    await db.insertInto('bet').values({ repo: 'acme/shop', key: 'acme/shop#1', installation: 7, title: 'Scale', stage: 'measuring', is_open: true, intent: 'cut', silent: false, owner: 'ana', record_number: 1, record_comment: 1, locked_at: '2026-01-01T00:00:00Z', due_at: null, seen_at: '2026-01-01T00:00:00Z' }).execute();
    const settings = { configPath: '.github/yardstick.yml', signingKey: null, allowances: [] };
    const suspended = async () => ({ status: 200, headers: {}, body: [{ id: 7, suspended_at: '2026-02-01T00:00:00Z' }] });
    expect(await reindex({ db, app: suspended, of: () => suspended, settings, now: () => new Date() })).toMatchObject({ repositories: 0, removed: 0, failed: [] });
    const app = async () => ({ status: 200, headers: {}, body: [{ id: 7, suspended_at: null }] });
    const blocked = async ({ path }: ApiRequest) => (path === '/installation/repositories' ? { status: 200, headers: {}, body: { repositories: [{ owner: { login: 'acme' }, name: 'shop' }] } } : { status: 451, headers: {}, body: { message: 'Repository access blocked' } });
    const { failed, ...done } = await reindex({ db, app, of: () => blocked, settings, now: () => new Date() });
    expect(done).toMatchObject({ repositories: 0, removed: 0 });
    expect(failed).toEqual([expect.stringContaining('acme/shop: ')]);
    expect(await db.selectFrom('bet').select('key').execute()).toHaveLength(1);
  });
});

describe('on GitHub', () => {
  const stage = useStage();
  afterEach(() => stage.github().faults.clear());

  async function healed(fault: { readonly on: RegExp; readonly status: number }, before: () => Promise<number>): Promise<{ readonly checks: number; readonly told: readonly string[] }> {
    const github = stage.github();
    github.store.hooks.delete(YARDSTICK_APP);
    const number = await before();
    github.faults.set({ ...fault, of: 'apps' });
    const settings = settingsFor(github, null);
    const told: string[] = [];
    const app = await startApp(settings, pino({ level: 'warn' }, { write: (line: string) => void told.push((JSON.parse(line) as { err?: string }).err ?? '') }), openDesk);
    const checks = (await until(() => checksOf(github, number), (found) => found.length > 0, 40_000)).length;
    await app.stop();
    removeFolder(settings);
    return { checks, told };
  }

  test('a repository that GitHub blocked keeps no other from its check', async () => {
    await addPrivateRepository(stage.github(), 'aaa-blocked', { 'README.md': 'x' });
    expect(await healed({ on: /^GET .*\/repos\/harbour-goods\/aaa-blocked\/pulls/, status: 451 }, () => stage.open({ title: 'Scale unheard' }))).toEqual({ checks: 1, told: [expect.stringContaining('harbour-goods/aaa-blocked: ')] });
  }, 120_000);

  test('a webhook that GitHub does not send again keeps nobody from a check', async () => {
    const found = await healed({ on: /^POST \/app\/hook\/deliveries\//, status: 422 }, async () => {
      const { store } = stage.github();
      store.hooks.set(YARDSTICK_APP, { url: 'http://127.0.0.1:9/', secret: SECRET });
      const number = await stage.open({ title: 'Scale lost' });
      await until(async () => store.deliveries.filter(({ statusCode }) => statusCode === 0).length, (count) => count > 0);
      store.hooks.delete(YARDSTICK_APP);
      return number;
    });
    expect(found.checks).toBe(1);
    expect(found.told).toContainEqual(expect.stringContaining('the redelivery of '));
  }, 120_000);
});
