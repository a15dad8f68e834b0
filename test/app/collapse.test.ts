// What nobody caught: told in one line, work given back, exit code 1; in the door's thread and in the desk's.
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { SOUND_BODY, useStage } from '../e2e/stage.ts';
import { environmentOf } from './app-process.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, removeFolder, send, settingsFor, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';

const CRASHING = join(import.meta.dirname, 'crashing.ts');
const stage = useStage();
let postgres: Postgres | null = null;
beforeAll(async () => {
  postgres = HAS_POSTGRES ? await startPostgres() : null;
}, 180_000);
afterAll(() => postgres?.stop());

/** Jobs in work; `number`: those of a pull request, since a start looks at all that are open. */
async function active(url: string, number?: number): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows: [row] } = await client.query<{ count: string }>("select count(*) from pgboss.job where state = 'active' and singleton_key like $1", [number === undefined ? '%' : `%#${number}`]);
  await client.end();
  return Number(row?.count);
}

describe.runIf(HAS_POSTGRES).each(['door exception', 'door rejection', 'desk exception', 'desk rejection'])('a %s', (what) => {
  test('is one line, gives the work back, and ends the process', async () => {
    const settings = settingsFor(stage.github(), (await postgres?.database()) ?? null);
    const app = spawnApp({ ...environmentOf(settings), CRASH: what }, { node: ['--import', CRASHING], cwd: settings.dataFolder });
    const url = await app.listening();
    const number = await stage.open({ title: `During a ${what}`, body: SOUND_BODY });
    stage.github().faults.set({ on: /^POST \/graphql/, latency: 1500 });
    const payload = { ...(await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' })), installation: { id: installationOf(YARDSTICK_APP) } };
    expect(await send(url ?? '', { event: 'pull_request', payload })).toBe(202);
    expect(await until(() => active(settings.databaseUrl ?? '', number), (count) => count > 0)).toBeGreaterThan(0);

    app.signal('SIGUSR2');
    expect(await app.ended).toBe(1);
    const lines = app.said().trim().split('\n');
    const told = lines.filter((line) => line.includes('broken')).map((line) => JSON.parse(line) as unknown);
    expect(told).toEqual([expect.objectContaining({ level: 50, msg: 'crashed', origin: what.endsWith('rejection') ? 'unhandledRejection' : 'uncaughtException', err: 'Error: broken: https://[secret]host/' })]);
    expect(lines.every((line) => line.startsWith('{'))).toBe(true);
    expect(await active(settings.databaseUrl ?? '')).toBe(0);
    expect((await checksOf(stage.github(), number)).map(({ conclusion }) => conclusion)).toEqual(['success']);
    stage.github().faults.clear();
    removeFolder(settings);
  });
});
