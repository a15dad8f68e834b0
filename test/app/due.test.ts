// Appointments, on both stores: each becomes a job at its instant, of many replicas once, and again where it was not kept.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { callDue } from '../../app/ledger/due.ts';
import { readFigures } from '../../app/ledger/figures.ts';
import { recordTurns } from '../../app/ledger/record-turns.ts';
import type { Turn } from '../../app/jobs/turn.ts';
import { NO_WORK } from '../../app/jobs/open-work.ts';
import { openQueue } from '../../app/jobs/queue.ts';
import type { Errand } from '../../app/jobs/queue.ts';
import { migrate, openEmbedded, openPostgres } from '../../app/store/database.ts';
import { betOf } from '../../src/flows/bet.ts';
import type { TendResult } from '../../src/flows/tend.ts';
import type { Experiment } from '../../src/model/experiment.ts';
import { effect, entry, experiment } from '../report/experiment-sample.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';

const postgres = HAS_POSTGRES ? await startPostgres() : null;
const folder = mkdtempSync(join(tmpdir(), 'yardstick-due-'));
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const REPO = { owner: 'acme', repo: 'shop' };
const NOW = '2026-05-05T15:00:00Z';
const turnOf = (...bets: readonly Experiment[]): Turn => {
  const result: TendResult = { repo: REPO, tended: [], bets: bets.map((each) => betOf({ entry: entry({ key: each.key, stage: 'measuring', dueAt: null }), experiment: each }, Date.parse(NOW) / 1000)), looked: [9], nothing: [], applied: [] };
  return { job: { id: '1', retryCount: 0, data: { key: 'acme/shop', installation: 7, urgent: false } }, work: NO_WORK, errands: [], outcomes: [{ kind: 'tended', because: 'a test', result, outcomes: [] }] };
};

describe.each([...(postgres ? ['PostgreSQL'] : []), 'the embedded database'])('on %s', (kind) => {
  test('an appointment is called for once, and again after a while; one that is kept is not', async () => {
    const database = kind === 'PostgreSQL' && postgres ? await openPostgres(await postgres.database()) : await openEmbedded(folder);
    const { db } = database;
    await migrate(db);
    const real = await openQueue(database, () => undefined);
    const called: Errand[] = [];
    const queue = { ...real, enqueue: (errands: readonly Errand[], trx?: Parameters<typeof real.enqueue>[1]) => (called.push(...errands), real.enqueue(errands, trx)) };
    const measuring = (key: string) => experiment({ key, effect, lastEffectAt: effect.at });
    const keep = (turn: Turn, at: string) => db.transaction().execute((trx) => recordTurns(trx, [turn], new Date(at)));
    await keep(turnOf(measuring('acme/shop#7'), measuring('acme/shop#8')), NOW);

    const ask = (at: string) => callDue({ db, queue }, new Date(at));
    expect(await ask('2026-05-06T13:59:59Z')).toBe(0);
    const both = await Promise.all([ask('2026-05-06T14:00:01Z'), ask('2026-05-06T14:00:01Z')]);
    expect(both.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(called).toEqual([{ key: 'acme/shop', installation: 7, urgent: false, look: { kind: 'records', owner: 'acme', repo: 'shop', because: 'clock' } }]);
    expect(await ask('2026-05-06T14:04:00Z')).toBe(0);
    expect(await ask('2026-05-06T14:06:00Z')).toBe(1);
    expect((await real.take(10, [])).map(({ data }) => data.key)).toEqual(['acme/shop']);

    const figures = (at: string) => readFigures(db, new Date(at));
    expect(await figures('2026-05-06T15:00:00Z')).toEqual({ open: new Map([['measuring', 2]]), overdue: 0 });
    expect(await figures('2026-05-30T15:00:00Z')).toEqual({ open: new Map([['measuring', 2]]), overdue: 2 });
    // An older reading changes nothing, a newer one does.
    const withdrawn = { ...measuring('acme/shop#7'), withdrawal: { why: 'withdrawn', by: 'ana', reason: 'no need', at: NOW } } as const;
    await keep(turnOf(withdrawn), '2026-05-05T14:00:00Z');
    expect(await db.selectFrom('decision').selectAll().execute()).toEqual([]);
    await keep(turnOf(withdrawn), '2026-05-06T16:00:00Z');
    expect(await db.selectFrom('decision').select(['key', 'what', 'actor', 'reason']).execute()).toEqual([{ key: 'acme/shop#7', what: 'withdrawn', actor: 'ana', reason: 'no need' }]);
    expect((await db.selectFrom('appointment').select('subject').execute()).map(({ subject }) => subject)).toEqual(['acme/shop#8']);
    await real.stop();
    await database.close();
  }, 120_000);
});
