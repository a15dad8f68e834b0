// A start that cannot be: one sentence of what is wrong and one of how to mend it, no stack, no secret, and an end.
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFront } from '../../app/front/server.ts';
import { lockFolder } from '../../app/inbox/lock-file.ts';
import { CAN_MOUNT } from './image.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { spawnApp } from './spawned.ts';

const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
const PASSWORD = 'hunter2-hunter2';
const folder = mkdtempSync(join(tmpdir(), 'yardstick-refused-'));
const GIVEN = { APP_ID: '7', PRIVATE_KEY, WEBHOOK_SECRET: 'between-us-alone', GITHUB_API_URL: 'http://127.0.0.1:9', HOST: '127.0.0.1', PORT: '0', DATA_FOLDER: join(folder, 'data') };
const taken = createServer();
let postgres: Postgres | null = null;

beforeAll(async () => {
  await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready));
  postgres = HAS_POSTGRES ? await startPostgres() : null;
}, 180_000);
afterAll(async () => {
  taken.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function refused(env: Readonly<Record<string, string>>): Promise<string> {
  const app = spawnApp({ ...GIVEN, ...env }, { cwd: folder });
  expect({ code: await app.ended, said: app.said() }).toMatchObject({ code: 2 });
  const said = app.said();
  expect(said).not.toMatch(/\n\s+at |node:internal|"crashed"/);
  for (const secret of [PASSWORD, GIVEN.WEBHOOK_SECRET, PRIVATE_KEY.slice(100, 140)]) expect(said).not.toContain(secret);
  return said;
}

test('names every variable that is missing or wrong, all at once', async () => {
  const said = await refused({ APP_ID: 'mine', WEBHOOK_SECRET: '', PRIVATE_KEY: `${PRIVATE_KEY.slice(0, 300)}`, PORT: 'http', DATABASE_URL: `postgres://app:${PASSWORD}[@/x`, LOG_LEVEL: 'all' });
  for (const name of ['APP_ID', 'WEBHOOK_SECRET', 'PRIVATE_KEY', 'PORT', 'DATABASE_URL', 'LOG_LEVEL']) expect(said).toContain(`\n  ${name} `);
});

test('says that the port is taken', async () => {
  const { port } = taken.address() as AddressInfo;
  expect(await refused({ PORT: String(port) })).toContain(`Port ${port} is taken\nSet PORT`);
});

test('says that the data folder cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await refused({ DATA_FOLDER: join(folder, 'file/data') })).toMatch(/The data folder cannot be written \(ENOTDIR, .*\nSet DATA_FOLDER/);
});

test('says of a host to listen on that nobody knows, or that is elsewhere', async () => {
  const listen = (host: string) => openFront({}, { host, port: 0, onError: () => undefined });
  await expect(listen('nohost.invalid')).rejects.toMatchObject({ name: 'SetupError', message: expect.stringMatching(/^Nobody knows the host nohost.invalid of HOST/) as unknown });
  await expect(listen('192.0.2.1')).rejects.toMatchObject({ name: 'SetupError', message: 'HOST 192.0.2.1 is no address of this machine' });
});

test.runIf(process.platform === 'linux')('says of a data folder in which no lock can be made that it cannot be written', async () => {
  await expect(lockFolder('/sys')).rejects.toMatchObject({ name: 'SetupError', message: expect.stringMatching(/^The data folder cannot be written \(E(PERM|ACCES|ROFS)/) as unknown });
});

test.runIf(CAN_MOUNT)('says of a disk that is full at the first start that the data folder cannot be written, and leaves no half of a database', async () => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const script = `const { openEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, '../../app/store/database.ts'))});
    await openEmbedded(${JSON.stringify(disk)}).catch(({ name, message }) => console.log(name, message));
    console.log(...(await import('node:fs')).readdirSync(${JSON.stringify(join(disk, 'postgres'))}), 'are left');`;
  const { stdout } = await promisify(execFile)('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" --input-type=module --eval "$3"', 'sh', disk, process.execPath, script]);
  expect(stdout).toBe('SetupError The data folder cannot be written (ENOSPC)\nare left\n');
});

test('says that the database does not answer, and whose host nobody knows', async () => {
  expect(await refused({ DATABASE_URL: `postgres://app:${PASSWORD}@127.0.0.1:9/x` })).toContain('The database of DATABASE_URL does not answer (ECONNREFUSED)');
  expect(await refused({ DATABASE_URL: `postgres://app:${PASSWORD}@database.invalid/x` })).toContain('The database of DATABASE_URL has a host that nobody knows');
});

test.runIf(HAS_POSTGRES)('says that the database is not there, or may not be written', async () => {
  const url = (await postgres?.database()) ?? '';
  expect(await refused({ DATABASE_URL: url.replace(/app_\d+$/, 'nowhere') })).toContain('has no such database (3D000)\nCreate it');
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await owner.query(`create role reader login password '${PASSWORD}'`);
  await owner.end();
  expect(await refused({ DATABASE_URL: url.replace('postgres@', `reader:${PASSWORD}@`) })).toContain('does not let the user create what the App needs (42501)');
});
