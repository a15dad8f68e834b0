// What is due by the ledger becomes a job at its instant. One query asks, however many records and replicas there are.
import type { Db } from '../store/database.ts';
import type { Errand, Queue } from '../jobs/queue.ts';
import { keyOfChange, keyOfRepo } from '../jobs/work-key.ts';

/** What was called for and is not settled after this long is called for again: its job may have been another one's. */
const AGAIN_MS = 5 * 60_000;

/** Of two replicas that ask at once one gets each appointment: the row is claimed with its job, in one transaction. */
export async function callDue({ db, queue }: { readonly db: Db; readonly queue: Queue }, now: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const before = new Date(now.getTime() - AGAIN_MS);
    const due = await trx
      .updateTable('appointment')
      .set({ called_at: now })
      .where('at', '<=', now)
      .where(({ eb, or }) => or([eb('called_at', 'is', null), eb('called_at', '<', before)]))
      .returning(['repo', 'installation', 'number'])
      .execute();
    const errands = new Map(due.map((row) => errandOf(row)).map((errand) => [errand.key, errand]));
    if (errands.size > 0) await queue.enqueue([...errands.values()], trx);
    return errands.size;
  });
}

function errandOf({ repo: name, installation, number }: { readonly repo: string; readonly installation: string | number; readonly number: number | null }): Errand {
  const [owner = '', repo = ''] = name.split('/');
  const about = { owner, repo, because: 'clock' };
  const whose = { installation: Number(installation), urgent: false };
  return number === null ? { ...whose, key: keyOfRepo({ owner, repo }), look: { kind: 'records', ...about } } : { ...whose, key: keyOfChange({ owner, repo, number }), look: { kind: 'change', number, ...about } };
}
