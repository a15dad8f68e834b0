// What turns found out, told to the ledger: bets after a look at the records, waivers and their ends after a gate.
import type { Transaction } from 'kysely';
import { assertNever } from '../../src/errors.ts';
import type { Outcome } from '../../src/flows/handle.ts';
import type { ChangeRef } from '../../src/model/change.ts';
import type { Turn } from '../jobs/turn.ts';
import { keyOfChange } from '../jobs/work-key.ts';
import type { Tables } from '../store/tables.ts';
import { forgetLinks, writeLinks } from './links.ts';
import { forgetAppointments, forgetWaivers, nameOf, writeAppointments, writeBets, writeLooked, writeWaivers } from './write.ts';

/** Of many turns at once. A change is read by turns of others, too, whose reading may be older than its own: only its own takes away. Where nothing is waived, awaited or linked from elsewhere, two deletes by key are all it costs. */
export async function recordTurns(trx: Transaction<Tables>, turns: readonly Turn[], at: Date): Promise<void> {
  const unwaived: ChangeRef[] = [];
  const settled: ChangeRef[] = [];
  const unlinked: ChangeRef[] = [];
  for (const { job: { data: { key, installation } }, work, outcomes } of turns) {
    for (const outcome of outcomes) {
      const { gone, done } = await record(trx, outcome, { installation, at });
      unwaived.push(...gone.filter((change) => keyOfChange(change) === key));
      settled.push(...done.filter((change) => keyOfChange(change) === key));
      unlinked.push(...(await recordLinks(trx, outcome, { installation, at, looked: work.looks.length > 0 })));
    }
  }
  await forgetWaivers(trx, unwaived.map((change) => ({ repo: nameOf(change), number: change.number })));
  await forgetAppointments(trx, settled.map((change) => ({ repo: nameOf(change), subject: `#${change.number}` })));
  await forgetLinks(trx, unlinked);
}

interface Forgotten {
  /** Changes without a waiver. */
  readonly gone: readonly ChangeRef[];
  /** Changes for which the clock has nothing to wait for. */
  readonly done: readonly ChangeRef[];
}

const NOTHING: Forgotten = { gone: [], done: [] };

async function record(trx: Transaction<Tables>, outcome: Outcome, seen: { readonly installation: number; readonly at: Date }): Promise<Forgotten> {
  switch (outcome.kind) {
    case 'gated': {
      const { change, result: { decision: { waiver }, reviewAt } } = outcome;
      const about = { ...seen, repo: change };
      if (waiver !== null) {
        await writeWaivers(trx, [{ change, waiver, endsAt: reviewAt }], about);
        return NOTHING;
      }
      if (reviewAt === null) return { gone: [change], done: [change] };
      await writeAppointments(trx, [{ subject: `#${change.number}`, number: change.number, at: reviewAt }], about);
      return { gone: [change], done: [] };
    }
    case 'superseded':
      // What was merged went in by its waiver, which stays.
      return { gone: outcome.state === 'closed' ? [outcome.change] : [], done: outcome.state === 'open' ? [] : [outcome.change] };
    case 'tended': {
      const about = { ...seen, repo: outcome.result.repo };
      await writeBets(trx, outcome.result.bets, about);
      await writeLooked(trx, outcome.result.looked, about);
      return NOTHING;
    }
    case 'swept': case 'unmapped': case 'ignored':
      return NOTHING;
    default:
      return assertNever(outcome);
  }
}

/** Resolves with the changes that have none any more. Most never had one: it is only asked where it was a look, as a link from elsewhere brings it, so that one that is gone is followed once. */
async function recordLinks(trx: Transaction<Tables>, outcome: Outcome, { installation, at, looked }: { readonly installation: number; readonly at: Date; readonly looked: boolean }): Promise<readonly ChangeRef[]> {
  if (outcome.kind === 'superseded') return outcome.state === 'open' ? [] : [outcome.change];
  if (outcome.kind !== 'gated') return [];
  const { change, result: { links } } = outcome;
  if (links.length > 0) await writeLinks(trx, { change, issues: links }, { installation, at });
  return links.length === 0 && looked ? [change] : [];
}
