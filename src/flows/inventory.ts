// All that GitHub says of a repository's bets and waivers, for a host that rebuilds its memory. Writes nothing.
import { ledgerEntry } from '../experiment/ledger-entry.ts';
import { SetupError } from '../errors.ts';
import { waiverEndsAt } from '../gate/review-at.ts';
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { Waiver } from '../model/decision.ts';
import { betOf, type Bet } from './bet.ts';
import { Caretaker, type Visited } from './caretaker.ts';
import { deliberate } from './deliberate.ts';
import { observe } from './gate.ts';
import type { Host } from './handle.ts';
import { Answered } from './needs.ts';
import { readLabels } from './own-labels.ts';
import { readRecords } from './records.ts';
import { readRemembered } from './remembered.ts';

/** A waiver, with the change that it is for. */
export interface GivenWaiver {
  readonly change: ChangeRef;
  readonly waiver: Waiver;
  /** When it ends, ISO 8601; null where no day was named, and where the change is merged: it went in by it. */
  readonly endsAt: string | null;
}

export interface Inventory {
  readonly bets: readonly Bet[];
  readonly waivers: readonly GivenWaiver[];
}

export async function takeInventory(host: Host, { repo, at }: { readonly repo: RepoRef; readonly at: string }): Promise<Inventory> {
  const caretaker = new Caretaker(host, { repo, at });
  const labels = await readLabels(repo, host);
  const [bets, waivers] = await Promise.all([countBets(caretaker, `${labels.outcomePrefix}pending`), findWaivers(caretaker, labels.waived)]);
  return { bets, waivers };
}

/** Where a record can be read it counts; the index of the dashboard tells of the others. */
async function countBets({ host, repo, now }: Caretaker, pendingLabel: string): Promise<readonly Bet[]> {
  const dashboard = await host.reader.readDashboard(repo);
  const { ledger, records } = await readRecords({ reader: host.reader, repo, key: host.signingKey, pendingLabel, dashboard });
  const indexed = new Map(ledger.entries.map((entry) => [entry.key, entry]));
  const read = records.map(({ experiment, home, copy }) => {
    const known = indexed.get(experiment.key);
    return { experiment, entry: ledgerEntry(experiment, { home: home?.place ?? known?.home ?? null, copy: copy?.place ?? known?.copy ?? null }) };
  });
  const found = new Set(read.map(({ entry }) => entry.key));
  const rest = ledger.entries.filter(({ key }) => !found.has(key)).map((entry) => ({ entry, experiment: null }));
  return [...read, ...rest].map((bet) => betOf(bet, now));
}

/** The label only tells where to look: what the people said there counts. */
async function findWaivers(caretaker: Caretaker, label: string): Promise<readonly GivenWaiver[]> {
  const found: GivenWaiver[] = [];
  for (const number of await caretaker.host.reader.readLabelled(caretaker.repo, label)) {
    const visited = await visitChange(caretaker, number);
    const waiver = visited && (await readWaiver(visited, caretaker));
    if (visited && waiver) found.push({ change: visited.page.change.ref, waiver, endsAt: visited.page.change.state === 'merged' ? null : waiverEndsAt(waiver) });
  }
  return found;
}

/** null: anybody may set the label on an issue, too. */
async function visitChange(caretaker: Caretaker, number: number): Promise<Visited | null> {
  try {
    return await caretaker.visit({ ...caretaker.repo, number });
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}

/** Of what was merged the one that held at the merge. */
async function readWaiver({ page, read }: Visited, { host, at }: Caretaker): Promise<Waiver | null> {
  const observed = observe({ page, configPath: host.configPath, unconfigured: host.unconfigured, offer: host.offer, at: page.change.merged?.at ?? at });
  const { decision } = await deliberate(observed, { known: new Answered(), read, previous: (await readRemembered(page, { read, now: at })).state });
  return decision.waiver;
}
