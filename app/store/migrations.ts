// The store's shape, step by step forward. A step that was released is never edited: the next one is added.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createLedger, prepareForMoves } from '../ledger/schema.ts';

/** Names sort in the order of the steps. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-inbox-checks-audit': { up: beginWithInbox },
  '002-intake': { up: addIntake },
  '003-ledger': { up: createLedger },
  '004-long-past': { up: prepareForLongPast },
  '005-looks': { up: addLooks },
  '006-old-checks': { up: findOldChecks },
  '007-links': { up: addLinks },
  '008-moves': { up: prepareForMoves },
  '009-rounds': { up: addRounds },
  '010-shared-heads': { up: shareHeads },
  '011-set-aside': { up: addSetAside },
};

async function beginWithInbox(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table delivery (
      id text primary key,
      received_at timestamptz not null,
      event text not null,
      action text,
      sender text,
      installation bigint,
      work_key text,
      payload bytea,
      done_at timestamptz,
      outcome text
    )`.execute(db);
  // What is open is little, whatever the table holds: a delivery costs the same with a million behind it.
  await sql`create index delivery_open on delivery (work_key) where done_at is null`.execute(db);
  await sql`create index delivery_received on delivery (received_at)`.execute(db);
  await sql`
    create table check_run (
      repo text not null,
      head_sha text not null,
      id bigint not null,
      digest text not null,
      posted_at timestamptz not null,
      primary key (repo, head_sha)
    )`.execute(db);
  await sql`
    create table audit (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      delivery text,
      actor text,
      subject text not null,
      what text not null,
      detail jsonb
    )`.execute(db);
  await sql`create index audit_subject on audit (subject, id)`.execute(db);
  await sql`
    create function audit_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'the audit trail is append-only'; end $$`.execute(db);
  await sql`create trigger audit_append_only before update or delete or truncate on audit for each statement execute function audit_is_append_only()`.execute(db);
}

async function addIntake(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table intake (
      id bigint generated always as identity primary key,
      received_at timestamptz not null,
      deliveries integer not null,
      frame bytea not null
    )`.execute(db);
  // Frames are compressed already: trying again costs more than the rest of the statement.
  await sql`alter table intake alter column frame set storage external`.execute(db);
  await sql`alter table delivery alter column payload set storage external`.execute(db);
}

/** What is asked every few seconds or minutes costs the same however long the past is. */
async function prepareForLongPast(db: Kysely<unknown>): Promise<void> {
  // The oldest that waits, and how many do, without a look at the rows.
  await sql`create index delivery_waiting on delivery (received_at) where done_at is null`.execute(db);
  await sql`create index delivery_done on delivery (received_at) where done_at is not null`.execute(db);
  await sql`drop index delivery_received`.execute(db);
  // Since when a repository is known.
  await sql`create index check_run_posted on check_run (repo, posted_at)`.execute(db);
  await sql`create index bet_locked on bet (repo, locked_at)`.execute(db);
  // What retention takes.
  await sql`create index merged_change_seen on merged_change (seen_at) where key is null`.execute(db);
}

async function addLooks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table look (
      work_key text not null,
      kind text not null,
      installation bigint not null,
      owner text not null,
      repo text not null,
      because text not null,
      numbers integer[] not null,
      asked integer not null,
      asked_at timestamptz not null,
      primary key (work_key, kind)
    )`.execute(db);
}

async function addRounds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table round (
      name text primary key,
      began_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db);
}

/** What retention takes of the checks. */
async function findOldChecks(db: Kysely<unknown>): Promise<void> {
  await sql`create index check_run_old on check_run (posted_at)`.execute(db);
}

/** A commit can be the head of several changes, and two turns may tell of it at once. */
async function shareHeads(db: Kysely<unknown>): Promise<void> {
  await sql`alter table check_run add column changes integer[] not null default '{}', add column revision integer not null default 0`.execute(db);
}

/** What came in and cannot be stored: nothing waits behind it. */
async function addSetAside(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table set_aside (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      frame bytea not null,
      why text not null
    )`.execute(db);
}

async function addLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table link (
      repo text not null,
      number integer not null,
      issue text not null,
      installation bigint not null,
      seen_at timestamptz not null,
      primary key (repo, number, issue)
    )`.execute(db);
  await sql`create index link_issue on link (issue)`.execute(db);
}
