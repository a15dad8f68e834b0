// What the database has to do for deliveries from the inbox to the settled turn, without GitHub and without the engine.
import { readOpenWork, NO_WORK } from '../app/jobs/open-work.ts';
import { finishTurns } from '../app/jobs/finish.ts';
import type { Queue } from '../app/jobs/queue.ts';
import type { Turn } from '../app/jobs/turn.ts';
import { storeDeliveries } from '../app/inbox/store.ts';
import { createCheckMemory } from '../app/store/check-memory.ts';
import type { Db } from '../app/store/database.ts';
import { seededRepo } from './app-seed.ts';

const CHECK = { id: 1, digest: 'of its content', changes: [], revision: 1 };

/** Each of a pull request of its own: stored, taken, its check recalled and kept, and settled with a line in the audit trail. */
export async function passDeliveries({ db, queue }: { readonly db: Db; readonly queue: Queue }, numbers: readonly number[]): Promise<void> {
  await db.transaction().execute((trx) => storeDeliveries(trx, queue, numbers.map(deliveryOf)));
  const memory = createCheckMemory(db);
  let left = numbers.length;
  while (left > 0) {
    const jobs = await queue.take(64, []);
    if (jobs.length === 0) throw new Error(`${left} deliveries have no job that can be taken`);
    const open = await readOpenWork(db, jobs.map(({ data }) => data.key));
    const turns = jobs.map((job): Turn => {
      const change = changeOf(Number(job.data.key.split('#')[1]));
      const merged = { repo: change, tended: [], bets: [], looked: [change.number], nothing: [], applied: [{ effect: { kind: 'remove-label', change, name: 'hypothesis: missing' }, outcome: { kind: 'done', made: null } }] } as const;
      return {
        job, work: open.get(job.data.key) ?? NO_WORK, errands: [],
        outcomes: [{ kind: 'superseded', change, state: 'closed', reason: 'measured' }, { kind: 'tended', because: 'measured', result: merged, outcomes: [] }],
      };
    });
    for (const number of turns.map(({ job }) => Number(job.data.key.split('#')[1]))) {
      const head = `head-of-${number}`;
      if ((await memory.recall(changeOf(number), head)) === null) await memory.keep(changeOf(number), head, CHECK);
    }
    await finishTurns({ db, queue }, turns);
    left -= jobs.length;
  }
}

function changeOf(number: number) {
  return { ...seededRepo(number), number };
}

function deliveryOf(number: number) {
  const { owner, repo } = seededRepo(number);
  const payload = { action: 'opened', number, sender: { login: 'ana' }, installation: { id: (number % 64) + 1 }, repository: { name: repo, owner: { login: owner } }, pull_request: { number, state: 'open', draft: false, head: { sha: String(number).padStart(40, '0') }, base: { ref: 'main' } } };
  return { id: `delivery-${number}`, event: 'pull_request', receivedAt: new Date().toISOString(), payload: Buffer.from(JSON.stringify(payload)) };
}
