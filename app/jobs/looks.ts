// Looks that wait: what is to be looked at though no delivery asks for it. They lie in the store beside the deliveries, so that none is lost where a job of its key waits already.
import { sql } from 'kysely';
import type { Selectable, Transaction } from 'kysely';
import { assertNever } from '../../src/errors.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

/** What to look at, and why, in words. */
export type Look = { readonly owner: string; readonly repo: string; readonly because: string } & (
  | { readonly kind: 'change'; readonly number: number }
  /** Merged changes that may lack their lock. */
  | { readonly kind: 'merges'; readonly numbers: readonly number[] }
  /** What is due in a repository. */
  | { readonly kind: 'records' }
);

/** A look, and how often it was asked for: what is asked again meanwhile is not settled with it. */
export interface StandingLook {
  readonly look: Look;
  readonly asked: number;
  readonly installation: number;
  readonly askedAt: Date;
}

/** Looks in one statement: PostgreSQL counts at most 65,535 values. */
const ROWS = 500;

/** Asked for again while it waits, it is one look, at all that was asked for; a key has one of each kind at most. */
export async function writeLooks(trx: Transaction<Tables>, errands: readonly { readonly key: string; readonly installation: number; readonly look?: Look }[]): Promise<void> {
  const rows = mergeRows(errands.flatMap(({ key, installation, look }) => (look === undefined ? [] : [rowOf(key, installation, look)])));
  for (let from = 0; from < rows.length; from += ROWS) await writeSome(trx, rows.slice(from, from + ROWS));
}

async function writeSome(trx: Transaction<Tables>, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  await trx
    .insertInto('look')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['work_key', 'kind']).doUpdateSet({
      numbers: sql`array(select distinct unnest(look.numbers || excluded.numbers) order by 1)`,
      because: sql`excluded.because`,
      installation: sql`excluded.installation`,
      asked_at: sql`excluded.asked_at`,
      asked: sql`look.asked + 1`,
    }))
    .execute();
}

/** Those that wait under these keys. */
export async function readLooks(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, readonly StandingLook[]>> {
  const rows = await db.selectFrom('look').where('work_key', 'in', [...keys]).selectAll().execute();
  return new Map([...Map.groupBy(rows, (row) => row.work_key)].map(([key, group]) => [key, group.flatMap(standingOf)]));
}

/** Settles what a turn has looked at. */
export async function forgetLooks(trx: Transaction<Tables>, settled: readonly { readonly key: string; readonly looks: readonly StandingLook[] }[]): Promise<void> {
  const rows = settled.flatMap(({ key, looks }) => looks.map(({ look, asked }) => ({ key, kind: look.kind, asked })));
  if (rows.length === 0) return;
  await trx.deleteFrom('look').where(({ eb, or }) => or(rows.map(({ key, kind, asked }) => eb.and({ work_key: key, kind, asked })))).execute();
}

function rowOf(key: string, installation: number, look: Look) {
  const { owner, repo, because, kind } = look;
  return { work_key: key, installation, kind, owner, repo, because, numbers: numbersOf(look), asked: 1, asked_at: new Date() };
}

/** One row for each key and kind, as a statement needs them; in one order everywhere, so that two that write the same ones never wait for each other crosswise. */
function mergeRows(rows: readonly ReturnType<typeof rowOf>[]): ReturnType<typeof rowOf>[] {
  const groups = [...Map.groupBy(rows, ({ work_key, kind }) => `${work_key} ${kind}`)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, group]) => group.slice(-1).map((last) => ({ ...last, numbers: [...new Set(group.flatMap(({ numbers }) => numbers))].sort((a, b) => a - b) })));
}

function numbersOf(look: Look): number[] {
  switch (look.kind) {
    case 'change':
      return [look.number];
    case 'merges':
      return [...look.numbers];
    case 'records':
      return [];
    default:
      return assertNever(look);
  }
}

function standingOf({ kind, owner, repo, because, numbers, ...row }: Selectable<Tables['look']>): readonly StandingLook[] {
  const about = { owner, repo, because };
  const standing = { asked: row.asked, installation: Number(row.installation), askedAt: row.asked_at };
  switch (kind) {
    case 'change':
      return numbers.map((number) => ({ look: { ...about, kind, number }, ...standing }));
    case 'merges':
      return [{ look: { ...about, kind, numbers }, ...standing }];
    case 'records':
      return [{ look: { ...about, kind }, ...standing }];
    default:
      return assertNever(kind);
  }
}
