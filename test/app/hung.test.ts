// A desk that hangs: the door still takes webhooks, says that the App is not well, and whoever watches it starts it again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useStage } from '../e2e/stage.ts';
import { environmentOf } from './app-process.ts';
import { removeFolder, send, settingsFor, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';

const stage = useStage();

/** Loaded into each thread: the desk's stands still as soon as the file is there. */
const hanging = (file: string): string => `data:text/javascript,${encodeURIComponent(`
  import { existsSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (!isMainThread) setInterval(() => { while (existsSync(${JSON.stringify(file)})); }, 20).unref();
`)}`;

test('is told by every probe within its time, and loses no webhook', async () => {
  const settings = settingsFor(stage.github(), null);
  const file = join(settings.dataFolder, 'hang');
  const app = spawnApp(environmentOf(settings), { node: ['--import', hanging(file)], cwd: settings.dataFolder });
  const url = (await app.listening()) ?? '';
  const ask = async (path: string) => fetch(url + path).then(async (answer) => `${answer.status} ${await answer.text()}`);
  expect(await Promise.all(['/healthz', '/readyz'].map(ask))).toEqual(['200 alive', '200 ready']);

  writeFileSync(file, '');
  await until(() => ask('/healthz'), (said) => said.startsWith('503'), 30_000);
  const began = performance.now();
  expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(ask))).toEqual(['503 the desk does not answer', '503 the desk does not answer', '500 the metrics cannot be read']);
  // Five seconds, and what a busy machine adds.
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(await send(url, { event: 'ping', payload: {} })).toBe(202);
  app.signal('SIGKILL');
  await app.ended;
  removeFolder(settings);
}, 180_000);
