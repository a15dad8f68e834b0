// Settles turns in one transaction: deliveries done, audit and ledger written, follow-up queued, jobs completed. Or gives one up.
import { sql } from 'kysely';
import type { RawBuilder, SqlBool, Transaction } from 'kysely';
import type { Notice } from '../inbox/notice.ts';
import { recordTurns } from '../ledger/record-turns.ts';
import { commitSoon } from '../store/database.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { tellOutcome } from './outcome.ts';
import { letGo } from './let-go.ts';
import { forgetLooks } from './looks.ts';
import type { OpenWork } from './open-work.ts';
import type { Errand, Job, Queue } from './queue.ts';
import { readOpenKeys } from './requeue.ts';
import type { Turn } from './turn.ts';

interface FinishTools {
  readonly db: Db;
  readonly queue: Queue;
}

export async function finishTurns({ db, queue }: FinishTools, turns: readonly Turn[]): Promise<void> {
  const at = new Date();
  const done = turns.flatMap((turn) => turn.work.deliveries.map((id) => ({ id, outcome: summary(turn) })));
  const trail = turns.flatMap((turn) => auditOf(turn, at));
  const settled = turns.map(({ job, work }) => ({ key: job.data.key, looks: work.looks }));
  await db.transaction().execute(async (trx) => {
    // What the database forgets of it is open again, and its turn finds on GitHub what was done.
    await commitSoon(trx);
    for (const [outcome, deliveries] of Map.groupBy(done, (row) => row.outcome)) {
      await trx.updateTable('delivery').set({ done_at: at, outcome }).where(isAmong(deliveries.map(({ id }) => id))).execute();
    }
    if (trail.length > 0) await trx.insertInto('audit').values(trail).execute();
    await forgetLooks(trx, settled);
    for (const turn of turns) await hearNotices(trx, turn, at);
    await recordTurns(trx, turns, at);
    await complete(trx, queue, turns);
  });
}

/** One value, however many there are: PostgreSQL counts at most 65,535. */
function isAmong(ids: readonly string[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`id = any(${[...ids]})`;
}

/** Ends jobs, with what they found to do. What came in as a job began may have been too late for its eyes, and too early for a job of its own. */
async function complete(trx: Transaction<Tables>, queue: Queue, ended: readonly { readonly job: Job; readonly errands: readonly Errand[] }[]): Promise<void> {
  const open = await readOpenKeys(trx, ended.map(({ job }) => job.data.key));
  const errands = ended.flatMap(({ job, errands: found }) => [...found, ...(open.has(job.data.key) ? [job.data] : [])]);
  if (errands.length > 0) await queue.enqueue(errands, trx);
  await queue.complete(ended.map(({ job }) => job), trx);
}

/** Every try failed by an error of our own, which another day would not mend: it is settled as that, so that nothing waits behind it. */
export async function giveUp({ db, queue }: FinishTools, { job, work }: { readonly job: Job; readonly work: OpenWork }, why: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (work.deliveries.length > 0) await trx.updateTable('delivery').set({ done_at: new Date(), outcome: `given up after ${job.retryCount + 1} tries: ${why}`.slice(0, 300) }).where(isAmong(work.deliveries)).execute();
    await forgetLooks(trx, [{ key: job.data.key, looks: work.looks }]);
    await hearNotices(trx, { job, work }, new Date());
    await complete(trx, queue, [{ job, errands: [] }]);
  });
}

/** What was taken away is let go of, whatever became of the rest; notice after notice, each for what came before it. */
async function hearNotices(trx: Transaction<Tables>, { job, work }: { readonly job: Job; readonly work: OpenWork }, at: Date): Promise<void> {
  for (const notice of work.notices) if (notice.kind === 'left') await letGo(trx, { installation: job.data.installation, repositories: notice.repositories, since: notice.receivedAt, at });
}

const NOTICED: Readonly<Record<Notice['kind'], string>> = { arrived: 'the App came', left: 'the App was taken away', moved: 'a repository moved' };

function summary({ work, outcomes, errands }: Turn): string {
  const told = outcomes.map((outcome) => tellOutcome(outcome).what);
  return [...told, ...work.notices.map(({ kind }) => NOTICED[kind]), ...(errands.length > 0 ? [`looks at ${errands.length} pull requests`] : [])].join('; ').slice(0, 300) || 'done with another';
}

const SENDERS_MAX = 10;

/** "ana, ben"; null where nobody asked: the clock did. */
function renderSenders(senders: readonly string[]): string | null {
  return senders.length === 0 ? null : [...senders.slice(0, SENDERS_MAX), ...(senders.length > SENDERS_MAX ? [`${senders.length - SENDERS_MAX} more`] : [])].join(', ');
}

function auditOf({ job, work, outcomes }: Turn, at: Date) {
  return outcomes.map(tellOutcome).filter(({ effects }) => effects.length > 0).map(({ subject, what, verdict, effects }) => ({
    at, delivery: work.deliveries.at(-1) ?? null, actor: renderSenders(work.senders), subject, what, detail: JSON.stringify({ verdict, effects, installation: job.data.installation }),
  }));
}
