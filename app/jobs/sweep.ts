// Looks over the repositories of an installation: open pull requests whose head lacks our check, and merged ones that lack a lock.
import { TransientError } from '../../src/errors.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';
import { readRepositories } from '../github/installations.ts';
import type { SeenRepository } from '../github/installations.ts';
import { readOpenHeads } from '../github/open-heads.ts';
import type { OpenHead } from '../github/open-heads.ts';
import { forgetClosedLinks, rebuildLinks } from '../ledger/links.ts';
import { followUnseen } from '../ledger/moves.ts';
import { nameOf } from '../ledger/write.ts';
import type { Db } from '../store/database.ts';
import type { Isolate } from './isolate.ts';
import { findMissingLocks } from './missing-locks.ts';
import type { Errand } from './queue.ts';
import { keyOfChange, keyOfRepo } from './work-key.ts';

export interface SweepTools {
  readonly db: Db;
  readonly of: (installation: number) => Transport;
  readonly now: () => Date;
  readonly isolate: Isolate;
}

/** So many repositories in a row that cannot be read: GitHub is away, or the installation is out of its limits. */
const FAILURES_MAX = 3;

/** What this process knows of repositories that it looked at, by their keys. */
export type Looked = Map<string, { readonly signature: string; readonly at: number }>;

/** A repository in which nothing seems to have happened is looked at all the same after so long: the head of a fork's pull request moves unseen. */
const AGAIN_MS = 55 * 60_000;

/** What a sweep finds, repository by repository: those in which something happened since the last one, and all of them once an hour. */
export async function* sweep(installation: number, tools: SweepTools & { readonly looked: Looked }): AsyncGenerator<readonly Errand[]> {
  const { looked, now } = tools;
  yield* lookAround(installation, tools, async ({ owner, repo, signature }) => {
    const key = keyOfRepo({ owner, repo });
    const last = looked.get(key);
    if (last?.signature === signature && now().getTime() - last.at < AGAIN_MS) return [];
    const found = await findPastUs({ owner, repo }, await readHeads({ owner, repo }, installation, tools), { ...tools, installation });
    looked.set(key, { signature, at: now().getTime() });
    return found;
  });
}

/** Of an installation that came, or came back: what the sweep finds, and what stood there before, which was let go of. */
export async function* welcome(installation: number, tools: SweepTools): AsyncGenerator<readonly Errand[]> {
  yield* lookAround(installation, tools, async ({ owner, repo: name }) => {
    const repo = { owner, repo: name };
    const heads = await readHeads(repo, installation, tools);
    await rebuildLinks(tools.db, repo, { open: heads, installation, at: tools.now() });
    return [...(await findPastUs(repo, heads, { ...tools, installation })), ...(await findRecords(repo, installation, tools.db))];
  });
}

/**
 * One repository that cannot be read keeps nobody from looking at the others.
 * @throws TransientError after several in a row
 */
async function* lookAround(installation: number, { db, of, isolate }: SweepTools, find: (repository: SeenRepository) => Promise<readonly Errand[]>): AsyncGenerator<readonly Errand[]> {
  const transport = of(installation);
  const repositories = await readRepositories(transport, installation);
  await followUnseen(repositories, { db, transport, installation, isolate });
  let failures = 0;
  for (const repository of repositories) {
    if (repository.isArchived) continue;
    const found = await isolate(nameOf(repository), () => find(repository), null);
    failures = found === null ? failures + 1 : 0;
    if (failures >= FAILURES_MAX) throw new TransientError(`${FAILURES_MAX} repositories in a row could not be read`);
    yield found ?? [];
  }
}

/** The open pull requests; what closed ones linked is forgotten. */
async function readHeads(repo: RepoRef, installation: number, { of, db, now }: SweepTools): Promise<readonly OpenHead[]> {
  const since = now();
  const heads = await readOpenHeads(of(installation), repo);
  await forgetClosedLinks(db, repo, { open: heads.map(({ number }) => number), since });
  return heads;
}

async function findPastUs(repo: RepoRef, heads: readonly OpenHead[], { of, db, now, installation }: SweepTools & { readonly installation: number }): Promise<readonly Errand[]> {
  const unchecked = await findUnchecked(repo, heads, db);
  return [
    ...unchecked.map((number): Errand => ({ key: keyOfChange({ ...repo, number }), installation, urgent: false, look: { kind: 'change', ...repo, number, because: 'sweep' } })),
    ...(await findMissingLocks(of(installation), repo, { db, installation, now: now() })),
  ];
}

/** A run that the memory lost is found by the turn itself, which asks GitHub and posts nothing twice. */
async function findUnchecked(repo: RepoRef, heads: readonly OpenHead[], db: Db): Promise<readonly number[]> {
  if (heads.length === 0) return [];
  const known = await db.selectFrom('check_run').where('repo', '=', keyOfRepo(repo)).where('head_sha', 'in', heads.map(({ sha }) => sha)).select('head_sha').execute();
  const checked = new Set(known.map(({ head_sha }) => head_sha));
  return heads.filter(({ sha }) => !checked.has(sha)).map(({ number }) => number);
}

/** Open bets and waivers of the ledger: looking at them makes their appointments anew. */
async function findRecords(repo: RepoRef, installation: number, db: Db): Promise<readonly Errand[]> {
  const about = { ...repo, because: 'installation' };
  const bet = await db.selectFrom('bet').where('repo', '=', nameOf(repo)).where('is_open', '=', true).select('key').limit(1).executeTakeFirst();
  const waivers = await db.selectFrom('waiver').where('repo', '=', nameOf(repo)).select('number').execute();
  return [
    ...(bet === undefined ? [] : [{ key: keyOfRepo(repo), installation, urgent: false, look: { ...about, kind: 'records' } } satisfies Errand]),
    ...waivers.map(({ number }): Errand => ({ key: keyOfChange({ ...repo, number }), installation, urgent: false, look: { ...about, kind: 'change', number } })),
  ];
}
