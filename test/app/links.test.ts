// Links from open pull requests to issues elsewhere, in the store: written with each evaluation, followed from the issue, and let go with the pull request.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetClosedLinks, readLinked, rebuildLinks, writeLinks } from '../../app/ledger/links.ts';
import { recordTurns } from '../../app/ledger/record-turns.ts';
import type { Turn } from '../../app/jobs/turn.ts';
import { migrate, openPostgres } from '../../app/store/database.ts';
import type { Database } from '../../app/store/database.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import type { Postgres } from './postgres.ts';

let postgres: Postgres;
let database: Database;
beforeAll(async () => {
  if (!HAS_POSTGRES) return;
  postgres = await startPostgres();
  database = await openPostgres(await postgres.database());
  await migrate(database.db);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const repo = { owner: 'acme', repo: 'shop' };
const change = (number: number) => ({ ...repo, number });
const BET = { owner: 'Acme', repo: 'Bets', number: 12 };
const AT = new Date('2026-05-05T10:00:00Z');
const LATER = new Date('2026-05-05T11:00:00Z');
const seen = { installation: 7, at: AT };
const write = (number: number, issues: readonly (typeof BET)[], about = seen) => database.db.transaction().execute((trx) => writeLinks(trx, { change: change(number), issues }, about));
const linked = async (issue = { owner: 'acme', repo: 'bets', number: 12 }) => (await readLinked(database.db, issue)).map((found) => `${found.change.number} of ${found.installation}`).sort();

test.skipIf(!HAS_POSTGRES)('are followed from the issue, however its repository is spelled, and rewritten whole', async () => {
  await write(1, [BET, { ...BET, number: 13 }]);
  await write(2, [BET]);
  expect(await linked()).toEqual(['1 of 7', '2 of 7']);
  await write(1, [{ ...BET, number: 13 }]);
  expect(await linked()).toEqual(['2 of 7']);
  expect(await linked({ ...BET, number: 13 })).toEqual(['1 of 7']);
});

test.skipIf(!HAS_POSTGRES)('go with their pull request, but not those that came while it was looked for', async () => {
  await write(3, [BET], { ...seen, at: LATER });
  await forgetClosedLinks(database.db, repo, { open: [1], since: LATER });
  expect(await linked()).toEqual(['3 of 7']);
  expect(await linked({ ...BET, number: 13 })).toEqual(['1 of 7']);
  await forgetClosedLinks(database.db, repo, { open: [], since: new Date(LATER.getTime() + 1) });
  expect([await linked(), await linked({ ...BET, number: 13 })]).toEqual([[], []]);
});

test.skipIf(!HAS_POSTGRES)('one that is there no more is followed once: the look that it brings forgets it', async () => {
  await write(4, [BET]);
  const turn = (looks: readonly unknown[], links: readonly unknown[]) => ({ job: { data: { installation: 7 } }, work: { looks }, outcomes: [{ kind: 'gated', change: change(4), result: { decision: { waiver: null }, reviewAt: null, links } }] }) as unknown as Turn;
  const record = (given: Turn) => database.db.transaction().execute((trx) => recordTurns(trx, [given], LATER));
  await record(turn([], []));
  expect(await linked()).toEqual(['4 of 7']);
  await record(turn([{}], [BET]));
  expect(await linked()).toEqual(['4 of 7']);
  await record(turn([{}], []));
  expect(await linked()).toEqual([]);
});

test.skipIf(!HAS_POSTGRES)('come back from the bodies of what is open', async () => {
  await write(5, [BET]);
  const open = [{ number: 5, body: '' }, { number: 6, body: 'Closes acme/bets#12' }, { number: 7, body: 'Closes #12' }, { number: 6, body: 'Closes acme/bets#12' }];
  for (const at of [AT, LATER]) await rebuildLinks(database.db, repo, { open, installation: 8, at });
  expect(await linked()).toEqual(['5 of 7', '6 of 8']);
});

test.skipIf(!HAS_POSTGRES)('nobody crowds out the others: a hundred of each installation are followed', async () => {
  for (let number = 100; number < 220; number += 1) await write(number, [BET], { installation: 9, at: LATER });
  const found = await linked();
  expect(found.filter((each) => each.endsWith('of 9'))).toHaveLength(100);
  expect(found).toContain('6 of 8');
});
