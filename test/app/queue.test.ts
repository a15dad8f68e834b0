// The queue on both stores: a look is never lost to a job that waits already, open work always has a job, and what can't be done is given up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDispatcher } from '../../app/jobs/dispatcher.ts';
import { finishTurns } from '../../app/jobs/finish.ts';
import type { Look } from '../../app/jobs/looks.ts';
import { isOvertaken, NO_WORK, readOpenWork } from '../../app/jobs/open-work.ts';
import type { OpenWork } from '../../app/jobs/open-work.ts';
import { openQueue, RETRIES } from '../../app/jobs/queue.ts';
import type { Errand, Job, Queue } from '../../app/jobs/queue.ts';
import { requeueLost } from '../../app/jobs/requeue.ts';
import type { Turn } from '../../app/jobs/turn.ts';
import type { Delivery } from '../../app/inbox/delivery.ts';
import { recordTurns } from '../../app/ledger/record-turns.ts';
import { storeDeliveries } from '../../app/inbox/store.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { InternalError, SetupError, TransientError } from '../../src/errors.ts';
import type { Outcome } from '../../src/flows/handle.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';
import { until } from './running-app.ts';

const opened = (number: number) => ({ action: 'opened', number, pull_request: { number, head: { sha: 'a'.repeat(40) }, base: { ref: 'main', sha: 'b'.repeat(40) } }, repository: { id: 3, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, installation: { id: 7 }, sender: { login: 'ana' } });
const delivery = (id: string, payload: object, event = 'pull_request'): Delivery => ({ id, event, receivedAt: new Date().toISOString(), payload: Buffer.from(JSON.stringify(payload)) });
const nothing = (job: Job, work: OpenWork): Promise<Turn> => Promise.resolve({ job, work, outcomes: [], errands: [] });

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
  const put = (...deliveries: readonly Delivery[]) => database.db.transaction().execute((trx) => storeDeliveries(trx, queue, deliveries));
  const deliver = (id: string, number: number) => put(delivery(id, opened(number)));
  const work = (turn: (job: Job, work: OpenWork) => Promise<Turn>, onEnd: (end: string) => void = () => undefined) => startDispatcher({ db: database.db, queue, turn, log: pino({ level: 'silent' }), isCrowded: () => false, held: () => [], onTurn: () => undefined, onEnd });
  const outcomes = async (...ids: readonly string[]) => Object.fromEntries((await database.db.selectFrom('delivery').where('id', 'in', ids).select(['id', 'outcome']).execute()).map(({ id, outcome }) => [id, outcome]));
  const count = async (table: 'look' | 'waiver' | 'appointment') => Number((await database.db.selectFrom(table).select(({ fn }) => fn.countAll().as('all')).executeTakeFirstOrThrow()).all);
  const lastTry = () => sql`update pgboss.job set retry_count = ${RETRIES}, started_on = null where state = 'created'`.execute(database.db);

  test('looks that meet a job of their key are its work too, and are settled with it', async () => {
    await queue.enqueue([task('acme/shop')]);
    await queue.enqueue([{ ...task('acme/shop'), look: merges(3, 1) }]);
    await queue.enqueue([{ ...task('acme/shop'), look: records }, { ...task('acme/shop'), look: merges(2) }, { ...task('acme/shop'), look: merges(2, 3) }]);
    const job = await takeOne();
    expect((await workOf('acme/shop'))?.looks).toMatchObject([{ look: merges(1, 2, 3), asked: 2 }, { look: records, asked: 1 }]);
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
    expect((await workOf('acme/shop'))?.looks).toMatchObject([{ look: records, asked: 2 }]);
    await finish(again);
  });

  test('ten thousand looks at once, and seventy thousand deliveries of one key, are no more than a statement holds', async () => {
    const looks = Array.from({ length: 10_000 }, (_, index): Errand => ({ ...task(`acme/shop#${index + 1}`), look: { kind: 'change', owner: 'acme', repo: 'shop', because: 'installation', number: index + 1 } }));
    await queue.enqueue(looks);
    expect(await count('look')).toBe(10_000);
    await sql`delete from look`.execute(database.db);
    await sql`delete from pgboss.job`.execute(database.db);

    await put(delivery('many', opened(5)));
    await sql`insert into delivery (id, received_at, event, installation, work_key, payload) select 'many ' || n, now(), event, installation, work_key, payload from delivery, generate_series(1, 70000) as n where id = 'many'`.execute(database.db);
    await finish(await takeOne());
    expect(await workOf('acme/shop#5')).toBeUndefined();
    await sql`delete from delivery where id like 'many%'`.execute(database.db);
  }, 120_000);

  test('work is done as the installation that saw it last, whichever the job that waited is of', async () => {
    const ends: string[] = [];
    const seen: number[] = [];
    await put(delivery('seen by 7', opened(5)));
    await put(delivery('seen by 8', { ...opened(5), installation: { id: 8 } }));
    const dispatcher = work((job, open) => {
      seen.push(job.data.installation);
      return nothing(job, open);
    }, (end) => void ends.push(end));
    await until(async () => ends, (found) => found.length > 0);
    await dispatcher.stop(1000);
    expect([ends, seen]).toEqual([['settled'], [8]]);
  });

  test('a turn that takes long is nobody else’s while its process is there', async () => {
    await deliver('long', 5);
    const job = await takeOne();
    await sql`update pgboss.job set started_on = now() - interval '3 hours' where id = ${job.id}`.execute(database.db);
    // The queue looks for what is overdue every five seconds.
    for (let second = 0; second < 12; second += 1) {
      await queue.touch([job]);
      await pause(1000);
    }
    expect(await queue.take(10, [])).toEqual([]);
    await finish(job);
  }, 60_000);

  test('a merge that left a head to others is not lost behind a comment, nor a re-run behind a closing', async () => {
    const head = { sha: 'd'.repeat(40) };
    const about = { repository: opened(5).repository, installation: { id: 7 }, sender: { login: 'ana' } };
    await put(delivery('merged', { ...about, action: 'closed', pull_request: { number: 12, merged: true, head } }));
    await put(delivery('said', { ...about, action: 'created', issue: { number: 12, pull_request: { merged_at: '2026-01-01T00:00:00Z' } }, comment: { body: '/yardstick deployed', user: { login: 'ana', type: 'User' } } }, 'issue_comment'));
    expect((await workOf('acme/shop'))?.triggers).toMatchObject([{ kind: 'tend', headSha: head.sha }, { kind: 'tend' }]);
    await put(delivery('run again', { ...about, action: 'rerequested', check_run: { head_sha: head.sha, pull_requests: [] } }, 'check_run'));
    await put(delivery('closed', { ...about, action: 'closed', pull_request: { number: 13, merged: false, head } }));
    expect((await workOf(`acme/shop@${head.sha}`))?.triggers).toMatchObject([{ kind: 'head', event: 'check_run' }, { kind: 'head', closed: 13 }]);
    await sql`delete from delivery where done_at is null`.execute(database.db);
    await sql`delete from pgboss.job`.execute(database.db);
  });

  test('a label that was set here asks for nothing, anybody else’s does', async () => {
    const labelled = (id: string, label: { readonly name: string; readonly description: string | null }, type: string) => delivery(id, { ...opened(15), action: 'labeled', label, sender: { login: 'somebody', type } });
    const renamed = { name: 'bet', description: 'Yardstick: a hypothesis is linked and will be measured' };
    await put(labelled('set here', renamed, 'Bot'), labelled('made here', { name: 'hypothesis: needed', description: null }, 'Bot'));
    const why = 'the label on #15 is what was said here';
    expect([await workOf('acme/shop#15'), await outcomes('set here', 'made here')]).toEqual([undefined, { 'set here': why, 'made here': why }]);
    await put(labelled('by a person', renamed, 'User'), labelled('by another bot', { name: 'scaling', description: 'Grows or shrinks' }, 'Bot'));
    expect((await workOf('acme/shop#15'))?.deliveries.toSorted()).toEqual(['by a person', 'by another bot']);
    await finish(await takeOne());
  });

  test('a reading of others takes away no waiver, nor its appointment', async () => {
    const change = { owner: 'acme', repo: 'shop', number: 12 };
    const gated = (waived: boolean) => ({ kind: 'gated', change, applied: [], result: { links: [], reviewAt: waived ? '2026-12-02T00:00:00Z' : null, decision: { waiver: waived ? { by: 'ana', reason: 'the sale', at: '2026-11-26T00:00:00Z', until: '2026-12-01' } : null } } }) as unknown as Outcome;
    const settle = (...turns: readonly (readonly [string, boolean])[]) => database.db.transaction().execute((trx) => recordTurns(trx, turns.map(([key, waived]): Turn => ({ job: { id: '1', retryCount: 0, data: task(key) }, work: NO_WORK, outcomes: [gated(waived)], errands: [] })), new Date()));
    const kept = async () => [await count('waiver'), await count('appointment')];
    await settle(['acme/shop#12', true]);
    await settle([`acme/shop@${'d'.repeat(40)}`, false]);
    expect(await kept()).toEqual([1, 1]);
    await settle([`acme/shop@${'d'.repeat(40)}`, false], ['acme/shop#12', true]);
    expect(await kept()).toEqual([1, 1]);
    await settle(['acme/shop#12', false]);
    expect(await kept()).toEqual([0, 0]);
  });

  const ask = (id: string, { sha, by, button = null }: { readonly sha: string; readonly by: string; readonly button?: string | null }) => {
    const asked = button === null ? { action: 'rerequested' } : { action: 'requested_action', requested_action: { identifier: button } };
    const check_run = { id: 1, name: 'yardstick', head_sha: sha, pull_requests: [{ number: 6, head: { sha }, base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 3 } } }], check_suite: { head_branch: 'feature' } };
    return delivery(id, { ...asked, check_run, repository: { id: 3, name: 'shop', full_name: 'acme/shop', owner: { login: 'acme' } }, installation: { id: 7 }, sender: { login: by } }, 'check_run');
  };

  test('who asks for the check of another head, or is another person, is answered too, and overtakes nobody', async () => {
    const [now, before] = ['a'.repeat(40), 'c'.repeat(40)];
    await deliver('edited', 6);
    const job = await takeOne();
    const seen = (await workOf('acme/shop#6')) ?? expect.fail('nothing is open');
    await put(ask('now', { sha: now, by: 'ben' }));
    await put(ask('before', { sha: before, by: 'ben' }));
    await put(ask('ben', { sha: now, by: 'ben', button: 'draft' }));
    await put(ask('eve', { sha: now, by: 'eve', button: 'draft' }));
    await put(ask('eve again', { sha: now, by: 'eve', button: 'draft' }));
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
      for (const [index, by] of senders.entries()) await put(ask(`${senders.length}-${index}`, { sha: head, by }));
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
    await deliver('forbidden', 10);
    await lastTry();
    const ends: string[] = [];
    const errors = { 8: new InternalError('cannot be'), 9: new TransientError('GitHub is away'), 10: new SetupError('it may not', 'Permit it.') };
    const dispatcher = work(({ data }) => Promise.reject(errors[Number(data.key.split('#')[1]) as 8 | 9 | 10]), (end) => void ends.push(end));
    await until(() => outcomes('ours', 'forbidden'), ({ ours, forbidden }) => ours !== null && forbidden !== null);
    await dispatcher.stop(1000);
    expect(await outcomes('ours', 'theirs', 'forbidden')).toEqual({ ours: `given up after ${RETRIES + 1} tries: cannot be`, theirs: null, forbidden: `given up after ${RETRIES + 1} tries: it may not` });
    // Each is counted, though none went well; what a person has to permit is no error of ours.
    expect(ends.toSorted()).toEqual(['given_up', 'refused', 'retried']);
    expect((await sql`select 1 from pgboss.job where state < 'completed'`.execute(database.db)).rows).toEqual([]);
    expect(await database.db.transaction().execute((trx) => requeueLost(trx, queue, new Date()))).toBe(1);
  });

  const finishAll = async () => {
    await sql`update pgboss.job set start_after = now() where state < 'active'`.execute(database.db);
    await database.db.updateTable('delivery').set({ done_at: new Date() }).where('done_at', 'is', null).execute();
    for (const job of await queue.take(100, [])) await finishTurns({ db: database.db, queue }, [await nothing(job, NO_WORK)]);
  };

  test('what comes in during the last try is worked on when that is given up', async () => {
    await finishAll();
    await deliver('hopeless', 10);
    await lastTry();
    let tries = 0;
    const dispatcher = work(async (job, open) => {
      tries += 1;
      if (tries > 1) return nothing(job, open);
      await deliver('meanwhile', 10);
      // As if its insert had met the first job while that still waited.
      await sql`delete from pgboss.job where state = 'created'`.execute(database.db);
      throw new InternalError('cannot be');
    });
    const found = await until(() => outcomes('hopeless', 'meanwhile'), ({ meanwhile }) => typeof meanwhile === 'string', 10_000);
    await dispatcher.stop(1000);
    expect(found).toEqual({ hopeless: expect.stringContaining('given up'), meanwhile: 'done with another' });
  });

  test('a delivery that cannot be read holds its own pull request alone, and is given up at last', async () => {
    await finishAll();
    for (const number of [20, 21, 22]) await deliver(`d${number}`, number);
    await database.db.updateTable('delivery').set({ payload: Buffer.from('rotten') }).where('id', '=', 'd21').execute();
    const dispatcher = work(nothing);
    await until(() => outcomes('d20', 'd22'), ({ d20, d22 }) => d20 !== null && d22 !== null, 10_000);
    expect(await outcomes('d20', 'd21', 'd22')).toEqual({ d20: 'done with another', d21: null, d22: 'done with another' });
    await deliver('behind', 21);
    await sql`update pgboss.job set retry_count = ${RETRIES}, start_after = now() where state < 'active'`.execute(database.db);
    const found = await until(() => outcomes('d21', 'behind'), ({ d21, behind }) => d21 !== null && behind !== null, 10_000);
    await dispatcher.stop(1000);
    expect(found).toEqual({ d21: expect.stringMatching(/^given up after \d+ tries: d21 cannot be read \(/), behind: 'done with another' });
  });

  test('a turn that cannot be booked holds none of those that are settled with it', async () => {
    await finishAll();
    const numbers = [31, 32, 33, 34];
    await put(...numbers.map((number) => delivery(`d${number}`, opened(number))));
    const ready = Promise.withResolvers<void>();
    let begun = 0;
    const turns: number[] = [];
    const dispatcher = work(async (job, open) => {
      const number = Number(job.data.key.split('#')[1]);
      turns.push(number);
      if ((begun += 1) === numbers.length) ready.resolve();
      await ready.promise;
      // PostgreSQL has no text with a NUL.
      return { job, work: open, errands: [], outcomes: number === 32 ? [{ kind: 'superseded', change: { owner: 'acme', repo: 'shop', number }, state: 'open', reason: 'a\0b' }] : [] };
    });
    const found = await until(() => outcomes('d31', 'd32', 'd33', 'd34'), ({ d31, d33, d34 }) => d31 !== null && d33 !== null && d34 !== null, 10_000);
    await dispatcher.stop(1000);
    expect(found).toEqual({ d31: 'done with another', d32: null, d33: 'done with another', d34: 'done with another' });
    expect(turns.filter((number) => number !== 32).toSorted()).toEqual([31, 33, 34]);
  });

  test('who was taken away and is back keeps what came after', async () => {
    await finishAll();
    const told = (id: string, action: string) => delivery(id, { action, installation: { id: 7 }, sender: { login: 'ana' } }, 'installation');
    await deliver('sooner', 40);
    await pause(5);
    await put(told('left', 'suspend'));
    await pause(5);
    await put(told('back', 'unsuspend'));
    await deliver('afterwards', 41);
    await queue.enqueue([{ ...task('acme/shop'), look: records }]);
    const job = (await queue.take(10, [])).find(({ data }) => data.key === 'installation:7') ?? expect.fail('no job');
    await finish(job);
    expect(await outcomes('sooner', 'afterwards')).toEqual({ sooner: 'the App was taken away', afterwards: null });
    expect((await workOf('acme/shop'))?.looks).toMatchObject([{ look: records }]);
    await database.db.deleteFrom('look').execute();
  });

  test('one that people wait for makes the job of its key urgent, wherever it stands in the batch', async () => {
    await finishAll();
    await put(delivery('urgent', { ...opened(50), action: 'created', issue: { number: 50, pull_request: {} }, comment: { id: 1, body: '/yardstick check' } }, 'issue_comment'), delivery('later', opened(50)));
    expect((await sql`select priority from pgboss.job where state = 'created' and singleton_key = 'acme/shop#50'`.execute(database.db)).rows).toEqual([{ priority: 10 }]);
    await finishAll();
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
