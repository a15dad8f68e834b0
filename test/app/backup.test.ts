// Backup, restore and verify, on both stores and from one to the other; what is damaged, foreign or in the way is refused in words.
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectBackup, restoreBackup } from '../../app/backup/restore.ts';
import { tablesOf } from '../../app/backup/tables.ts';
import { verifyDatabase } from '../../app/backup/verify.ts';
import { writeBackup } from '../../app/backup/write.ts';
import { encodeFrame } from '../../app/inbox/frame.ts';
import { storeDeliveries } from '../../app/inbox/store.ts';
import { openQueue } from '../../app/jobs/queue.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { usePlaces } from './own-store.ts';
import { HAS_POSTGRES } from './postgres.ts';

const { root, postgres } = usePlaces('backup');
let folders = 0;

const openNew = (kind: string): Promise<Database> => (kind === 'PostgreSQL' ? postgres() : null)?.database().then(openPostgres) ?? openEmbedded(join(root, `data-${(folders += 1)}`));

const AT = '2026-03-02T09:00:00.000Z';
const payload = (number: number): object => ({ action: 'opened', number, installation: { id: 7 }, sender: { login: 'ana “ß”' }, repository: { id: 1, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, pull_request: { number, head: { sha: 'a'.repeat(40) }, base: { sha: 'b'.repeat(40) } } });
const delivery = (id: string, number: number) => ({ id, event: 'pull_request', receivedAt: AT, payload: Buffer.from(JSON.stringify(payload(number))) });

/** A store that has lived: open and settled deliveries, a check, a trail, and a frame that no desk has sorted. */
async function live({ db }: Database, database: Database): Promise<void> {
  await migrate(db);
  const queue = await openQueue(database, () => undefined);
  await db.transaction().execute((trx) => storeDeliveries(trx, queue, [delivery('open', 1), delivery('also-open', 1), delivery('settled', 2)]));
  await db.updateTable('delivery').set({ done_at: AT, outcome: 'gated: "sound"\n' }).where('id', '=', 'settled').execute();
  await db.insertInto('check_run').values({ repo: 'acme/shop', head_sha: 'a'.repeat(40), id: '9007199254740993', digest: 'sha256:x', posted_at: AT }).execute();
  await db.insertInto('audit').values({ at: AT, delivery: 'settled', actor: 'ana', subject: 'acme/shop#2', what: 'gated', detail: JSON.stringify({ verdict: 'pass', ten: 10 }) }).execute();
  await db.insertInto('intake').values({ received_at: AT, deliveries: 1, frame: await encodeFrame([delivery('unsorted', 3)]) }).execute();
  await queue.stop();
}

async function dump({ db }: Database): Promise<unknown> {
  const all = [];
  for (const table of ['delivery', 'check_run', 'audit']) all.push((await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table)} as t order by 1`.execute(db)).rows.map(({ row }) => row));
  return all;
}

const KINDS = [...(HAS_POSTGRES ? ['PostgreSQL'] : []), 'the embedded database'];

describe.each(KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
  test('everything is there again, and what was open has its job', async () => {
    const source = await openNew(from);
    await live(source, source);
    const file = join(root, `${from}-${to}.backup`);
    expect(await writeBackup(source.db, file, { now: AT, journal: null })).toEqual({ audit: 1, check_run: 1, delivery: 3, intake: 1 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await verifyDatabase(source.db)).findings).toEqual([]);

    const target = await openNew(to);
    await restoreBackup(target, file);
    expect((await verifyDatabase(target.db)).findings).toEqual([]);
    expect(await target.db.selectFrom('delivery').where('id', '=', 'unsorted').select(['work_key', 'done_at']).execute()).toEqual([{ work_key: 'acme/shop#3', done_at: null }]);
    await target.db.deleteFrom('delivery').where('id', '=', 'unsorted').execute();
    expect(await dump(target)).toEqual(await dump(source));

    const queue = await openQueue(target, () => undefined);
    expect((await queue.take(10, [])).map(({ data: { key, installation } }) => [key, installation]).toSorted()).toEqual([['acme/shop#1', 7], ['acme/shop#3', 7]]);
    await target.db.insertInto('audit').values({ at: AT, delivery: null, actor: null, subject: '', what: 'goes on', detail: null }).execute();
    expect(await target.db.selectFrom('audit').select('id').orderBy('id').execute()).toHaveLength(2);
    await expect(restoreBackup(target, file)).rejects.toThrow(/not empty/);
    await queue.stop();
    await Promise.all([source.close(), target.close()]);
  }, 120_000);
});

describe('a file', () => {
  let good = '';
  beforeAll(async () => {
    const source = await openNew('the embedded database');
    await live(source, source);
    good = join(root, 'good.backup');
    await writeBackup(source.db, good, { now: AT, journal: null });
    await source.close();
  }, 120_000);

  const changed = (name: string, change: (text: string) => string): string => {
    const file = join(root, name);
    writeFileSync(file, zstdCompressSync(change(zstdDecompressSync(readFileSync(good)).toString())));
    return file;
  };

  test('that is whole is said to be', async () => {
    expect((await inspectBackup(good)).counts).toMatchObject({ delivery: 3 });
  });

  test.each([
    ['cut off', () => { const file = join(root, 'cut'); copyFileSync(good, file); writeFileSync(file, readFileSync(good).subarray(0, -20)); return file; }, /damaged/],
    ['changed by a letter', () => changed('letter', (text) => text.replace('acme/shop#2', 'acme/shop#3')), /damaged: its seal/],
    ['short of a row', () => changed('row', (text) => text.split('\n').filter((line) => !line.startsWith('check_run')).join('\n')), /damaged: its seal/],
    ['without its end', () => changed('end', (text) => text.split('\n').filter((line) => !line.startsWith('{"rows"')).join('\n')), /its end is missing/],
    ['of something else', () => { const file = join(root, 'other'); writeFileSync(file, 'PGDMP'); return file; }, /no backup of Yardstick/],
    ['of another program', () => changed('program', () => '{"format":"other"}\n'), /no backup of Yardstick/],
    ['of a later form', () => changed('later', (text) => text.replace('"version":1', '"version":2')), /newer Yardstick/],
    ['of a later schema', () => changed('schema', (text) => text.replace('"002-intake"', '"999-later"')), /newer Yardstick/],
    ['with a letter lost in its seal', () => changed('sealed', (text) => text.replace(/"}\n$/, '}\n')), /damaged/],
    ['with another one behind it', () => changed('twice', (text) => text + text), /damaged: something comes after its end/],
    ['that is not there', () => join(root, 'nowhere'), /cannot be read \(ENOENT\)/],
    ['that is a folder', () => root, /cannot be read \(EISDIR\)/],
  ])('%s is refused, and nothing is changed', async (_, make, why) => {
    await expect(inspectBackup(make())).rejects.toThrow(why);
  });
});

test('verify finds what does not hold together', async () => {
  const database = await openNew('the embedded database');
  await live(database, database);
  const found = async () => (await verifyDatabase(database.db)).findings.map(({ what }) => what);
  // A job of nobody's is no job for all.
  await sql`update pgboss.job set singleton_key = null where singleton_key = 'acme/shop#1'`.execute(database.db);
  expect(await found()).toEqual([expect.stringContaining('1 pull requests or repositories have open work and no job, for example acme/shop#1')]);
  await sql`delete from pgboss.job`.execute(database.db);
  await sql`alter table audit disable trigger audit_append_only`.execute(database.db);
  await database.db.updateTable('delivery').set({ payload: Buffer.from('no zstd') }).where('id', '=', 'open').execute();
  const all = [expect.stringContaining('append-only'), expect.stringContaining('no job'), expect.stringContaining('cannot be read, for example open')];
  expect(await found()).toEqual(all);
  await sql`drop schema pgboss cascade`.execute(database.db);
  expect(await found()).toEqual(all);
  await database.close();
}, 60_000);

test('a table comes after those that it points at, whatever they are called', async () => {
  const { db, close } = await openNew('the embedded database');
  await migrate(db);
  await sql`create table a_note (repo text, key text, foreign key (repo, key) references bet)`.execute(db);
  const tables = await tablesOf(db);
  expect(tables).toEqual(expect.arrayContaining(['delivery', 'audit', 'bet', 'verdict', 'decision', 'a_note']));
  for (const child of ['verdict', 'decision', 'a_note']) expect(tables.indexOf(child)).toBeGreaterThan(tables.indexOf('bet'));
  await close();
}, 60_000);
