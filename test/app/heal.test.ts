// After an outage nobody has to do anything: lost webhooks are sent again, and heads without our check get one. Old deliveries go.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbedded, openPostgres } from '../../app/store/database.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { SOUND_BODY, useStage } from '../e2e/stage.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import { checksOf, deviationsOfApp, removeFolder, runApp, SECRET, settingsFor, until } from './running-app.ts';

const stage = useStage();

test('a start after an outage finds everything', async () => {
  const github = stage.github();
  const postgres = HAS_POSTGRES ? await startPostgres() : null;
  const settings = settingsFor(github, postgres ? await postgres.database() : null, mkdtempSync(join(tmpdir(), 'yardstick-heal-')));
  // One pull request from before the installation's webhooks, one whose webhook goes to a server that is down.
  const unheard = await stage.open({ title: 'Scale unheard', body: SOUND_BODY });
  github.store.hooks.set(YARDSTICK_APP, { url: 'http://127.0.0.1:9/', secret: SECRET });
  const lost = await stage.open({ title: 'Scale lost' });
  const failed = await until(async () => github.store.deliveries.filter(({ statusCode }) => statusCode === 0).map(({ guid }) => guid), ({ length }) => length > 0);
  expect(failed.length).toBeGreaterThan(0);

  const app = await runApp(github, settings);
  expect(await until(() => checksOf(github, unheard), (found) => found.length > 0, 60_000)).toMatchObject([{ conclusion: 'success' }]);
  expect(await until(() => checksOf(github, lost), (found) => found.length > 0, 60_000)).toMatchObject([{ conclusion: 'failure' }]);
  await app.stop();

  const database = settings.databaseUrl ? await openPostgres(settings.databaseUrl) : await openEmbedded(settings.dataFolder);
  const stored = new Set((await database.db.selectFrom('delivery').select('id').execute()).map(({ id }) => id));
  expect(failed.filter((guid) => !stored.has(guid))).toEqual([]);
  await database.db.updateTable('delivery').set({ received_at: new Date(Date.now() - 31 * 86_400_000) }).execute();
  await expect(database.db.deleteFrom('audit').execute()).rejects.toThrow(/append-only/);
  await database.close();

  // The next start forgets what is old, and leaves the checks alone.
  const again = await runApp(github, settings);
  const reopened = async () => {
    const { db, close } = settings.databaseUrl ? await openPostgres(settings.databaseUrl) : await openEmbedded(settings.dataFolder);
    const left = (await db.selectFrom('delivery').select('id').execute()).filter(({ id }) => failed.includes(id)).length;
    await close();
    return left;
  };
  // The embedded database has one process at a time: it forgets as it starts, and is looked at afterwards.
  if (settings.databaseUrl) await until(reopened, (left) => left === 0, 30_000);
  else await new Promise((resolve) => void setTimeout(resolve, 5000));
  await again.stop();
  expect(await reopened()).toBe(0);
  expect(await checksOf(github, unheard)).toHaveLength(1);
  expect(await checksOf(github, lost)).toHaveLength(1);
  expect(deviationsOfApp(github)).toEqual([]);
  removeFolder(settings);
  await postgres?.stop();
}, 240_000);
