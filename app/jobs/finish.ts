// Settles turns in one transaction: deliveries done, audit and ledger written, follow-up queued, jobs completed.
import { recordTurns } from '../ledger/record-turns.ts';
import type { Db } from '../store/database.ts';
import { tellOutcome } from './outcome.ts';
import type { Queue } from './queue.ts';
import type { Turn } from './turn.ts';

export async function finishTurns({ db, queue }: { readonly db: Db; readonly queue: Queue }, turns: readonly Turn[]): Promise<void> {
  const at = new Date();
  const done = turns.flatMap((turn) => turn.work.deliveries.map((id) => ({ id, outcome: summary(turn) })));
  const trail = turns.flatMap((turn) => auditOf(turn, at));
  const errands = turns.flatMap((turn) => turn.errands);
  await db.transaction().execute(async (trx) => {
    for (const [outcome, deliveries] of Map.groupBy(done, (row) => row.outcome)) {
      await trx.updateTable('delivery').set({ done_at: at, outcome }).where('id', 'in', deliveries.map(({ id }) => id)).execute();
    }
    if (trail.length > 0) await trx.insertInto('audit').values(trail).execute();
    await recordTurns(trx, turns, at);
    if (errands.length > 0) await queue.enqueue(errands, trx);
    await queue.complete(turns.map(({ job }) => job), trx);
  });
}

function summary({ outcomes, errands }: Turn): string {
  const told = outcomes.map((outcome) => tellOutcome(outcome).what);
  return [...told, ...(errands.length > 0 ? [`looks at ${errands.length} pull requests`] : [])].join('; ').slice(0, 300) || 'done with another';
}

function auditOf({ job, work, outcomes }: Turn, at: Date) {
  return outcomes.map(tellOutcome).filter(({ effects }) => effects.length > 0).map(({ subject, what, verdict, effects }) => ({
    at, delivery: work.deliveries.at(-1) ?? null, actor: work.sender, subject, what, detail: JSON.stringify({ verdict, effects, installation: job.data.installation }),
  }));
}
