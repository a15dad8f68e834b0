// Writes into the ledger what was read or written on GitHub, in the transaction that settles the turn.
import type { Transaction } from 'kysely';
import type { Bet } from '../../src/flows/bet.ts';
import type { GivenWaiver } from '../../src/flows/inventory.ts';
import { isEnded } from '../../src/experiment/stage.ts';
import type { RepoRef } from '../../src/model/change.ts';
import type { Tables } from '../store/tables.ts';

type Trx = Transaction<Tables>;

/** Whose records they are, and when GitHub was read for them. */
export interface Seen {
  readonly installation: number;
  readonly repo: RepoRef;
  readonly at: Date;
}

export function nameOf({ owner, repo }: RepoRef): string {
  return `${owner}/${repo}`;
}

export async function writeBets(trx: Trx, bets: readonly Bet[], seen: Seen): Promise<void> {
  if (bets.length === 0) return;
  const written = await trx
    .insertInto('bet')
    .values(bets.map((bet) => betRow(bet, seen)))
    .onConflict((conflict) => conflict.columns(['repo', 'key'])
      .doUpdateSet(({ ref }) => Object.fromEntries(REWRITTEN.map((column) => [column, ref(`excluded.${column}`)])))
      .where(({ eb, ref }) => eb('bet.seen_at', '<=', ref('excluded.seen_at'))))
    .returning('key')
    .execute();
  const keys = new Set(written.map(({ key }) => key));
  const fresh = bets.filter(({ entry }) => keys.has(entry.key));
  const repo = nameOf(seen.repo);
  await writeEnds(trx, fresh, repo);
  const members = fresh.flatMap(({ entry }) => entry.changes.map((number) => ({ repo, number, key: entry.key, seen_at: seen.at })));
  await writeMerged(trx, members);
  await writeAppointments(trx, fresh.map(({ entry, nextAt }) => ({ subject: entry.key, number: null, at: nextAt })), seen);
}

const REWRITTEN = ['installation', 'title', 'stage', 'is_open', 'intent', 'silent', 'owner', 'record_number', 'record_comment', 'locked_at', 'due_at', 'seen_at'] as const;

function betRow({ entry, experiment, verdictAt }: Bet, { installation, repo, at }: Seen) {
  const record = entry.home ?? entry.copy;
  return {
    repo: nameOf(repo), key: entry.key, installation, title: entry.title, stage: entry.stage, is_open: experiment !== null && !isEnded(experiment), intent: entry.intent, silent: entry.silent,
    owner: experiment?.owner ?? null, record_number: record?.number ?? null, record_comment: record?.commentId ?? null, locked_at: experiment?.lockedAt ?? null, due_at: verdictAt, seen_at: at,
  };
}

/** Verdicts and decisions: once there, they stay. */
async function writeEnds(trx: Trx, bets: readonly Bet[], repo: string): Promise<void> {
  const verdicts = bets.flatMap(({ entry: { key }, experiment }) => {
    const { result = null, toldIn = null } = experiment ?? {};
    return result === null ? [] : [{ repo, key, outcome: result.outcome, at: result.at, early: result.early, told_number: toldIn?.change.number ?? null, told_comment: toldIn?.commentId ?? null }];
  });
  const decisions = bets.flatMap((bet) => decisionOf(bet).map((decision) => ({ repo, key: bet.entry.key, ...decision })));
  if (verdicts.length > 0) await trx.insertInto('verdict').values(verdicts).onConflict((conflict) => conflict.columns(['repo', 'key']).doUpdateSet(({ ref }) => ({ outcome: ref('excluded.outcome'), at: ref('excluded.at'), early: ref('excluded.early'), told_number: ref('excluded.told_number'), told_comment: ref('excluded.told_comment') }))).execute();
  if (decisions.length > 0) await trx.insertInto('decision').values(decisions).onConflict((conflict) => conflict.columns(['repo', 'key']).doUpdateSet(({ ref }) => ({ what: ref('excluded.what'), actor: ref('excluded.actor'), reason: ref('excluded.reason'), at: ref('excluded.at') }))).execute();
}

function decisionOf({ entry, experiment }: Bet): readonly { readonly what: string; readonly actor: string | null; readonly reason: string | null; readonly at: string | null }[] {
  if (experiment === null) return entry.stage === 'withdrawn' ? [{ what: 'record-lost', actor: null, reason: null, at: entry.endedAt }] : [];
  const { withdrawal, decision } = experiment;
  if (withdrawal !== null) return [{ what: withdrawal.why, actor: withdrawal.by, reason: withdrawal.reason, at: withdrawal.at }];
  return decision === null ? [] : [{ what: decision.what, actor: decision.by, reason: decision.reason, at: decision.at }];
}

/** Merged changes of this repository that left nothing, or whose bet is written already. */
export async function writeLooked(trx: Trx, numbers: readonly number[], { repo, at }: Seen): Promise<void> {
  await writeMerged(trx, numbers.map((number) => ({ repo: nameOf(repo), number, key: null, seen_at: at })));
  await forgetAppointments(trx, numbers.map((number) => ({ repo: nameOf(repo), subject: `#${number}` })));
}

/** A change that is known with its bet keeps it; of two that claim it the later one counts. */
async function writeMerged(trx: Trx, rows: readonly { readonly repo: string; readonly number: number; readonly key: string | null; readonly seen_at: Date }[]): Promise<void> {
  if (rows.length === 0) return;
  const once = new Map(rows.map((row) => [row.number, row]));
  await trx.insertInto('merged_change').values([...once.values()]).onConflict((conflict) => conflict.columns(['repo', 'number']).doUpdateSet(({ ref, fn }) => ({ key: fn.coalesce(ref('excluded.key'), ref('merged_change.key')) }))).execute();
}

export async function writeWaivers(trx: Trx, waivers: readonly GivenWaiver[], seen: Seen): Promise<void> {
  if (waivers.length === 0) return;
  const rows = waivers.map(({ change, waiver: { by, reason, at, until } }) => ({ repo: nameOf(seen.repo), number: change.number, installation: seen.installation, actor: by, reason, at, until, seen_at: seen.at }));
  const written = await trx
    .insertInto('waiver')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['repo', 'number'])
      .doUpdateSet(({ ref }) => ({ installation: ref('excluded.installation'), actor: ref('excluded.actor'), reason: ref('excluded.reason'), at: ref('excluded.at'), until: ref('excluded.until'), seen_at: ref('excluded.seen_at') }))
      .where(({ eb, ref }) => eb('waiver.seen_at', '<=', ref('excluded.seen_at'))))
    .returning('number')
    .execute();
  const numbers = new Set(written.map(({ number }) => number));
  await writeAppointments(trx, waivers.filter(({ change }) => numbers.has(change.number)).map(({ change: { number }, endsAt }) => ({ subject: `#${number}`, number, at: endsAt })), seen);
}

interface Appointment {
  readonly subject: string;
  readonly number: number | null;
  /** null: none. */
  readonly at: string | null;
}

/** Set anew, or taken away: what was called for is done. */
export async function writeAppointments(trx: Trx, appointments: readonly Appointment[], { installation, repo }: Seen): Promise<void> {
  const set = appointments.flatMap(({ at, ...rest }) => (at === null ? [] : [{ ...rest, at, repo: nameOf(repo), installation, called_at: null }]));
  if (set.length > 0) await trx.insertInto('appointment').values(set).onConflict((conflict) => conflict.columns(['repo', 'subject']).doUpdateSet(({ ref }) => ({ installation: ref('excluded.installation'), at: ref('excluded.at'), called_at: null }))).execute();
  await forgetAppointments(trx, appointments.filter(({ at }) => at === null).map(({ subject }) => ({ repo: nameOf(repo), subject })));
}

export async function forgetAppointments(trx: Trx, those: readonly { readonly repo: string; readonly subject: string }[]): Promise<void> {
  if (those.length === 0) return;
  await trx.deleteFrom('appointment').where(({ eb, refTuple, tuple }) => eb(refTuple('repo', 'subject'), 'in', those.map(({ repo, subject }) => tuple(repo, subject)))).execute();
}

export async function forgetWaivers(trx: Trx, those: readonly { readonly repo: string; readonly number: number }[]): Promise<void> {
  if (those.length === 0) return;
  await trx.deleteFrom('waiver').where(({ eb, refTuple, tuple }) => eb(refTuple('repo', 'number'), 'in', those.map(({ repo, number }) => tuple(repo, number)))).execute();
}
