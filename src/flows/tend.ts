// Looks after the records of a repository: locks what was merged, starts clocks, measures what is due, tells it once, keeps the dashboard.
import type { Applied } from '../effects/apply.ts';
import { numberOfKey } from '../experiment/identity.ts';
import { newerOf, stageOf } from '../experiment/stage.ts';
import { isoOf } from '../experiment/windows.ts';
import type { Change, ChangeRef, RepoRef } from '../model/change.ts';
import type { Experiment, Stage } from '../model/experiment.ts';
import type { Trigger } from '../model/trigger.ts';
import { answerAfterwards } from './afterword.ts';
import { betOf, type Bet } from './bet.ts';
import { Caretaker, type Visited } from './caretaker.ts';
import type { Host } from './handle.ts';
import { lockChange } from './lock.ts';
import { advance } from './advance.ts';
import { ensureDashboard, publishLedger, publishRecord } from './publish.ts';
import { readLabels } from './own-labels.ts';
import { openRecords, readRecords, type Records, type StoredRecord } from './records.ts';
import { tell, tellLoss } from './tell.ts';

/** What became of one record in this run, for log and summary. */
export interface Tended {
  readonly key: string;
  readonly changes: readonly number[];
  readonly from: Stage | null;
  readonly to: Stage;
  readonly outcome: string | null;
  /** Why it waits, e.g. a source that does not answer; null where all went well. */
  readonly waits: string | null;
}

export interface TendResult {
  readonly repo: RepoRef;
  readonly tended: readonly Tended[];
  /** The same records as they stand now, for a host that remembers. */
  readonly bets: readonly Bet[];
  /** Merged changes that were looked at here: each is locked now, or left nothing to measure. */
  readonly looked: readonly number[];
  /** Merged changes that left nothing to measure, and why. */
  readonly nothing: readonly string[];
  readonly applied: readonly Applied[];
}

/** How far back merges are looked at that may have missed their lock, where nothing says how far an earlier run came: what merged before the installation is left alone. */
const FIRST_LOOK_DAYS = 1;
/** Merges are looked at again for this long, since lists and clocks lag. Seconds. */
const OVERLAP = 3600;
/** One run's share; the rest is due on the next one. */
const RECORDS_MAX = 200;

/** Serves one trigger: one change's record, or all of a repository. */
export async function tendRepository({ repo, change, issue, at }: Trigger & { kind: 'tend' }, host: Host): Promise<TendResult> {
  const caretaker = new Caretaker(host, { repo, at });
  const dashboard = await host.reader.readDashboard(repo);
  const records = await readRecords({ reader: host.reader, repo, key: host.signingKey, pendingLabel: `${(await readLabels(repo, host)).outcomePrefix}pending`, dashboard });
  const locked = await lockMerged(caretaker, { records, change, issue });
  const open = withLocked(openRecords(records), locked.records).filter(({ experiment }) => concerns(experiment, { repo, change, issue })).slice(0, RECORDS_MAX);
  if (open.length === 0 && records.lost.length === 0) return { repo, tended: [], bets: [], looked: locked.looked, nothing: locked.nothing, applied: await answerLeftovers([], { caretaker, change }) };
  const board = await ensureDashboard(caretaker, dashboard?.number ?? null);
  const applied: Applied[] = [...board.applied];
  const tended: Tended[] = [];
  const bets: Bet[] = [];
  let seen: Change['visibility'] | null = null;
  for (const stored of open) {
    const done = await tendOne(stored, { caretaker, dashboard: board.number, isNew: locked.records.includes(stored) });
    applied.push(...done.applied);
    tended.push(done.tended);
    bets.push(done.bet);
    seen ??= done.visibility;
  }
  for (const { entry, why } of records.lost) {
    const told = await tellLoss(entry, { caretaker, why, dashboard: board.number });
    applied.push(...told.applied);
    bets.push(betOf({ entry: told.entry, experiment: null }, caretaker.now));
  }
  if (board.number !== null) applied.push(...(await publishLedger(caretaker, { ...records.ledger, mergesSeenUntil: change === null && issue === null ? seenUntil(records.ledger.mergesSeenUntil, at) : records.ledger.mergesSeenUntil }, { number: board.number, body: dashboard?.body ?? null, touched: bets.map(({ entry }) => entry), visibility: seen ?? 'public' })));
  applied.push(...(await answerLeftovers(open, { caretaker, change })));
  return { repo, tended, bets, looked: locked.looked, nothing: locked.nothing, applied };
}

/** On the change that this is about, where no record of it speaks. */
async function answerLeftovers(open: readonly StoredRecord[], { caretaker, change }: { readonly caretaker: Caretaker; readonly change: ChangeRef | null }): Promise<readonly Applied[]> {
  if (change === null || open.some(({ experiment }) => !experiment.silent)) return [];
  const { page } = await caretaker.visit(change);
  return page.change.state === 'open' ? [] : answerAfterwards(page, { host: caretaker.host, at: caretaker.at, measured: open.length > 0 });
}

/** Moved on once a day, so that a run that found nothing writes nothing. */
function seenUntil(seen: string | null, at: string): string {
  return seen !== null && Date.parse(at) - Date.parse(seen) < 86_400_000 ? seen : at;
}

interface Locked {
  readonly records: readonly StoredRecord[];
  readonly looked: readonly number[];
  readonly nothing: readonly string[];
}

/** The change that was merged, or every merge of the last days that has no record yet: an event that never came loses nothing. */
async function lockMerged(caretaker: Caretaker, { records, change, issue }: Pick<Trigger & { kind: 'tend' }, 'change' | 'issue'> & { readonly records: Records }): Promise<Locked> {
  if (issue !== null) return { records: [], looked: [], nothing: [] };
  const seen = records.ledger.mergesSeenUntil;
  const since = isoOf(seen === null ? caretaker.now - FIRST_LOOK_DAYS * 86_400 : Math.floor(Date.parse(seen) / 1000) - OVERLAP);
  const merged = change === null ? (await caretaker.mergedSince(since)).filter(({ mergedAt }) => mergedAt >= since).map(({ ref }) => ref) : [change];
  const recorded = new Set([...records.records.flatMap(({ experiment }) => experiment.members.map(({ change: member }) => member.number)), ...records.ledger.entries.flatMap(({ changes }) => changes)]);
  const missing = merged.filter(({ number }) => !recorded.has(number));
  const found: StoredRecord[] = [];
  const nothing: string[] = [];
  for (const ref of missing.toReversed()) {
    const known = { ...records, records: withLocked(records.records, found) };
    const locking = await lockChange(await caretaker.visit(ref), { caretaker, records: known });
    if (locking.kind === 'nothing') nothing.push(locking.reason);
    else found.push(locking.record);
  }
  return { records: found, looked: missing.map(({ number }) => number), nothing };
}

/** Newly locked over what was read: a joined experiment replaces itself. */
function withLocked(records: readonly StoredRecord[], locked: readonly StoredRecord[]): readonly StoredRecord[] {
  const byKey = new Map(records.map((record) => [record.experiment.key, record]));
  for (const record of locked) {
    const known = byKey.get(record.experiment.key);
    byKey.set(record.experiment.key, known === undefined ? record : { ...record, experiment: newerOf(record.experiment, known.experiment) });
  }
  return [...byKey.values()];
}

/** An event of one conversation concerns its own record, wherever the hypothesis stands; the clock concerns all. */
function concerns({ key, members }: Experiment, { repo, change, issue }: { readonly repo: RepoRef; readonly change: ChangeRef | null; readonly issue: number | null }): boolean {
  if (issue !== null) return numberOfKey(key, repo) === issue;
  return change === null || members.some((member) => member.change.number === change.number);
}

interface Tending {
  readonly caretaker: Caretaker;
  readonly dashboard: number | null;
  readonly isNew: boolean;
}

async function tendOne(stored: StoredRecord, { caretaker, dashboard, isNew }: Tending): Promise<{ readonly tended: Tended; readonly bet: Bet; readonly visibility: Change['visibility'] | null; readonly applied: readonly Applied[] }> {
  const visits: readonly Visited[] = await Promise.all(stored.experiment.members.map(({ change }) => caretaker.visit(change)));
  const advanced = await advance(stored.experiment, { caretaker, visits });
  const publication = { experiment: advanced.experiment, home: stored.home, copy: stored.copy, visits, answers: advanced.answers };
  const published = await publishRecord(caretaker, publication, dashboard);
  const told = advanced.telling === null ? null : await tell(advanced.telling, published.stands, { caretaker, dashboard });
  const after = told?.experiment ?? advanced.experiment;
  return {
    tended: { key: after.key, changes: after.members.map(({ change }) => change.number), from: isNew ? null : stageOf(stored.experiment), to: stageOf(after), outcome: after.withdrawal?.why ?? after.result?.outcome ?? null, waits: advanced.waits },
    bet: betOf({ entry: told?.entry ?? published.entry, experiment: after }, caretaker.now),
    visibility: visits[0]?.page.change.visibility ?? null,
    applied: [...published.applied, ...(told?.applied ?? [])],
  };
}
