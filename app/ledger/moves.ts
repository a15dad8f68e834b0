// Repositories that were renamed or handed over to another owner: their rows follow them.
import { sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import { at, text } from '../../src/github/json.ts';
import { path } from '../../src/github/transport.ts';
import type { Transport } from '../../src/github/transport.ts';
import { nameOf } from './write.ts';
import type { RepoRef } from '../../src/model/change.ts';
import type { Isolate } from '../jobs/isolate.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

export interface MoveTools {
  readonly db: Db;
  readonly transport: Transport;
  readonly installation: number;
  readonly isolate: Isolate;
}

/** Names under which something is open and this installation sees no repository: GitHub tells where these went. How many moved. */
export async function followUnseen(seen: readonly RepoRef[], tools: MoveTools): Promise<number> {
  const ours = sql`installation = ${tools.installation}`;
  const names = await namesOf(tools.db, { bet: sql`${ours} and is_open`, waiver: ours, appointment: ours });
  const known = new Set(seen.map(nameOf));
  return follow(names.filter((name) => !known.has(name)), tools);
}

/** @param from a repository's former full name, or a former owner alone: then all of its repositories */
export async function followFormer(from: string, tools: MoveTools): Promise<number> {
  const name = from.includes('/') ? sql<boolean>`lower(repo) = ${from.toLowerCase()}` : sql<boolean>`starts_with(lower(repo), ${`${from.toLowerCase()}/`})`;
  return follow(await namesOf(tools.db, { bet: name, waiver: name, appointment: name, check_run: name }), tools);
}

async function namesOf(db: Db, which: Readonly<Record<string, RawBuilder<unknown>>>): Promise<readonly string[]> {
  const parts = Object.entries(which).map(([table, rows]) => sql`select repo from ${sql.table(table)} where ${rows}`);
  const { rows } = await sql<{ repo: string }>`${sql.join(parts, sql` union `)}`.execute(db);
  return rows.map(({ repo }) => repo);
}

async function follow(names: readonly string[], { db, transport, installation, isolate }: MoveTools): Promise<number> {
  let moved = 0;
  for (const from of names) {
    const to = await isolate(`where ${from} went`, () => readName(from, transport), null);
    if (to === null || to === from) continue;
    const move = () => db.transaction().execute((trx) => moveRows(trx, { from, to, installation }));
    // A turn may have written under the new name in between: then there is one row more that stays.
    moved += await isolate(`what is kept of ${from}`, () => move().catch(move).then(() => 1), 0);
  }
  return moved;
}

/** GitHub redirects a former name; null where there is nothing any more, or nothing that we may see. */
async function readName(name: string, transport: Transport): Promise<string | null> {
  const [owner = '', repo = ''] = name.split('/');
  const { status, body } = await transport({ method: 'GET', path: path`/repos/${owner}/${repo}` });
  return status === 200 ? text(at(body, 'full_name')) : null;
}

/** What is kept by repository; what names a row within one; whether it says whose installation it is. */
const TABLES = [
  { table: 'bet', key: 'key', owned: true }, { table: 'waiver', key: 'number', owned: true }, { table: 'appointment', key: 'subject', owned: true },
  { table: 'link', key: 'number', owned: true }, { table: 'merged_change', key: 'number', owned: false }, { table: 'check_run', key: 'head_sha', owned: false },
] as const;

/** What was written under the new name already is newer, and stays. Verdicts and decisions go with their bets, by the database's own rule. */
export async function moveRows(trx: Transaction<Tables>, { from, to, installation }: { readonly from: string; readonly to: string; readonly installation: number }): Promise<void> {
  for (const { table, key, owned } of TABLES) {
    const [old, now] = table === 'check_run' ? [from.toLowerCase(), to.toLowerCase()] : [from, to];
    // Checks are kept under a name without case, of which a rename may have changed nothing else.
    if (old === now) continue;
    await sql`delete from ${sql.table(table)} as old using ${sql.table(table)} as new where old.repo = ${old} and new.repo = ${now} and new.${sql.ref(key)} = old.${sql.ref(key)}`.execute(trx);
    await sql`update ${sql.table(table)} set repo = ${now} ${owned ? sql`, installation = ${installation}` : sql``} where repo = ${old}`.execute(trx);
  }
}
