// What went past us is found again: work without a job, deliveries that never arrived, open pull requests whose head lacks our check, merged ones that lack a lock.
import { TransientError } from '../../src/errors.ts';
import type { Transport } from '../../src/github/transport.ts';
import { readInstallations } from '../github/installations.ts';
import type { Db } from '../store/database.ts';
import { createIsolation } from './isolate.ts';
import type { Queue } from './queue.ts';
import { redeliver } from './redeliver.ts';
import { requeueLost } from './requeue.ts';
import { sweep } from './sweep.ts';
import type { Looked } from './sweep.ts';

export interface HealTools {
  readonly db: Db;
  readonly queue: Queue;
  /** As the App itself. */
  readonly app: Transport;
  readonly of: (installation: number) => Transport;
  readonly now: () => Date;
}

export interface Healed {
  /** Keys whose work was open without a job. */
  readonly requeued: number;
  /** Webhooks that GitHub was asked to send again. */
  readonly redelivered: number;
  /** Pull requests whose head had no check of ours. */
  readonly looked: number;
  /** Merged ones that nobody had looked at. */
  readonly unlocked: number;
  /** Parts that could not be done, and why. */
  readonly failed: readonly string[];
}

/** What is open for so long without a job was not just being put there. */
const LOST_MS = 60_000;

/** Remembers, between the rounds of a process, where it looked already. */
export function createHealer(tools: HealTools): () => Promise<Healed> {
  const looked: Looked = new Map();
  return () => heal({ ...tools, looked });
}

/**
 * Each part by itself: what fails is told, and tried again by the next round. Twice is harmless: a redelivery keeps its id, and each errand waits once.
 * @throws where GitHub tells no installations, or none can be looked at: then nobody looked around
 */
async function heal(tools: HealTools & { readonly looked: Looked }): Promise<Healed> {
  const { db, queue, app, now, looked } = tools;
  const { isolate, failed } = createIsolation();
  const requeued = await isolate('work without a job', () => db.transaction().execute((trx) => requeueLost(trx, queue, new Date(now().getTime() - LOST_MS))), 0);
  const redelivered = await isolate('webhooks that failed', () => redeliver({ app, db, now, isolate }), 0);
  let [heads, unlocked] = [0, 0];
  const installations = await readInstallations(app);
  let reached = 0;
  for (const installation of installations) {
    await isolate(`installation ${installation}`, async () => {
      for await (const errands of sweep(installation, { ...tools, isolate })) {
        if (errands.length > 0) await queue.enqueue(errands).catch((error: unknown) => {
          // What was seen and not queued has to be seen again.
          looked.clear();
          throw error;
        });
        const found = errands.map(({ look }) => look);
        heads += found.filter((look) => look?.kind === 'change').length;
        unlocked += found.reduce((sum, look) => sum + (look?.kind === 'merges' ? look.numbers.length : 0), 0);
      }
      reached += 1;
    }, undefined);
  }
  if (installations.length > 0 && reached === 0) throw new TransientError(`no installation could be looked at: ${failed.join('; ')}`);
  return { requeued, redelivered, looked: heads, unlocked, failed };
}
