// The App's command line as a process of its own: what it says, where it says it, with which exit code, and what it leaves behind.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { migrate, openEmbedded, openPostgres, stepsOf } from '../../app/store/database.ts';
import { MIGRATIONS } from '../../app/store/migrations.ts';
import { version } from '../../src/version.ts';
import { MAIN } from './app-process.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { send, until } from './running-app.ts';
import { spawnApp } from './spawned.ts';

const root = mkdtempSync(join(tmpdir(), 'yardstick-commands-'));
const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
/** Many processes, one after the other. */
const PATIENCE_MS = 300_000;
const SECRET = 'between-us-alone';
const APP = { APP_ID: '7', PRIVATE_KEY, WEBHOOK_SECRET: SECRET, GITHUB_API_URL: 'http://127.0.0.1:9', HOST: '127.0.0.1', PORT: '0' };
let postgres: Postgres | null = null;
beforeAll(async () => {
  postgres = HAS_POSTGRES ? await startPostgres() : null;
}, PATIENCE_MS);
afterAll(async () => {
  await postgres?.stop();
  rmSync(root, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: Buffer;
  /** Where standard output goes; unless said it is read. */
  readonly out?: number | 'gone';
}

function run(words: readonly string[], { env = {}, cwd = root, stdin = Buffer.alloc(0), out = undefined }: Circumstances = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { PATH: process.env['PATH'] ?? '', ...env }, cwd, stdio: ['pipe', typeof out === 'number' ? out : 'pipe', 'pipe'] });
  if (out === 'gone') child.stdout?.destroy();
  const heard: Buffer[] = [];
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => void heard.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => void (err += chunk.toString()));
  child.stdin?.on('error', () => undefined).end(stdin);
  return new Promise((resolve) => void child.once('close', (code) => resolve({ code, out: Buffer.concat(heard), err })));
}

/** It could not be done, for this reason: no stack, and nothing that could be taken for an answer. */
async function refused(words: readonly string[], why: RegExp | string, given: Circumstances = {}): Promise<void> {
  const { code, out, err } = await run(words, given);
  expect({ code, out: out.toString(), err }).toEqual({ code: 2, out: '', err: expect.stringMatching(why) as unknown });
  expect(err).not.toMatch(/\n\s+at |This is a bug/);
}

describe('words', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['a command that it does not have', ['dance'], /^error: unknown command 'dance'[\s\S]*db restore <file>[\s\S]*reindex/],
    ['one that is misspelt', ['db', 'bakup'], /^error: unknown command 'bakup'\n\(Did you mean backup\?\)/],
    ['a group alone', ['db'], /db backup <file>/],
    ['an option that it does not have', ['--bogus'], /^error: unknown option '--bogus'[\s\S]*db restore <file>/],
    ['a file too few', ['db', 'backup'], /^error: missing required argument 'file'[\s\S]*or - for standard output/],
    ['a file too many', ['db', 'verify', 'a', 'b'], /^error: too many arguments/],
    ['a word that a command does not take', ['doctor', 'now'], /^error: too many arguments/],
  ])('%s: refused with the usage', (_, words, why) => refused(words, why));

  test('--help and --version answer', async () => {
    for (const words of [['--help'], ['help']]) expect((await run(words)).out.toString()).toMatch(/^Usage: yardstick[\s\S]*\n {2}serve [\s\S]*\n {2}db verify \[file\] [\s\S]*\nExit codes: 0 done/);
    for (const word of ['--version', '-V']) expect(await run([word])).toEqual({ code: 0, out: Buffer.from(`${version}\n`), err: '' });
  });

  test('are read by a library that serving does not wait for', async () => {
    const loaded = async (words: readonly string[]) => {
      const folder = mkdtempSync(join(root, 'loaded-'));
      await run(words, { env: { NODE_V8_COVERAGE: folder } });
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('').includes('/node_modules/commander/');
    };
    expect(await Promise.all([loaded(['--version']), loaded([])])).toEqual([true, false]);
  });
});

describe('settings', () => {
  test('reindex asks for the same as the App itself', () => refused(['reindex'], /APP_ID is not set/));

  test('an address of another database is refused, and not shown', async () => {
    for (const words of [['db', 'verify'], ['db', 'backup', '-']]) await refused(words, /^DATABASE_URL is no address of a PostgreSQL(?![\s\S]*hunter2)/, { env: { DATABASE_URL: 'mysql://app:hunter2@127.0.0.1/x' } });
  });

  test('a database that does not answer is no bug of ours, nor is GitHub', async () => {
    await refused(['db', 'backup', '-'], /^The database of DATABASE_URL does not answer \(ECONNREFUSED\)\nStart it/, { env: { DATABASE_URL: 'postgres://app@127.0.0.1:9/x' } });
    const odd = createServer((socket) => void (endsAtOnce && socket.end()));
    let endsAtOnce = true;
    await new Promise<void>((ready) => odd.listen(0, '127.0.0.1', ready));
    const env = { DATABASE_URL: `postgres://app@127.0.0.1:${(odd.address() as AddressInfo).port}/x` };
    await refused(['db', 'verify'], /^The database of DATABASE_URL ended the connection \(ECONNRESET\)\n/, { env });
    endsAtOnce = false;
    await refused(['db', 'verify'], /^The database of DATABASE_URL does not answer \(ETIMEDOUT\)\n/, { env });
    odd.close();
    if (postgres) await refused(['reindex'], /^GitHub could not be reached \(ECONNREFUSED\)\n.*try again/, { env: { ...APP, DATABASE_URL: await postgres.database() } });
  }, PATIENCE_MS);

  test('are read from .env where it is a file', async () => {
    const cwd = mkdtempSync(join(root, 'here-'));
    mkdirSync(join(cwd, '.env'));
    await refused(['db', 'verify'], `There is no database in ${cwd}/yardstick-data\n`, { cwd });
    rmSync(join(cwd, '.env'), { recursive: true });
    writeFileSync(join(cwd, '.env'), 'DATA_FOLDER=elsewhere\n');
    await refused(['db', 'verify'], `There is no database in ${cwd}/elsewhere\n`, { cwd });
  });
});

describe('where nothing was stored', () => {
  test.each(['db backup x.backup', 'db backup -', 'db verify'])('`%s` says where it looked, and makes nothing', async (line) => {
    const cwd = mkdtempSync(join(root, 'empty-'));
    await refused(line.split(' '), new RegExp(`^There is no database in ${cwd}/data\nSay where the App stores: its DATA_FOLDER`), { cwd, env: { DATA_FOLDER: 'data' } });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.runIf(HAS_POSTGRES)('an empty PostgreSQL is refused likewise, and stays empty', async () => {
    const url = (await postgres?.database()) ?? '';
    for (const words of [['db', 'backup', 'empty.backup'], ['db', 'verify']]) await refused(words, /^Nothing was ever stored in the PostgreSQL of DATABASE_URL\n/, { env: { DATABASE_URL: url } });
    const { db, close } = await openPostgres(url);
    expect((await sql`select 1 from pg_class where relnamespace = 'public'::regnamespace`.execute(db)).rows).toEqual([]);
    await close();
    expect(existsSync(join(root, 'empty.backup'))).toBe(false);
  }, PATIENCE_MS);
});

describe.runIf(HAS_POSTGRES)('a store of an older version', () => {
  let env: Readonly<Record<string, string>>;
  const older = Object.keys(MIGRATIONS)[2];
  beforeAll(async () => {
    env = { DATABASE_URL: (await postgres?.database()) ?? '' };
    const { db, close } = await openPostgres(env['DATABASE_URL'] ?? '');
    await migrate(db, older);
    await sql`insert into delivery select 'd' || n, now(), 'push', null, null, null, null, null, now(), md5(n::text) from generate_series(1, 20000) as n`.execute(db);
    await close();
  }, PATIENCE_MS);

  test('is backed up as it is, and verify says what it is', async () => {
    expect(await run(['db', 'backup', 'older.backup'], { env })).toEqual({ code: 0, out: Buffer.from('Backed up the PostgreSQL of DATABASE_URL: 20,000 delivery in older.backup.\n'), err: '' });
    const { code, out } = await run(['db', 'verify'], { env });
    expect([code, out.toString()]).toEqual([1, expect.stringMatching(/^Looked at the PostgreSQL of DATABASE_URL: 20,000 delivery\.\n- it was written by an older Yardstick \(step 003-ledger\)/)]);
    const { db, close } = await openPostgres(env['DATABASE_URL'] ?? '');
    expect((await stepsOf(db)).at(-1)).toBe(older);
    expect((await sql`select 1 from pg_namespace where nspname = 'pgboss'`.execute(db)).rows).toEqual([]);
    await close();
  }, PATIENCE_MS);

  test('goes to standard output alone, and from standard input into another', async () => {
    const { code, out, err } = await run(['db', 'backup', '-'], { env });
    expect({ code, err }).toEqual({ code: 0, err: 'Backed up the PostgreSQL of DATABASE_URL: 20,000 delivery in standard output.\n' });
    expect((await run(['db', 'verify', '-'], { stdin: out })).out.toString()).toMatch(/^Standard input is whole: 20,000 delivery, written /);
    const other = { DATABASE_URL: (await postgres?.database()) ?? '' };
    await refused(['db', 'restore', '-'], /^Standard input is damaged: it is cut off/, { env: other, stdin: out.subarray(0, -30) });
    await refused(['db', 'verify'], /^Nothing was ever stored/, { env: other });
    expect((await run(['db', 'restore', '-'], { env: other, stdin: out })).out.toString()).toBe('Restored the PostgreSQL of DATABASE_URL: 20,000 delivery from standard input.\n');
    expect((await run(['db', 'verify'], { env: other })).out.toString()).toMatch(/It holds together\.\n$/);
    await refused(['db', 'restore', '-'], /^The database is not empty: delivery has rows\nMake a new database/, { env: other, stdin: out });
  }, PATIENCE_MS);

  test('a place that cannot be written is named, with what to do, and nothing is left there', async () => {
    const cwd = mkdtempSync(join(root, 'places-'));
    writeFileSync(join(cwd, 'file'), '');
    mkdirSync(join(cwd, 'folder'));
    for (const [place, code] of [['nowhere/x', 'ENOENT'], ['file/x', 'ENOTDIR'], ['folder', 'EISDIR']] as const) {
      await refused(['db', 'backup', place], new RegExp(`^The backup cannot be written to ${cwd}/${place} \\(${code}\\)\nName a file in a folder that is there`), { env, cwd });
    }
    expect(readdirSync(cwd).toSorted()).toEqual(['file', 'folder']);
  }, PATIENCE_MS);

  test.runIf(existsSync('/dev/full'))('a disk that is full is named too, and a reader who has gone', async () => {
    await refused(['db', 'backup', '-'], /^The backup cannot be written to standard output \(ENOSPC\)/, { env, out: openSync('/dev/full', 'w') });
    await refused(['db', 'backup', '-'], /^The backup cannot be written to standard output \(EPIPE\)/, { env, out: 'gone' });
  }, PATIENCE_MS);

  test.runIf(existsSync('/usr/bin/script'))('no backup is written to a terminal', async () => {
    const child = spawn('/usr/bin/script', ['-qec', `'${process.execPath}' '${MAIN}' db backup -`, '/dev/null'], { env: { PATH: process.env['PATH'] ?? '', ...env }, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    expect(await new Promise((resolve) => void child.once('close', resolve))).toBe(2);
    expect(said).toMatch(/^A backup is not written to a terminal/);
  }, PATIENCE_MS);
});

test('a file that is no backup is named before a database is made for it', async () => {
  const cwd = mkdtempSync(join(root, 'files-'));
  writeFileSync(join(cwd, 'other'), 'PGDMP');
  await refused(['db', 'verify', 'other/nix'], /^other\/nix cannot be read \(ENOTDIR\)\nName a file/, { cwd });
  await refused(['db', 'restore', 'nix'], /^nix cannot be read \(ENOENT\)\nName a file/, { cwd });
  await refused(['db', 'restore', 'other'], /^other is no backup of Yardstick\n/, { cwd });
  expect(readdirSync(cwd)).toEqual(['other']);
}, PATIENCE_MS);

test('an App on the embedded database keeps every command from it; what it took in before it is killed is backed up', async () => {
  const env = { ...APP, DATA_FOLDER: join(root, 'app') };
  const app = spawnApp(env, { cwd: root });
  onTestFinished(() => app.signal('SIGKILL'));
  await until(async () => app.said(), (said) => said.includes('"listening"'), PATIENCE_MS / 4);
  const url = (await app.listening()) ?? '';
  expect(JSON.parse(app.said().split('\n').find((line) => line.includes('"listening"')) ?? '{}')).toMatchObject({ version });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(`yardstick_build_info{version="${version}"} 1\n`);
  await refused(['serve'], /^Another Yardstick runs on .*\/app\nThe embedded database serves one process: stop the other one/, { env });
  for (const words of [['db', 'backup', '-'], ['db', 'verify'], ['reindex']]) await refused(words, /^Another Yardstick runs on .*\/app\n/, { env });
  expect((await run(['doctor'], { env })).out.toString()).toMatch(/^database +ok +the embedded one in .*\/app is in use by an App that runs/m);
  expect(await send(url, { event: 'ping', payload: {}, id: 'the-last', secret: SECRET })).toBe(202);
  app.signal('SIGKILL');
  await app.ended;

  expect(await run(['db', 'backup', 'app.backup'], { env })).toMatchObject({ code: 0, err: '' });
  const other = { DATA_FOLDER: join(root, 'other') };
  expect(await run(['db', 'restore', 'app.backup'], { env: other })).toMatchObject({ code: 0, err: '' });
  const { db, close } = await openEmbedded(other.DATA_FOLDER);
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([{ id: 'the-last' }]);
  await close();
}, PATIENCE_MS);
