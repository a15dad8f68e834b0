// A repository is renamed: what the App knew of it follows, told at once or found by the sweep, and no check is posted twice.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import { parseNotice } from '../../app/inbox/notice.ts';
import { moveRows } from '../../app/ledger/moves.ts';
import type { Settings } from '../../app/settings.ts';
import type { Db } from '../../app/store/database.ts';
import { YARDSTICK_APP } from '../../sandbox/github/apps.ts';
import { installationOf, personToken } from '../../sandbox/github/upstream.ts';
import { REPOSITORY } from '../../sandbox/seed/organisation.ts';
import { API, SOUND_BODY, useStage } from '../e2e/stage.ts';
import { withStore } from './bookkeeping.ts';
import { useEmbedded } from './own-store.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { checksOf, deviationsOfApp, removeFolder, runApp, send, settingsFor, until } from './running-app.ts';

const OWNER = REPOSITORY.split('/')[0] ?? '';
const FORMER = `${OWNER}/formerly`;

test.each<readonly [string, string, object, string | null]>([
  ['a new name', 'repository', { action: 'renamed', changes: { repository: { name: { from: 'store' } } }, repository: { name: 'shop', owner: { login: 'acme' } } }, 'acme/store'],
  ['another organisation', 'repository', { action: 'transferred', changes: { owner: { from: { organization: { login: 'old' } } } }, repository: { name: 'shop', owner: { login: 'acme' } } }, 'old/shop'],
  ['from a person', 'repository', { action: 'transferred', changes: { owner: { from: { user: { login: 'ana' } } } }, repository: { name: 'shop', owner: { login: 'acme' } } }, 'ana/shop'],
  ['an account of a new name', 'installation_target', { action: 'renamed', changes: { login: { from: 'old' } }, account: { login: 'acme' } }, 'old'],
  ['another word of a repository', 'repository', { action: 'edited', changes: {}, repository: { name: 'shop', owner: { login: 'acme' } } }, null],
  ['a payload without names', 'repository', { action: 'renamed' }, null],
])('the event of %s', (_, event, payload, from) => {
  expect(parseNotice(event, payload)).toEqual(from === null ? null : { kind: 'moved', from });
});

describe('rows', () => {
  const own = useEmbedded('moves');

  test('follow with all that hangs on them; what was written under the new name is newer, and stays', async () => {
    const db = own();
    const bet = (repo: string, key: string, title: string) => sql`insert into bet values (${repo}, ${key}, 7, ${title}, 'measuring', true, 'improve', false, 'ana', 1, 2, '2026-03-02T09:00:00Z', null, '2026-03-02T09:00:00Z')`.execute(db);
    await bet('acme/store', 'acme/store#1', 'one');
    await bet('acme/store', 'acme/store#2', 'two');
    await bet('acme/shop', 'acme/store#2', 'two, read anew');
    await bet('acme/stores', 'acme/stores#1', 'a neighbour');
    await sql`insert into verdict values ('acme/store', 'acme/store#1', 'validated', '2026-03-09T09:00:00Z', false, 1, 2)`.execute(db);
    await sql`insert into waiver values ('acme/store', 3, 7, 'ben', 'the sale', '2026-03-02T09:00:00Z', null, '2026-03-02T09:00:00Z')`.execute(db);
    await sql`insert into check_run values ('acme/store', 'a', 1, 'sha256:x', '2026-03-02T09:00:00Z'), ('acme/store', 'b', 2, 'sha256:x', '2026-03-02T09:00:00Z'), ('acme/shop', 'b', 3, 'sha256:y', '2026-03-02T10:00:00Z')`.execute(db);
    await db.transaction().execute((trx) => moveRows(trx, { from: 'acme/store', to: 'acme/shop', installation: 8 }));
    expect(await db.selectFrom('bet').select(['repo', 'key', 'title', 'installation']).orderBy('key').execute()).toEqual([
      { repo: 'acme/shop', key: 'acme/store#1', title: 'one', installation: 8 }, { repo: 'acme/shop', key: 'acme/store#2', title: 'two, read anew', installation: 7 }, { repo: 'acme/stores', key: 'acme/stores#1', title: 'a neighbour', installation: 7 },
    ]);
    expect(await db.selectFrom('verdict').select('repo').execute()).toEqual([{ repo: 'acme/shop' }]);
    expect(await db.selectFrom('waiver').select(['repo', 'installation']).execute()).toEqual([{ repo: 'acme/shop', installation: 8 }]);
    await db.transaction().execute((trx) => moveRows(trx, { from: 'acme/Shop', to: 'acme/shop', installation: 8 }));
    expect(await db.selectFrom('check_run').select(['repo', 'head_sha', 'id']).orderBy('head_sha').execute()).toEqual([{ repo: 'acme/shop', head_sha: 'a', id: 1 }, { repo: 'acme/shop', head_sha: 'b', id: 3 }]);
  });
});

describe.skipIf(!HAS_POSTGRES)('end to end', () => {
  const stage = useStage();
  let app: App;
  let settings: Settings;
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    settings = settingsFor(stage.github(), await postgres.database());
    app = await runApp(stage.github(), settings);
    stage.github().store.formerNames.set(FORMER, REPOSITORY);
  }, 180_000);
  afterAll(async () => {
    await app.stop();
    removeFolder(settings);
    await postgres.stop();
  });

  /** As it was before GitHub renamed it. */
  const underFormerName = () => withStore(settings, async (db) => {
    await sql`update check_run set repo = ${FORMER}`.execute(db);
    await sql`update waiver set repo = ${FORMER}`.execute(db);
    await sql`update appointment set repo = ${FORMER}`.execute(db);
  });
  const names = () => withStore(settings, async (db: Db) => [...new Set((await sql<{ repo: string }>`select repo from check_run union all select repo from waiver union all select repo from appointment`.execute(db)).rows.map(({ repo }) => repo.toLowerCase()))]);
  const isBack = async (): Promise<void> => expect(await until(names, (found) => found.join() === REPOSITORY.toLowerCase(), 30_000)).toEqual([REPOSITORY.toLowerCase()]);

  test('a rename that is told is followed at once, and the check that stands is edited', async () => {
    const number = await stage.open({ title: 'Scale before the rename' });
    expect(await until(() => checksOf(stage.github(), number), (found) => found.length > 0)).toMatchObject([{ conclusion: 'failure' }]);
    await underFormerName();
    const repository = await stage.github().call<object>('GET', API);
    expect(await send(app.url, { event: 'repository', payload: { action: 'renamed', changes: { repository: { name: { from: 'formerly' } } }, repository, sender: { login: 'ana' }, installation: { id: installationOf(YARDSTICK_APP) } } })).toBe(202);
    await isBack();
    await stage.github().call('PATCH', `${API}/pulls/${number}`, { token: personToken('ana'), body: { body: SOUND_BODY } });
    expect(await until(() => checksOf(stage.github(), number), (found) => found.some(({ conclusion }) => conclusion === 'success'))).toMatchObject([{ conclusion: 'success' }]);
  });

  test('a rename that nobody told is found by the sweep', async () => {
    const number = await stage.open({ title: 'Scale and waive until a day' });
    await until(() => checksOf(stage.github(), number), (found) => found.length > 0);
    await stage.github().call('POST', `${API}/issues/${number}/comments`, { token: personToken('ben'), body: { body: '/yardstick waive the sale begins at noon until 2090-01-05' } });
    await until(() => withStore(settings, (db) => db.selectFrom('waiver').select('number').execute()), (found) => found.length > 0);
    await app.stop();
    await underFormerName();
    await withStore(settings, (db) => db.deleteFrom('round').execute());
    app = await runApp(stage.github(), settings);
    await until(async () => (await withStore(settings, (db) => db.selectFrom('waiver').select('repo').execute())).map(({ repo }) => repo), ([repo]) => repo === REPOSITORY, 30_000);
    expect(await withStore(settings, (db) => db.selectFrom('appointment').select(['repo', 'subject']).execute())).toEqual([{ repo: REPOSITORY, subject: `#${number}` }]);
    expect(deviationsOfApp(stage.github())).toEqual([]);
  });
});
