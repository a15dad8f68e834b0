// The image: made step by step as the Dockerfile says, run as nobody on a read-only root, it serves on either store and backs itself up.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { SOUND_BODY, useStage } from '../e2e/stage.ts';
import { environmentOf } from './app-process.ts';
import { buildImage, CAN_MOUNT, readDockerfile } from './image.ts';
import type { Image } from './image.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, removeFolder, send, settingsFor, until } from './running-app.ts';

if (!CAN_MOUNT) process.stderr.write('SKIPPED: the image was not tried, since this user cannot mount (root can)\n');
const can = CAN_MOUNT && HAS_POSTGRES;
const stage = useStage();
let image: Image;
let postgres: Postgres | null = null;
beforeAll(async () => {
  if (!can) return;
  postgres = await startPostgres();
  image = buildImage();
}, 240_000);
afterAll(async () => {
  await postgres?.stop();
  if (can) image.remove();
});

/** Runs to its end in a container of the image. */
async function runIn(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = image.start(command, env);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => void (said += text.toString()));
  return { code: await new Promise((resolve) => void child.once('close', resolve)), said };
}

describe.runIf(can)('the image', () => {
  test('runs as nobody, on a root that it cannot write', async () => {
    expect(await runIn(['sh', '-c', 'id -u; touch /app/x /usr/local/bin/x /etc/x 2>/dev/null || echo closed; touch /data/x && rm /data/x && echo data; grep -E "NoNewPrivs|CapEff|CapBnd" /proc/self/status'])).toMatchObject({
      code: 0, said: expect.stringMatching(/^1000\nclosed\ndata\nCapEff:\s0+\nCapBnd:\s0+\nNoNewPrivs:\s1\n$/) as unknown,
    });
  });

  test.each(['PostgreSQL', 'the embedded database'])('serves on %s, is healthy, and stops when it is told to', async (kind) => {
    const settings = settingsFor(stage.github(), kind === 'PostgreSQL' ? ((await postgres?.database()) ?? null) : null);
    const { PATH: _, DATA_FOLDER: __, ...given } = environmentOf(settings);
    // A collector that is away: the pieces that are loaded on demand are in the image too, and do no harm.
    const env = { ...given, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', ...(kind === 'PostgreSQL' ? {} : { EMBEDDED_DATABASE: 'accepted' }) };
    const app = image.start(image.command, env);
    let said = '';
    for (const stream of [app.stdout, app.stderr]) stream?.on('data', (text: Buffer) => void (said += text.toString()));
    const ended = new Promise((resolve) => void app.once('close', resolve));
    const url = (await until(async () => /"url":"([^"]+)"/.exec(said)?.[1] ?? '', (found) => found !== '' || app.exitCode !== null, 90_000)) || said;
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready');
    expect(await runIn(image.healthcheck, { PORT: new URL(url).port })).toEqual({ code: 0, said: '' });
    const number = await stage.open({ title: `In an image on ${kind}`, body: SOUND_BODY });
    const payload = { ...(await pullPayload(stage.github(), REPOSITORY, { number, action: 'opened' })), installation: { id: installationOf(YARDSTICK_APP) } };
    expect(await send(url, { event: 'pull_request', payload })).toBe(202);
    expect(await until(() => checksOf(stage.github(), number), (found) => found.length > 0)).toMatchObject([{ conclusion: 'success' }]);
    const backup = (file: string) => runIn(['yardstick', 'db', 'backup', file], env);
    if (kind === 'PostgreSQL') expect(await backup('/data/live.backup')).toMatchObject({ code: 0, said: expect.stringMatching(/^Backed up the PostgreSQL.*deliver/) as unknown });

    app.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said).toContain('"stopped"');
    expect(await backup('/data/stopped.backup')).toMatchObject({ code: 0 });
    expect(await runIn(['yardstick', 'db', 'verify', '/data/stopped.backup'], env)).toMatchObject({ code: 0, said: expect.stringContaining('is whole') as unknown });
    removeFolder(settings);
  });

  test('is not healthy where nothing listens', async () => {
    expect((await runIn(image.healthcheck, { PORT: '9' })).code).toBe(1);
  });
});

test('the Dockerfile ends as somebody without rights, in production, told to stop by SIGTERM', () => {
  const [build = [], final = []] = readDockerfile();
  expect([build[0]?.rest, final[0]?.rest]).toEqual(['node:24-slim AS build', 'node:24-slim']);
  const told = final.map(({ word, rest }) => `${word} ${rest}`);
  expect(told).toEqual(expect.arrayContaining(['USER node', 'STOPSIGNAL SIGTERM', 'VOLUME /data', expect.stringMatching(/^ENV .*NODE_ENV=production/), expect.stringMatching(/^HEALTHCHECK --interval=\d+s --timeout=\d+s CMD \[/)]));
  // Nothing is copied but what was built, and what is run comes after the user.
  expect(told.filter((line) => line.startsWith('COPY')).every((line) => line.startsWith('COPY --from=build'))).toBe(true);
  expect(final.findIndex(({ word }) => word === 'USER')).toBeLessThan(final.findIndex(({ word }) => word === 'CMD'));
});
