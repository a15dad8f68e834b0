// `kill -9` in the middle of a backup or a restore: a file is whole or not there, a database is whole or empty, and doing it again works.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectBackup } from '../../app/backup/restore.ts';
import { writeBackup } from '../../app/backup/write.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { spawnApp } from './spawned.ts';

const ROWS = 8000;
const root = mkdtempSync(join(tmpdir(), 'yardstick-killed-'));
const whole = join(root, 'whole.backup');
let postgres: Postgres;
let source = '';
beforeAll(async () => {
  if (!HAS_POSTGRES) return;
  postgres = await startPostgres();
  source = await postgres.database();
  const { db, close } = await openPostgres(source);
  await migrate(db);
  await sql`insert into delivery select 'd' || n, now(), 'pull_request', 'opened', 'ana', 7, null, convert_to(repeat(md5(n::text), 40), 'UTF8'), now(), 'gated' from generate_series(1, ${ROWS}::int) as n`.execute(db);
  await writeBackup(db, whole, { now: new Date().toISOString(), journal: null });
  await close();
}, 180_000);
afterAll(async () => {
  await postgres?.stop();
  rmSync(root, { recursive: true, force: true });
});

/** Runs a command, and kills it after so long; whether it was still at work. */
async function killed(words: readonly string[], env: Readonly<Record<string, string>>, afterMs: number): Promise<boolean> {
  const child = spawnApp(env, { words, cwd: root });
  const alarm = setTimeout(() => child.signal('SIGKILL'), afterMs);
  const code = await child.ended;
  clearTimeout(alarm);
  return code === null;
}

/** How long a command takes from its start to its end, so that kills can be spread over it. */
async function timed(words: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const began = performance.now();
  const child = spawnApp(env, { words, cwd: root });
  expect(await child.ended, child.said()).toBe(0);
  return performance.now() - began;
}

const SHARES = [0.5, 0.7, 0.9];

describe.skipIf(!HAS_POSTGRES)('killed', () => {
  test('a backup is whole or not there', async () => {
    const env = { DATABASE_URL: source };
    const takes = await timed(['db', 'backup', join(root, 'first.backup')], env);
    let broken = 0;
    for (const share of SHARES) {
      const file = join(root, `at-${share}.backup`);
      if (await killed(['db', 'backup', file], env, takes * share)) broken += 1;
      if (existsSync(file)) expect((await inspectBackup(file)).counts).toMatchObject({ delivery: ROWS });
      // What was left beside it is in nobody's way.
      expect(await timed(['db', 'backup', file], env)).toBeGreaterThan(0);
      expect((await inspectBackup(file)).counts).toMatchObject({ delivery: ROWS });
    }
    expect(broken).toBeGreaterThan(0);
  }, 240_000);

  test.each(['PostgreSQL', 'the embedded database'])('a restore into %s leaves all of it or nothing, and can be done again', async (kind) => {
    let stores = 0;
    const fresh = async (): Promise<Record<string, string>> => (kind === 'PostgreSQL' ? { DATABASE_URL: await postgres.database() } : { DATA_FOLDER: join(root, `data-${(stores += 1)}`) });
    const countOf = async ({ DATABASE_URL: url, DATA_FOLDER: folder = '' }: Record<string, string>): Promise<number> => {
      const { db, close } = url === undefined ? await openEmbedded(folder) : await openPostgres(url);
      await migrate(db);
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery`.execute(db);
      await close();
      return rows[0]?.count ?? -1;
    };
    const takes = await timed(['db', 'restore', whole], await fresh());
    let broken = 0;
    for (const share of kind === 'PostgreSQL' ? SHARES : [0.7]) {
      const env = await fresh();
      if (await killed(['db', 'restore', whole], env, takes * share)) broken += 1;
      const count = await countOf(env);
      expect([0, ROWS]).toContain(count);
      if (count === 0) await timed(['db', 'restore', whole], env);
      expect(await countOf(env)).toBe(ROWS);
    }
    expect(broken).toBeGreaterThan(0);
  }, 300_000);
});
