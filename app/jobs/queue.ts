// The queue on pg-boss: one job waits and one runs for each key, so that bursts become one evaluation.
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database, Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { writeLooks } from './looks.ts';
import type { Look } from './looks.ts';

/** The queue's name in the table of jobs. */
export const QUEUE = 'work';
/** Jobs of one installation at a time, over all processes: a noisy one leaves room for the others. */
const AT_ONCE = 16;
/** A process that is gone lets go of its jobs after this, seconds. */
const HEARTBEAT = 15;
/** A process says this often that it is there, seconds. */
const PRESENCE = 10;
/** Tries after the first, some 45 minutes in all: GitHub's hourly limits are waited for elsewhere, and after an outage of a day the sweep begins anew. */
export const RETRIES = 12;
/** A turn that looks after two hundred records, at sources that hang, seconds: of a process that is gone its heartbeat tells. Taken from it before its end, it would be done by two at once. */
const LONGEST = 6 * 3600;
const POLICY = {
  policy: 'stately', retryLimit: RETRIES, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, heartbeatSeconds: HEARTBEAT, expireInSeconds: LONGEST, retentionSeconds: 14 * 86_400, deleteAfterSeconds: 3600,
} as const;

/** What a job does: whatever is open under its key. */
export interface Task {
  readonly key: string;
  readonly installation: number;
  readonly urgent: boolean;
}

/** A task, and what to look at though no delivery asks for it. */
export interface Errand extends Task {
  readonly look?: Look;
}

export interface Job {
  readonly id: string;
  /** How often it was begun before. */
  readonly retryCount: number;
  readonly data: Task;
}

export interface Queue {
  /** Where a job of a key waits already it will do this too. Inside a transaction where one is given: deadlocks on the embedded database otherwise. */
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
  // Of replicas that start at once on an empty database one makes the queue's schema: `create schema if not exists` alone fails for the others.
  if (forQueue.backend === 'postgres') await alone(db, () => begin(boss));
  else await begin(boss);
  if (forQueue.backend === 'pglite') await takeBack(boss, db);
  return {
    enqueue: (errands, trx) => (trx ? insert(boss, errands, trx) : db.transaction().execute((own) => insert(boss, errands, own))),
    take: (most, notOf) => boss.fetch<Task>(QUEUE, { batchSize: most, groupConcurrency: AT_ONCE, ignoreGroups: notOf.map(String), db: fromKysely(db) }),
    complete: async (jobs, trx) => {
      await boss.complete(QUEUE, attempts(jobs), null, { db: fromKysely(trx) });
    },
    fail: async (job, why) => {
      await boss.fail(QUEUE, attempts([job]), { message: why.slice(0, 500) });
    },
    touch: async (jobs) => {
      if (jobs.length > 0) await boss.touch(QUEUE, attempts(jobs));
    },
    depth: () => readDepth(db),
    processes: async () => Math.max(1, (await boss.getInstances()).filter(({ live }) => live).length),
    stop: () => boss.stop({ graceful: false }),
  };
}

async function begin(boss: PgBoss): Promise<void> {
  await boss.start();
  await boss.createQueue(QUEUE, POLICY);
}

/** One process at a time, over all that share the database. */
function alone(db: Db, work: () => Promise<void>): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('yardstick queue'))`.execute(trx);
    await work();
  });
}

async function insert(boss: PgBoss, errands: readonly Errand[], trx: Transaction<Tables>): Promise<void> {
  await writeLooks(trx, errands);
  // In one order everywhere: two replicas that put in the same keys never wait for each other crosswise.
  const jobs = errands.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, installation, urgent }) => ({ data: { key, installation, urgent } satisfies Task, singletonKey: key, priority: urgent ? 10 : 0, group: { id: String(installation) } }));
  await boss.insert(QUEUE, jobs, { returnId: false, db: fromKysely(trx) });
}

/** The embedded database has one process: what is still in work was another life's, and no heartbeat has to be waited for. */
async function takeBack(boss: PgBoss, db: Db): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from pgboss.job where name = ${QUEUE} and state = 'active'`.execute(db);
  if (rows.length > 0) await boss.fail(QUEUE, rows.map(({ id }) => id), { message: 'the process ended' });
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
