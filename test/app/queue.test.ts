// The queue on both stores: a look is never lost to a job that waits already, open work always has a job, and what can't be done is given up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDispatcher } from '../../app/jobs/dispatcher.ts';
import { finishTurns } from '../../app/jobs/finish.ts';
import type { Look } from '../../app/jobs/looks.ts';
import { isOvertaken, readOpenWork } from '../../app/jobs/open-work.ts';
import { openQueue, RETRIES } from '../../app/jobs/queue.ts';
import type { Job, Queue } from '../../app/jobs/queue.ts';
import { requeueLost } from '../../app/jobs/requeue.ts';
import { storeDeliveries } from '../../app/inbox/store.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { InternalError, TransientError } from '../../src/errors.ts';
import type { Outcome } from '../../src/flows/handle.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { until } from './running-app.ts';

describe.each([...(HAS_POSTGRES ? ['PostgreSQL'] : []), 'the embedded database'])('on %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-queue-'));
  let postgres: Postgres | null = null;
  let database: Database;
  let queue: Queue;
  beforeAll(async () => {
    postgres = kind === 'PostgreSQL' ? await startPostgres() : null;
    database = postgres ? await openPostgres(await postgres.database()) : await openEmbedded(folder);
    await migrate(database.db);
    queue = await openQueue(database, () => undefined);
  }, 120_000);
  afterAll(async () => {
    await queue.stop();
    await database.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const task = (key: string) => ({ key, installation: 7, urgent: false });
  const merges = (...numbers: readonly number[]): Look => ({ kind: 'merges', owner: 'acme', repo: 'shop', because: 'sweep', numbers });
  const records: Look = { kind: 'records', owner: 'acme', repo: 'shop', because: 'clock' };
  const takeOne = async (): Promise<Job> => {
    const jobs = await queue.take(10, []);
    expect(jobs).toHaveLength(1);
    return jobs[0] as Job;
  };
  const workOf = async (key: string) => (await readOpenWork(database.db, [key])).get(key);
  const finish = async (job: Job) => finishTurns({ db: database.db, queue }, [{ job, work: (await workOf(job.data.key)) ?? expect.fail('nothing is open'), outcomes: [], errands: [] }]);
  const deliver = (id: string, number: number) => {
    const payload = Buffer.from(JSON.stringify({ action: 'opened', number, pull_request: { number, head: { sha: 'a'.repeat(40) }, base: { ref: 'main', sha: 'b'.repeat(40) } }, repository: { name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, installation: { id: 7 }, sender: { login: 'ana' } }));
    return database.db.transaction().execute((trx) => storeDeliveries(trx, queue, [{ id, event: 'pull_request', receivedAt: new Date().toISOString(), payload }]));
  };

  test('looks that meet a job of their key are its work too, and are settled with it', async () => {
    await queue.enqueue([task('acme/shop')]);
    await queue.enqueue([{ ...task('acme/shop'), look: merges(3, 1) }]);
    await queue.enqueue([{ ...task('acme/shop'), look: records }, { ...task('acme/shop'), look: merges(2) }, { ...task('acme/shop'), look: merges(2, 3) }]);
    const job = await takeOne();
    expect((await workOf('acme/shop'))?.looks).toEqual([{ look: merges(1, 2, 3), asked: 2 }, { look: records, asked: 1 }]);
    await finish(job);
    expect(await workOf('acme/shop')).toBeUndefined();
    expect(await queue.take(10, [])).toEqual([]);
  });

  test('a look that is asked for while it is worked on stays, with a job of its own', async () => {
    await queue.enqueue([{ ...task('acme/shop'), look: records }]);
    const job = await takeOne();
    const seen = (await workOf('acme/shop')) ?? expect.fail('nothing is open');
    await queue.enqueue([{ ...task('acme/shop'), look: records }]);
    await finishTurns({ db: database.db, queue }, [{ job, work: seen, outcomes: [], errands: [] }]);
    const again = await takeOne();
    expect((await workOf('acme/shop'))?.looks).toEqual([{ look: records, asked: 2 }]);
    await finish(again);
  });

  const ask = (id: string, { sha, by, button = null }: { readonly sha: string; readonly by: string; readonly button?: string | null }) => {
    const asked = button === null ? { action: 'rerequested' } : { action: 'requested_action', requested_action: { identifier: button } };
    const check_run = { id: 1, name: 'yardstick', head_sha: sha, pull_requests: [{ number: 6, head: { sha }, base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 3 } } }], check_suite: { head_branch: 'feature' } };
    const payload = Buffer.from(JSON.stringify({ ...asked, check_run, repository: { id: 3, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, installation: { id: 7 }, sender: { login: by } }));
    return database.db.transaction().execute((trx) => storeDeliveries(trx, queue, [{ id, event: 'check_run', receivedAt: new Date().toISOString(), payload }]));
  };

  test('who asks for the check of another head, or is another person, is answered too, and overtakes nobody', async () => {
    const [now, before] = ['a'.repeat(40), 'c'.repeat(40)];
    await deliver('edited', 6);
    const job = await takeOne();
    const seen = (await workOf('acme/shop#6')) ?? expect.fail('nothing is open');
    await ask('now', { sha: now, by: 'ben' });
    await ask('before', { sha: before, by: 'ben' });
    await ask('ben', { sha: now, by: 'ben', button: 'draft' });
    await ask('eve', { sha: now, by: 'eve', button: 'draft' });
    await ask('eve again', { sha: now, by: 'eve', button: 'draft' });
    expect(await isOvertaken(database.db, 'acme/shop#6', seen)).toBe(false);
    await deliver('edited again', 6);
    expect(await isOvertaken(database.db, 'acme/shop#6', seen)).toBe(true);
    const triggers = (await workOf('acme/shop#6'))?.triggers ?? [];
    expect(triggers.map((trigger) => (trigger.kind === 'gate' ? [trigger.hint?.headSha, trigger.ownCheck, trigger.pressed?.by] : [trigger.kind]))).toEqual([
      [now, true, undefined], [before, true, undefined], [now, true, 'ben'], [now, true, 'eve'], [now, false, undefined],
    ]);
    await finishTurns({ db: database.db, queue }, [{ job, work: seen, outcomes: [], errands: [] }]);
    await finish(await takeOne());
  });

  test('the audit names everybody whose deliveries were settled, each once: nobody hides behind who came last', async () => {
    const head = 'a'.repeat(40);
    const change = { owner: 'acme', repo: 'shop', number: 6 };
    const tended: Outcome = { kind: 'tended', because: 'a test', outcomes: [], result: { repo: change, tended: [], bets: [], looked: [], nothing: [], applied: [{ effect: { kind: 'react', change, commentId: 1, content: '+1' }, outcome: { kind: 'done', made: null } }] } };
    const settle = async (senders: readonly string[]): Promise<string | null | undefined> => {
      for (const [index, by] of senders.entries()) await ask(`${senders.length}-${index}`, { sha: head, by });
      const job = await takeOne();
      await finishTurns({ db: database.db, queue }, [{ job, work: (await workOf('acme/shop#6')) ?? expect.fail('nothing is open'), outcomes: [tended], errands: [] }]);
      return (await database.db.selectFrom('audit').select('actor').orderBy('id', 'desc').executeTakeFirst())?.actor;
    };
    expect(await settle(['ben', 'renovate[bot]', 'ben', 'eve'])).toBe('ben, renovate[bot], eve');
    expect(await settle(Array.from({ length: 12 }, (_, index) => `p${index}`))).toBe('p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, 2 more');
  });

  test('a delivery that came in as the job of its key began has a job when that ends', async () => {
    await deliver('first', 5);
    const job = await takeOne();
    const seen = (await workOf('acme/shop#5')) ?? expect.fail('nothing is open');
    await deliver('second', 5);
    // As if its insert had met the first job while that still waited.
    await sql`delete from pgboss.job where state = 'created'`.execute(database.db);
    await finishTurns({ db: database.db, queue }, [{ job, work: seen, outcomes: [], errands: [] }]);
    const next = await takeOne();
    expect((await workOf(next.data.key))?.deliveries).toEqual(['second']);
    await finish(next);
  });

  test('open work without a job gets one, once', async () => {
    await deliver('lost', 6);
    await queue.enqueue([{ ...task('acme/shop'), look: records }]);
    const requeue = (before: Date) => database.db.transaction().execute((trx) => requeueLost(trx, queue, before));
    expect(await requeue(new Date())).toBe(0);
    await sql`delete from pgboss.job`.execute(database.db);
    expect(await requeue(new Date(Date.now() - 60_000))).toBe(0);
    expect(await requeue(new Date())).toBe(2);
    expect(await requeue(new Date())).toBe(0);
    const jobs = await queue.take(10, []);
    expect(jobs.map(({ data }) => data.key).toSorted()).toEqual(['acme/shop', 'acme/shop#6']);
    for (const job of jobs) await finish(job);
  });

  test('what fails by an error of ours is given up after its last try; what fails because others are away stays open', async () => {
    await deliver('ours', 8);
    await deliver('theirs', 9);
    await sql`update pgboss.job set retry_count = ${RETRIES}, started_on = null where state = 'created'`.execute(database.db);
    const ends: string[] = [];
    const dispatcher = startDispatcher({
      db: database.db, queue, log: pino({ level: 'silent' }), isCrowded: () => false, held: () => [], onTurn: () => undefined, onEnd: (end) => void ends.push(end),
      turn: ({ data }) => Promise.reject(data.key.endsWith('#8') ? new InternalError('cannot be') : new TransientError('GitHub is away')),
    });
    const state = async () => Object.fromEntries((await database.db.selectFrom('delivery').where('id', 'in', ['ours', 'theirs']).select(['id', 'outcome']).execute()).map(({ id, outcome }) => [id, outcome]));
    await until(state, ({ ours }) => ours !== null);
    await dispatcher.stop(1000);
    expect(await state()).toEqual({ ours: `given up after ${RETRIES + 1} tries: cannot be`, theirs: null });
    // Both are counted, though neither went well.
    expect(ends.toSorted()).toEqual(['given_up', 'retried']);
    expect((await sql`select 1 from pgboss.job where state < 'completed'`.execute(database.db)).rows).toEqual([]);
    expect(await database.db.transaction().execute((trx) => requeueLost(trx, queue, new Date()))).toBe(1);
  });
});

test.skipIf(!HAS_POSTGRES)('replicas that start at once on an empty database all find their queue', async () => {
  const postgres = await startPostgres();
  for (let round = 0; round < 5; round += 1) {
    const url = await postgres.database();
    const replicas = await Promise.allSettled([1, 2, 3, 4].map(async () => {
      const database = await openPostgres(url);
      await migrate(database.db);
      return { database, queue: await openQueue(database, () => undefined) };
    }));
    expect(replicas.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'));
    for (const replica of replicas) {
      if (replica.status !== 'fulfilled') continue;
      await replica.value.queue.stop();
      await replica.value.database.close();
    }
  }
  await postgres.stop();
}, 120_000);
