// The store's shape, step by step forward. A step that was released is never edited: the next one is added.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createLedger } from '../ledger/schema.ts';

/** Names sort in the order of the steps. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-inbox-checks-audit': { up: beginWithInbox },
  '002-intake': { up: addIntake },
  '003-ledger': { up: createLedger },
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
