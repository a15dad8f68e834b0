// The ledger's tables: what GitHub's records say, indexed. Everything in them can be read from GitHub again.
import { sql } from 'kysely';
import type { ColumnType, Kysely } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>;

export interface LedgerTables {
  readonly bet: BetTable;
  readonly verdict: VerdictTable;
  readonly decision: DecisionTable;
  readonly waiver: WaiverTable;
  readonly merged_change: MergedChangeTable;
  readonly appointment: AppointmentTable;
}

/** An experiment, and where its record stands. */
interface BetTable {
  /** `owner/repo` as GitHub spells it. */
  readonly repo: string;
  /** Of the hypothesis: `owner/repo#12`, `owner/repo:path`. */
  readonly key: string;
  readonly installation: string | number;
  readonly title: string;
  readonly stage: string;
  /** There is still something to wait for. */
  readonly is_open: boolean;
  readonly intent: string;
  readonly silent: boolean;
  readonly owner: string | null;
  readonly record_number: number | null;
  readonly record_comment: string | number | null;
  readonly locked_at: MaybeInstant;
  /** When its verdict is due; null while its effect has not begun. */
  readonly due_at: MaybeInstant;
  /** When GitHub was read for this row: an older reading never overwrites a newer one. */
  readonly seen_at: Instant;
}

interface VerdictTable {
  readonly repo: string;
  readonly key: string;
  readonly outcome: string;
  readonly at: Instant;
  readonly early: boolean;
  /** The comment that told it; null for what is measured silently. */
  readonly told_number: number | null;
  readonly told_comment: string | number | null;
}

interface DecisionTable {
  readonly repo: string;
  readonly key: string;
  /** `keep`, `undo`, `accept`; `withdrawn`, `reverted`, `record-lost`. */
  readonly what: string;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly at: MaybeInstant;
}

/** In force, or one with which a change went in. */
interface WaiverTable {
  readonly repo: string;
  readonly number: number;
  readonly installation: string | number;
  readonly actor: string;
  readonly reason: string;
  readonly at: Instant;
  /** The last day, ISO date; null: until new commits widen the scope. */
  readonly until: string | null;
  readonly seen_at: Instant;
}

/** Merged changes that were looked at. */
interface MergedChangeTable {
  readonly repo: string;
  readonly number: number;
  /** The bet that it belongs to; null: it left nothing to measure. */
  readonly key: string | null;
  readonly seen_at: Instant;
}

/** When the clock has something looked at though nothing happened. */
interface AppointmentTable {
  readonly repo: string;
  /** A bet's key, or `#12` of a change. */
  readonly subject: string;
  readonly installation: string | number;
  /** The change; null: the repository's records are looked after. */
  readonly number: number | null;
  readonly at: Instant;
  /** When the clock last made a job of it. */
  readonly called_at: MaybeInstant;
}

/** Where a repository is renamed the ends of its bets follow; and what is open in an installation is found without a look at the rest. */
export async function prepareForMoves(db: Kysely<unknown>): Promise<void> {
  for (const table of ['verdict', 'decision']) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(`${table}_repo_key_fkey`)}, add constraint ${sql.ref(`${table}_repo_key_fkey`)} foreign key (repo, key) references bet on update cascade on delete cascade`.execute(db);
  }
  await sql`create index bet_open_in on bet (installation) where is_open`.execute(db);
  for (const table of ['waiver', 'appointment']) await sql`create index ${sql.ref(`${table}_in`)} on ${sql.table(table)} (installation)`.execute(db);
}

export async function createLedger(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table bet (
      repo text not null,
      key text not null,
      installation bigint not null,
      title text not null,
      stage text not null,
      is_open boolean not null,
      intent text not null,
      silent boolean not null,
      owner text,
      record_number integer,
      record_comment bigint,
      locked_at timestamptz,
      due_at timestamptz,
      seen_at timestamptz not null,
      primary key (repo, key)
    )`.execute(db);
  await sql`create index bet_open on bet (stage, due_at) where is_open`.execute(db);
  await sql`
    create table verdict (
      repo text not null,
      key text not null,
      outcome text not null,
      at timestamptz not null,
      early boolean not null,
      told_number integer,
      told_comment bigint,
      primary key (repo, key),
      foreign key (repo, key) references bet on delete cascade
    )`.execute(db);
  await sql`
    create table decision (
      repo text not null,
      key text not null,
      what text not null,
      actor text,
      reason text,
      at timestamptz,
      primary key (repo, key),
      foreign key (repo, key) references bet on delete cascade
    )`.execute(db);
  await sql`
    create table waiver (
      repo text not null,
      number integer not null,
      installation bigint not null,
      actor text not null,
      reason text not null,
      at timestamptz not null,
      until text,
      seen_at timestamptz not null,
      primary key (repo, number)
    )`.execute(db);
  await sql`
    create table merged_change (
      repo text not null,
      number integer not null,
      key text,
      seen_at timestamptz not null,
      primary key (repo, number)
    )`.execute(db);
  await sql`
    create table appointment (
      repo text not null,
      subject text not null,
      installation bigint not null,
      number integer,
      at timestamptz not null,
      called_at timestamptz,
      primary key (repo, subject)
    )`.execute(db);
  await sql`create index appointment_at on appointment (at)`.execute(db);
}
