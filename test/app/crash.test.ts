// A process that is killed loses nothing that it acknowledged and tells nothing twice, on both stores; another replica takes its work over.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../app/settings.ts';
import { openEmbedded, openPostgres } from '../../app/store/database.ts';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { startProcess } from './app-process.ts';
import type { AppProcess } from './app-process.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, removeFolder, send, settingsFor, until } from './running-app.ts';

const stage = useStage();
let postgres: Postgres | null = null;
beforeAll(async () => {
  postgres = HAS_POSTGRES ? await startPostgres() : null;
}, 180_000);
afterAll(() => postgres?.stop());

const payloadOf = async (number: number, action: string) => ({ ...(await pullPayload(stage.github(), REPOSITORY, { number, action })), installation: { id: installationOf(YARDSTICK_APP) } });

/** Sends all at once; resolves with the ids that were acknowledged. */
async function storm(app: AppProcess, payloads: readonly unknown[]): Promise<readonly string[]> {
  const sent = payloads.map((payload) => ({ event: 'pull_request', payload, id: randomUUID() }));
  const answers = await Promise.all(sent.map((each) => send(app.url, each).then((status) => ({ id: each.id, status }), () => ({ id: each.id, status: 0 }))));
  return answers.flatMap(({ id, status }) => (status === 202 ? [id] : []));
}

/** What lies in the inbox, read while no App is on it. */
async function inboxOf(settings: Settings): Promise<ReadonlyMap<string, boolean>> {
  const database = settings.databaseUrl ? await openPostgres(settings.databaseUrl) : await openEmbedded(settings.dataFolder);
  const rows = await database.db.selectFrom('delivery').select(['id', 'done_at']).execute();
  await database.close();
  return new Map(rows.map(({ id, done_at }) => [id, done_at !== null]));
}

const drained = (app: AppProcess) => until(async () => (await (await fetch(`${app.url}/metrics`)).text()).includes('yardstick_queue_depth 0\n'), Boolean, 90_000);

describe.each([...(HAS_POSTGRES ? ['PostgreSQL'] : []), 'the embedded database'])('killed on %s', (kind) => {
  test('loses nothing that was acknowledged, and tells nothing twice', async () => {
    const settings = settingsFor(stage.github(), kind === 'PostgreSQL' && postgres ? await postgres.database() : null);
    const numbers = [await stage.open({ title: `Sound on ${kind}`, body: SOUND_BODY }), await stage.open({ title: `Unsaid on ${kind}` })];
    const payloads = (await Promise.all(numbers.map((number) => payloadOf(number, 'synchronize')))).flatMap((payload) => Array.from({ length: 40 }, () => payload));
    const acknowledged: string[] = [];
    for (const life of [0, 300, 1500]) {
      const app = await startProcess(settings);
      const answered = storm(app, payloads);
      await (life === 0 ? answered : new Promise((resolve) => void setTimeout(resolve, life)));
      await app.end('SIGKILL');
      acknowledged.push(...(await answered));
    }
    const last = await startProcess(settings);
    expect(await drained(last)).toBe(true);
    expect(await last.end('SIGTERM')).toBe(0);

    expect(acknowledged.length).toBeGreaterThanOrEqual(80);
    const inbox = await inboxOf(settings);
    expect(acknowledged.filter((id) => inbox.get(id) !== true)).toEqual([]);
    expect((await Promise.all(numbers.map((number) => checksOf(stage.github(), number)))).map((checks) => checks.map(({ conclusion }) => conclusion))).toEqual([['success'], ['failure']]);
    expect(await stage.github().call('GET', `${API}/issues/${numbers[1]}/comments`)).toHaveLength(1);
    removeFolder(settings);
  }, 240_000);
});

test('a second process on one data folder is refused, in words', async () => {
  const settings = settingsFor(stage.github(), null);
  const first = await startProcess(settings);
  await expect(startProcess(settings)).rejects.toThrow(/Another Yardstick runs on/);
  expect(await first.end('SIGTERM')).toBe(0);
  removeFolder(settings);
}, 120_000);

describe.skipIf(!HAS_POSTGRES)('two replicas', () => {
  test('share the work without a double; the one that is left finishes what a killed one had begun', async () => {
    const settings = settingsFor(stage.github(), postgres ? await postgres.database() : null);
    const [one, two] = await Promise.all([startProcess(settings), startProcess(settings)]);
    const numbers: number[] = [];
    for (let index = 0; index < 4; index += 1) numbers.push(await stage.open({ title: `Shared ${index}` }));
    stage.github().faults.set({ on: /^POST \/graphql/, latency: 400 });
    const payloads = await Promise.all(numbers.map((number) => payloadOf(number, 'opened')));
    await Promise.all([storm(one, payloads), storm(two, payloads)]);
    await one.end('SIGKILL');
    stage.github().faults.clear();
    expect(await drained(two)).toBe(true);
    expect(await two.end('SIGTERM')).toBe(0);
    for (const number of numbers) {
      expect(await checksOf(stage.github(), number)).toMatchObject([{ conclusion: 'failure' }]);
      expect(await stage.github().call('GET', `${API}/issues/${number}/comments`)).toHaveLength(1);
    }
    removeFolder(settings);
  }, 240_000);
});
