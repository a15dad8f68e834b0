// A stop: nothing is lost and nothing told twice, and it ends within 25 seconds whatever hangs.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { useStage } from '../e2e/stage.ts';
import { startProcess } from './app-process.ts';
import type { AppProcess } from './app-process.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, removeFolder, send, settingsFor, until } from './running-app.ts';

const STORES = [...(HAS_POSTGRES ? (['PostgreSQL'] as const) : []), 'the embedded database'] as const;
const LONGEST_MS = 25_000;

async function timed(app: AppProcess): Promise<{ readonly code: number | null; readonly ms: number }> {
  const began = performance.now();
  const code = await app.end('SIGTERM');
  return { code, ms: performance.now() - began };
}

describe.each(STORES)('stopped on %s', (kind) => {
  const stage = useStage();
  let postgres: Postgres | null = null;
  beforeAll(async () => {
    postgres = kind === 'PostgreSQL' ? await startPostgres() : null;
  }, 180_000);
  afterAll(() => postgres?.stop());
  const newSettings = async () => settingsFor(stage.github(), postgres && (await postgres.database()));
  const payload = async (number: number) => ({ ...(await pullPayload(stage.github(), REPOSITORY, { number, action: 'synchronize' })), installation: { id: installationOf(YARDSTICK_APP) } });

  test('with nothing to do it is gone at once', async () => {
    const settings = await newSettings();
    const { code, ms } = await timed(await startProcess(settings));
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5000);
    removeFolder(settings);
  }, 60_000);

  test('while GitHub hangs it gives back what it had begun, and the next one does it', async () => {
    const settings = await newSettings();
    const app = await startProcess(settings);
    const number = await stage.open({ title: `Hanging on ${kind}` });
    stage.github().faults.set({ on: /^POST \/graphql/, latency: 60_000 });
    const asked = stage.github().requests.length;
    expect(await send(app.url, { event: 'pull_request', payload: await payload(number) })).toBe(202);
    await until(async () => (await (await fetch(`${app.url}/metrics`)).text()).includes('yardstick_queue_depth 1\n'), Boolean);
    await new Promise((resolve) => void setTimeout(resolve, 1000));
    const { code, ms } = await timed(app);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(LONGEST_MS);
    expect(stage.github().requests.slice(asked).filter(({ method, path }) => method !== 'GET' && path.includes('check-runs'))).toEqual([]);

    stage.github().faults.clear();
    const next = await startProcess(settings);
    expect(await until(() => checksOf(stage.github(), number), (found) => found.length > 0, 40_000)).toMatchObject([{ conclusion: 'failure' }]);
    expect(await next.end('SIGTERM')).toBe(0);
    removeFolder(settings);
  }, 150_000);

  test('somebody who never finishes what they send does not hold it', async () => {
    const settings = await newSettings();
    const app = await startProcess(settings);
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write('POST /api/github/webhooks HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 1000\r\nx-github-event: ping\r\nx-github-delivery: slow\r\nx-hub-signature-256: sha256=');
    socket.write(`${'0'.repeat(64)}\r\n\r\n{"half`);
    await new Promise((resolve) => void setTimeout(resolve, 300));
    const { code, ms } = await timed(app);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    removeFolder(settings);
  }, 60_000);
});

describe.skipIf(!HAS_POSTGRES)('stopped while the database is gone', () => {
  const stage = useStage();

  test('it ends all the same', async () => {
    const postgres = await startPostgres();
    const settings = settingsFor(stage.github(), await postgres.database());
    const app = await startProcess(settings);
    await postgres.stop();
    const { ms } = await timed(app);
    expect(ms).toBeLessThan(LONGEST_MS);
    removeFolder(settings);
  }, 120_000);
});
