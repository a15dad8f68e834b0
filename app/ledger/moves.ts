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
    // Checks are kept under a name without case: that alone is no other name.
    if (to === null || to === from || (from === from.toLowerCase() && to.toLowerCase() === from)) continue;
    await db.transaction().execute((trx) => moveRows(trx, { from, to, installation }));
    moved += 1;
  }
  return moved;
}

/** GitHub redirects a former name; null where there is nothing any more, or nothing that we may see. */
async function readName(name: string, transport: Transport): Promise<string | null> {
  const [owner = '', repo = ''] = name.split('/');
  const { status, body } = await transport({ method: 'GET', path: path`/repos/${owner}/${repo}` });
  return status === 200 ? text(at(body, 'full_name')) : null;
}

/** What was written under the new name already is newer, and stays. Verdicts and decisions go with their bets, by the database's own rule. */
export async function moveRows(trx: Transaction<Tables>, { from, to, installation }: { readonly from: string; readonly to: string; readonly installation: number }): Promise<void> {
  const key = { bet: 'key', waiver: 'number', appointment: 'subject', link: 'number', merged_change: 'number', check_run: 'head_sha' } as const;
  for (const [table, column] of Object.entries(key)) {
    const [old, now] = table === 'check_run' ? [from.toLowerCase(), to.toLowerCase()] : [from, to];
    const owned = table in { bet: 0, waiver: 0, appointment: 0, link: 0 } ? sql`, installation = ${installation}` : sql``;
    await sql`delete from ${sql.table(table)} as old using ${sql.table(table)} as new where old.repo = ${old} and new.repo = ${now} and new.${sql.ref(column)} = old.${sql.ref(column)}`.execute(trx);
    await sql`update ${sql.table(table)} set repo = ${now}${owned} where repo = ${old}`.execute(trx);
  }
}
