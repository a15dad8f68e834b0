// The queue on pg-boss: one job waits and one runs for each key, so that bursts become one evaluation.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database, Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';

const NAME = 'work';
/** Jobs of one installation at a time, over all processes: a noisy one leaves room for the others. */
const AT_ONCE = 16;
/** A process that is gone lets go of its jobs after this, seconds. */
const HEARTBEAT = 15;
/** A process says this often that it is there, seconds. */
const PRESENCE = 10;
/** GitHub's hourly limits open again within one; an outage of a day is the sweep's. */
const POLICY = {
  policy: 'stately', retryLimit: 12, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, heartbeatSeconds: HEARTBEAT, expireInSeconds: 900, retentionSeconds: 14 * 86_400, deleteAfterSeconds: 3600,
} as const;

/** What is to be done: whatever is open under this key, or, where nothing is, a look at it all the same. */
export interface Errand {
  readonly key: string;
  readonly installation: number;
  readonly urgent: boolean;
  /** What to look at though no delivery asks for it; why, in words. */
  readonly look?: Look;
}

export type Look = { readonly owner: string; readonly repo: string; readonly because: string } & (
  | { readonly kind: 'change'; readonly number: number }
  /** Merged changes that may lack their lock. */
  | { readonly kind: 'merges'; readonly numbers: readonly number[] }
  /** What is due in a repository. */
  | { readonly kind: 'records' }
);

export interface Job {
  readonly id: string;
  /** How often it was begun before. */
  readonly retryCount: number;
  readonly data: Errand;
}

export interface Queue {
  /** Inside a transaction where one is given: deadlocks on the embedded database otherwise. */
  readonly enqueue: (errands: readonly Errand[], trx?: Transaction<Tables>) => Promise<void>;
  readonly take: (most: number, notOf: readonly number[]) => Promise<readonly Job[]>;
  readonly complete: (jobs: readonly Job[], trx: Transaction<Tables>) => Promise<void>;
  /** Tried again later, after a growing pause; given up after the last try. */
  readonly fail: (job: Job, why: string) => Promise<void>;
  /** Says that these are still being worked on. */
  readonly touch: (jobs: readonly Job[]) => Promise<void>;
  readonly depth: () => Promise<{ readonly waiting: number; readonly oldestSeconds: number }>;
  /** Processes that work on this queue, this one included; one that was killed counts for half a minute more. */
  readonly processes: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function openQueue({ forQueue, db }: Database, onError: (error: Error) => void): Promise<Queue> {
  const boss = new PgBoss({ ...forQueue, schedule: false, superviseIntervalSeconds: 5, monitorIntervalSeconds: 5, maintenanceIntervalSeconds: 300, registerInstance: forQueue.backend === 'postgres', instanceHeartbeatSeconds: PRESENCE });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(NAME, POLICY);
  if (forQueue.backend === 'pglite') await takeBack(boss, db);
  return {
    enqueue: async (errands, trx) => {
      const jobs = errands.map((errand) => ({ data: errand, singletonKey: errand.key, priority: errand.urgent ? 10 : 0, group: { id: String(errand.installation) } }));
      await boss.insert(NAME, jobs, { returnId: false, ...(trx && { db: fromKysely(trx) }) });
    },
    take: (most, notOf) => boss.fetch<Errand>(NAME, { batchSize: most, groupConcurrency: AT_ONCE, ignoreGroups: notOf.map(String), db: fromKysely(db) }),
    complete: async (jobs, trx) => {
      await boss.complete(NAME, attempts(jobs), null, { db: fromKysely(trx) });
    },
    fail: async (job, why) => {
      await boss.fail(NAME, attempts([job]), { message: why.slice(0, 500) });
    },
    touch: async (jobs) => {
      if (jobs.length > 0) await boss.touch(NAME, attempts(jobs));
    },
    depth: () => readDepth(db),
    processes: async () => Math.max(1, (await boss.getInstances()).filter(({ live }) => live).length),
    stop: () => boss.stop({ graceful: false }),
  };
}

/** The embedded database has one process: what is still in work was another life's, and no heartbeat has to be waited for. */
async function takeBack(boss: PgBoss, db: Db): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from pgboss.job where name = ${NAME} and state = 'active'`.execute(db);
  if (rows.length > 0) await boss.fail(NAME, rows.map(({ id }) => id), { message: 'the process ended' });
}

function attempts(jobs: readonly Job[]): { id: string; retryCount: number }[] {
  return jobs.map(({ id, retryCount }) => ({ id, retryCount }));
}

/** Of the inbox, not of the queue: an acknowledged delivery counts even if its job were lost. */
async function readDepth(db: Db): Promise<{ waiting: number; oldestSeconds: number }> {
  const { rows: [found] } = await sql<{ count: string; oldest: Date | null }>`
    select sum(count) as count, min(oldest) as oldest from (
      select count(*) as count, min(received_at) as oldest from delivery where done_at is null
      union all select coalesce(sum(deliveries), 0), min(received_at) from intake
    ) as waiting`.execute(db);
  const oldest = found?.oldest ?? null;
  return { waiting: Number(found?.count ?? 0), oldestSeconds: oldest === null ? 0 : Math.max(0, (Date.now() - oldest.getTime()) / 1000) };
}
