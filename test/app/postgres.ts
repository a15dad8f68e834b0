// A real PostgreSQL for the tests of the App: one server a file, a database for each App.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export interface Postgres {
  /** Makes an empty database and gives its address. */
  readonly database: () => Promise<string>;
  readonly stop: () => Promise<void>;
  /** As a crash and a restart of the server would. */
  readonly restart: () => Promise<void>;
}

/** Debian keeps each version's programs in a folder of its own. */
const BIN = ((): string | null => {
  try {
    const newest = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))[0];
    return newest === undefined ? null : `/usr/lib/postgresql/${newest}/bin`;
  } catch {
    return null;
  }
})();

export const HAS_POSTGRES = BIN !== null;

/** PostgreSQL refuses to run as root: then it runs as its own user. */
const AS_ROOT = process.getuid?.() === 0;
const command = (program: string, args: readonly string[]): [string, string[]] => (AS_ROOT ? ['runuser', ['-u', 'postgres', '--', `${BIN}/${program}`, ...args]] : [`${BIN}/${program}`, [...args]]);

export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-postgres-'));
  chmodSync(folder, 0o755);
  if (AS_ROOT) chownSync(folder, ...(['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))) as [number, number]));
  const data = join(folder, 'data');
  const port = await freePort();
  execFileSync(...command('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C']), { stdio: 'ignore', cwd: folder });
  const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  let server = start();
  let databases = 0;

  function start() {
    const child = spawn(...command('postgres', ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'log_min_messages=fatal']), { cwd: folder, stdio: 'ignore' });
    return { pid: child.pid, ended: new Promise<void>((resolve) => void child.once('exit', () => resolve())) };
  }
  const halt = async (mode: 'immediate' | 'fast'): Promise<void> => {
    execFileSync(...command('pg_ctl', ['stop', '-D', data, '-m', mode, '-w']), { stdio: 'ignore', cwd: folder });
    await server.ended;
  };
  await query(urlOf('postgres'), 'select 1');
  return {
    database: async () => {
      databases += 1;
      await query(urlOf('postgres'), `create database app_${databases}`);
      return urlOf(`app_${databases}`);
    },
    restart: async () => {
      await halt('immediate');
      server = start();
    },
    stop: async () => {
      await halt('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks until the server is there. */
async function query(url: string, text: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(text);
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((resolve) => void setTimeout(resolve, 100));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}
