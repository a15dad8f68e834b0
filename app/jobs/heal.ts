// What went past us is found again: work without a job, deliveries that never arrived, open pull requests whose head lacks our check, merged ones that lack a lock.
import { expectOk } from '../../src/github/answers.ts';
import { at, count, list, text } from '../../src/github/json.ts';
import { readPages } from '../../src/github/pages.ts';
import { path } from '../../src/github/transport.ts';
import type { ApiRequest, Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';
import { readOpenHeads } from '../github/open-heads.ts';
import type { Db } from '../store/database.ts';
import { findMissingLocks } from './missing-locks.ts';
import type { Errand, Queue } from './queue.ts';
import { requeueLost } from './requeue.ts';

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
}

/** GitHub keeps deliveries for three days. */
const DELIVERIES_BACK_MS = 3 * 86_400_000;
const PAGES_MAX = 20;
/** What is open for so long without a job was not just being put there. */
const LOST_MS = 60_000;

/** Twice is harmless, by two replicas too: a redelivery keeps its id, and each errand waits once. */
export async function heal(tools: HealTools): Promise<Healed> {
  const requeued = await tools.db.transaction().execute((trx) => requeueLost(trx, tools.queue, new Date(tools.now().getTime() - LOST_MS)));
  const redelivered = await redeliver(tools);
  let looked = 0;
  let unlocked = 0;
  for (const installation of await readPages(tools.app, { path: '/app/installations', query: {}, subject: 'the installations', pagesMax: PAGES_MAX })) {
    const id = count(at(installation, 'id'));
    if (id === null || at(installation, 'suspended_at')) continue;
    const errands = await lookAround(id, tools);
    if (errands.length > 0) await tools.queue.enqueue(errands);
    const found = errands.map(({ look }) => look);
    looked += found.filter((look) => look?.kind === 'change').length;
    unlocked += found.reduce((sum, look) => sum + (look?.kind === 'merges' ? look.numbers.length : 0), 0);
  }
  return { requeued, redelivered, looked, unlocked };
}

/** Asks once for each delivery that failed, never arrived later, and is not in the inbox. */
async function redeliver({ app, db, now }: HealTools): Promise<number> {
  const since = now().getTime() - DELIVERIES_BACK_MS;
  const all = await readDeliveries(app, since);
  const arrived = new Set(all.filter(({ ok }) => ok).map(({ guid }) => guid));
  const lost = new Map(all.filter(({ guid }) => !arrived.has(guid)).map(({ guid, id }) => [guid, id]));
  if (lost.size === 0) return 0;
  const stored = await db.selectFrom('delivery').where('id', 'in', [...lost.keys()]).select('id').execute();
  for (const { id } of stored) lost.delete(id);
  for (const id of lost.values()) expectOk(await app({ method: 'POST', path: path`/app/hook/deliveries/${id}/attempts` }), `the redelivery of ${id}`);
  return lost.size;
}

interface Sent {
  readonly id: number;
  readonly guid: string;
  readonly ok: boolean;
}

/** Newest first; the list is turned by a cursor that only the link to the next page tells. */
async function readDeliveries(app: Transport, since: number): Promise<readonly Sent[]> {
  const found: Sent[] = [];
  let query: NonNullable<ApiRequest['query']> | null = { per_page: 100 };
  for (let page = 0; page < PAGES_MAX && query !== null; page += 1) {
    const response = await app({ method: 'GET', path: '/app/hook/deliveries', query });
    const entries = list(expectOk(response, 'the deliveries of the App'));
    const recent = entries.filter((entry) => Date.parse(text(at(entry, 'delivered_at')) ?? '') >= since);
    found.push(...recent.flatMap(parseSent));
    query = recent.length < entries.length ? null : nextQuery(response.headers['link']);
  }
  return found;
}

function parseSent(entry: unknown): readonly Sent[] {
  const id = count(at(entry, 'id'));
  const guid = text(at(entry, 'guid'));
  return id === null || guid === null ? [] : [{ id, guid, ok: at(entry, 'status') === 'OK' }];
}

function nextQuery(link: string | undefined): Record<string, string> | null {
  const url = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];
  return url === undefined ? null : Object.fromEntries(new URL(url).searchParams);
}

/** Of an installation that came, or came back: what the sweep finds, and what stood there before, which the clock has let go of. */
export async function welcome(installation: number, tools: HealTools): Promise<readonly Errand[]> {
  return lookAround(installation, tools, async (repo) => findRecords(repo, { db: tools.db, installation }));
}

/** Open pull requests whose head has no check that we know of, and the merges of a repository that nobody looked at; `more`: of each repository besides. */
async function lookAround(installation: number, tools: HealTools, more?: (repo: RepoRef) => Promise<readonly Errand[]>): Promise<readonly Errand[]> {
  const transport = tools.of(installation);
  const errands: Errand[] = [];
  const repositories = await readPages(transport, { path: '/installation/repositories', under: 'repositories', query: {}, subject: `the repositories of installation ${installation}`, pagesMax: PAGES_MAX });
  for (const repository of repositories) {
    const owner = text(at(repository, 'owner', 'login'));
    const repo = text(at(repository, 'name'));
    if (owner === null || repo === null || at(repository, 'archived') === true) continue;
    const unchecked = await readUnchecked(transport, { owner, repo }, tools.db);
    errands.push(...unchecked.map((number): Errand => ({ key: `${owner}/${repo}#${number}`.toLowerCase(), installation, urgent: false, look: { kind: 'change', owner, repo, number, because: 'sweep' } })));
    errands.push(...(await findMissingLocks(transport, { owner, repo }, { db: tools.db, installation, now: tools.now() })));
    errands.push(...((await more?.({ owner, repo })) ?? []));
  }
  return errands;
}

/** Open bets and waivers of the ledger: looking at them makes their appointments anew. */
async function findRecords({ owner, repo }: RepoRef, { db, installation }: { readonly db: Db; readonly installation: number }): Promise<readonly Errand[]> {
  const about = { owner, repo, because: 'installation' };
  const key = `${owner}/${repo}`.toLowerCase();
  const bet = await db.selectFrom('bet').where('repo', '=', `${owner}/${repo}`).where('is_open', '=', true).select('key').limit(1).executeTakeFirst();
  const waivers = await db.selectFrom('waiver').where('repo', '=', `${owner}/${repo}`).select('number').execute();
  return [
    ...(bet === undefined ? [] : [{ key, installation, urgent: false, look: { ...about, kind: 'records' } } satisfies Errand]),
    ...waivers.map(({ number }): Errand => ({ key: `${key}#${number}`, installation, urgent: false, look: { ...about, kind: 'change', number } })),
  ];
}

/** A run that the memory lost is found by the turn itself, which asks GitHub and posts nothing twice. */
async function readUnchecked(transport: Transport, { owner, repo }: RepoRef, db: Db): Promise<readonly number[]> {
  const heads = await readOpenHeads(transport, { owner, repo });
  if (heads.length === 0) return [];
  const known = await db.selectFrom('check_run').where('repo', '=', `${owner}/${repo}`.toLowerCase()).where('head_sha', 'in', heads.map(({ sha }) => sha)).select('head_sha').execute();
  const checked = new Set(known.map(({ head_sha }) => head_sha));
  return heads.filter(({ sha }) => !checked.has(sha)).map(({ number }) => number);
}
