// A backup changes nothing in what it backs up, of whatever version that is; what another version wrote is told of, and a restore that cannot be leaves nothing.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectBackup, restoreBackup } from '../../app/backup/restore.ts';
import { verifyDatabase } from '../../app/backup/verify.ts';
import { writeBackup } from '../../app/backup/write.ts';
import { examineStore } from '../../app/doctor/store.ts';
import { encodeFrame } from '../../app/inbox/frame.ts';
import { Journal } from '../../app/inbox/journal.ts';
import { migrate, openEmbedded, openPostgres, stepsOf } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { MIGRATIONS } from '../../app/store/migrations.ts';
import { usePlaces } from './own-store.ts';

const { root, postgres } = usePlaces('versions');
const STEPS = Object.keys(MIGRATIONS);
const [FIRST, , THIRD] = STEPS;
const AT = '2026-03-02T09:00:00.000Z';
const plain = { now: AT, journal: null };
let folders = 0;

const openNew = (): Promise<Database> => postgres()?.database().then(openPostgres) ?? openEmbedded(join(root, `data-${(folders += 1)}`));
const payload = (number: number): object => ({ action: 'opened', number, installation: { id: 7 }, sender: { login: 'ana' }, repository: { id: 1, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, pull_request: { number, head: { sha: 'a'.repeat(40) }, base: { sha: 'b'.repeat(40) } } });
const delivery = (id: string, number: number) => ({ id, event: 'pull_request', receivedAt: AT, payload: Buffer.from(JSON.stringify(payload(number))) });
const settled = (id: string) => sql`insert into delivery values (${id}, ${AT}, 'push', null, null, null, null, null, ${AT}, 'ignored')`;
const stateOf = async ({ db }: Database): Promise<unknown> => ({
  steps: await stepsOf(db),
  relations: (await sql`select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname !~ '^pg_(catalog|toast)|information_schema' order by 1`.execute(db)).rows,
  deliveries: (await sql`select * from delivery order by id`.execute(db)).rows,
});

describe('the journal of a killed App', () => {
  const folder = join(root, 'journal');
  const damaged: string[] = [];
  const journal = { folder, onDamage: (segment: string) => void damaged.push(segment) };
  beforeAll(async () => {
    const { journal: open } = await Journal.open(folder);
    await open.append(await encodeFrame([delivery('known', 1), delivery('first', 1)]));
    // A disk damaged this one: whole by its length, and no frame.
    await open.append(Buffer.from('no frame'));
    await open.append(await encodeFrame([delivery('second', 2)]));
    await open.close();
  });

  test('goes into the backup of a store of an older version, which both stay as they are', async () => {
    const source = await openNew();
    await migrate(source.db, THIRD);
    await settled('known').execute(source.db);
    const filesOf = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
    const before = [await stateOf(source), filesOf()];
    const file = join(root, 'journal.backup');
    await writeBackup(source.db, file, { now: AT, journal });
    expect([await stateOf(source), filesOf()]).toEqual(before);
    expect(damaged).toEqual([join(folder, '00000001.log')]);
    expect((await inspectBackup(file)).head.migrations).toEqual(STEPS.slice(0, 3));

    const target = await openNew();
    await restoreBackup(target, file);
    expect(await stepsOf(target.db)).toEqual(STEPS);
    expect(await target.db.selectFrom('delivery').select(['id', 'work_key', 'done_at']).orderBy('id').execute()).toEqual([
      { id: 'first', work_key: 'acme/shop#1', done_at: null }, { id: 'known', work_key: null, done_at: new Date(AT) }, { id: 'second', work_key: 'acme/shop#2', done_at: null },
    ]);
    expect(await verifyDatabase(target.db)).toMatchObject({ findings: [], counts: { delivery: 3, intake: 0 } });
    await Promise.all([source.close(), target.close()]);
  }, 60_000);

  test('is refused where the database is too old to be given it back', async () => {
    const source = await openNew();
    await migrate(source.db, FIRST);
    const file = join(root, 'too-old.backup');
    await expect(writeBackup(source.db, file, { now: AT, journal })).rejects.toThrow(/a database of this version cannot hold/);
    expect(readdirSync(root).filter((name) => name.startsWith('too-old'))).toEqual([]);
    await source.close();
  }, 60_000);
});

test('verify says that an older version wrote it, or a newer one, and how much is in it', async () => {
  const database = await openNew();
  await migrate(database.db, THIRD);
  await settled('a').execute(database.db);
  expect(await verifyDatabase(database.db)).toMatchObject({ counts: { delivery: 1 }, findings: [{ what: expect.stringMatching(/^it was written by an older Yardstick \(step 003-ledger\)/) as unknown, remedy: expect.stringContaining('brings it forward') as unknown }] });
  expect(await stepsOf(database.db)).toEqual(STEPS.slice(0, 3));
  await migrate(database.db);
  expect((await verifyDatabase(database.db)).findings).toEqual([]);
  await sql`insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', now())`.execute(database.db);
  expect(await verifyDatabase(database.db)).toMatchObject({ counts: { delivery: 1 }, findings: [{ what: expect.stringMatching(/^it was written by a newer Yardstick \(step 999-of-tomorrow\)/) as unknown }] });

  // It can be backed up all the same, for that version to restore.
  const file = join(root, 'tomorrow.backup');
  await writeBackup(database.db, file, plain);
  const target = await openNew();
  for (const use of [() => inspectBackup(file), () => restoreBackup(target, file)]) await expect(use()).rejects.toThrow('was written by a newer Yardstick (999-of-tomorrow)');
  expect(await stepsOf(target.db)).toEqual([]);
  await Promise.all([database.close(), target.close()]);
}, 60_000);

test('the doctor tells a store that is not there from one of another version, and makes none', async () => {
  const folder = join(root, 'nothing');
  expect(await examineStore({ env: { DATA_FOLDER: folder } })).toMatchObject({ state: 'fine', text: `There is no database in ${folder}: the first start of the App makes what it needs` });
  expect(existsSync(folder)).toBe(false);
  const there = postgres();
  if (there === null) return;
  const env = { DATABASE_URL: await there.database() };
  const { db, close } = await openPostgres(env.DATABASE_URL);
  await migrate(db, THIRD);
  expect(await examineStore({ env })).toMatchObject({ state: 'unknown', text: expect.stringContaining('is of an older version') as unknown });
  await migrate(db);
  expect(await examineStore({ env })).toMatchObject({ state: 'fine', text: expect.stringContaining('answers; 0 deliveries wait') as unknown });
  await sql`insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', now())`.execute(db);
  expect(await examineStore({ env })).toMatchObject({ state: 'missing', text: expect.stringContaining('was written by a newer Yardstick (step 999-of-tomorrow)') as unknown });
  await close();
}, 60_000);

describe('a restore', () => {
  let whole = '';
  beforeAll(async () => {
    const source = await openNew();
    await migrate(source.db);
    await sql`insert into delivery select 'd' || n, now(), 'push', null, null, null, null, null, now(), md5(n::text) from generate_series(1, 5000) as n`.execute(source.db);
    whole = join(root, 'whole.backup');
    await writeBackup(source.db, whole, plain);
    await source.close();
  }, 60_000);

  test('of a file that was cut off, wherever that was, leaves not even a table', async () => {
    const target = await openNew();
    const bytes = readFileSync(whole);
    // The last few bytes only end the compression: without them all may be there, sealed.
    for (const length of [0, 3, 40, Math.floor(bytes.length / 2), bytes.length - 40]) {
      const cut = join(root, 'cut.backup');
      writeFileSync(cut, bytes.subarray(0, length));
      await expect(restoreBackup(target, cut), `${length} bytes`).rejects.toThrow(/is damaged|is no backup/);
      expect(await stepsOf(target.db)).toEqual([]);
    }
    await restoreBackup(target, whole);
    expect((await verifyDatabase(target.db)).counts).toMatchObject({ delivery: 5000 });
    await expect(restoreBackup(target, whole)).rejects.toThrow('The database is not empty: delivery has rows');
    expect((await verifyDatabase(target.db)).counts).toMatchObject({ delivery: 5000 });
    await target.close();
  }, 60_000);

  test('brings an empty database of an older version forward, and leaves one of a newer version alone', async () => {
    const older = await openNew();
    await migrate(older.db, FIRST);
    await restoreBackup(older, whole);
    expect((await verifyDatabase(older.db)).findings).toEqual([]);
    const newer = await openNew();
    await migrate(newer.db);
    await sql`insert into kysely_migration (name, timestamp) values ('999-of-tomorrow', now())`.execute(newer.db);
    await expect(restoreBackup(newer, whole)).rejects.toThrow(/The backup is of an older schema \(\d+ steps\) than the database has/);
    await Promise.all([older.close(), newer.close()]);
  }, 60_000);
});
