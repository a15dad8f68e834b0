// Rebuilds from GitHub alone what the App remembers of it: every repository's bets, waivers and standing checks. Again is the same.
import { compose } from '../../src/compose.ts';
import { takeInventory } from '../../src/flows/inventory.ts';
import { findCheck } from '../../src/github/check-run.ts';
import { at, count, text } from '../../src/github/json.ts';
import { readPages } from '../../src/github/pages.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';
import { readOpenHeads } from '../github/open-heads.ts';
import { offerFor } from '../offers.ts';
import type { Settings } from '../settings.ts';
import { createCheckMemory } from '../store/check-memory.ts';
import type { Db } from '../store/database.ts';
import { forgetAppointments, writeBets, writeWaivers } from './write.ts';

export interface ReindexTools {
  readonly db: Db;
  /** As the App itself. */
  readonly app: Transport;
  readonly of: (installation: number) => Transport;
  readonly settings: Pick<Settings, 'configPath' | 'signingKey' | 'allowances'>;
  readonly now: () => Date;
}

export interface Reindexed {
  readonly repositories: number;
  readonly bets: number;
  readonly waivers: number;
  /** Heads of open pull requests on which a check of ours stands. */
  readonly checks: number;
  /** Rows of bets and waivers that GitHub knows nothing of any more. */
  readonly removed: number;
}

const PAGES_MAX = 100;

/** The App may run meanwhile: what it writes after a repository was read stays. */
export async function reindex(tools: ReindexTools): Promise<Reindexed> {
  const began = tools.now();
  const sum = { repositories: 0, bets: 0, waivers: 0, checks: 0 };
  for (const installation of await readPages(tools.app, { path: '/app/installations', query: {}, subject: 'the installations', pagesMax: PAGES_MAX })) {
    const id = count(at(installation, 'id'));
    if (id === null || at(installation, 'suspended_at')) continue;
    for (const repo of await readRepositories(tools.of(id), id)) {
      const { bets, waivers } = await reindexRepository(repo, { ...tools, installation: id });
      sum.checks += await recallChecks(repo, { db: tools.db, transport: tools.of(id) });
      sum.repositories += 1;
      sum.bets += bets;
      sum.waivers += waivers;
    }
  }
  return { ...sum, removed: await removeUnseen(tools.db, began) };
}

async function readRepositories(transport: Transport, installation: number): Promise<readonly RepoRef[]> {
  const pages = await readPages(transport, { path: '/installation/repositories', under: 'repositories', query: {}, subject: `the repositories of installation ${installation}`, pagesMax: PAGES_MAX });
  return pages.flatMap((repository) => {
    const [owner, repo] = [text(at(repository, 'owner', 'login')), text(at(repository, 'name'))];
    return owner === null || repo === null ? [] : [{ owner, repo }];
  });
}

async function reindexRepository(repo: RepoRef, { db, of, settings, now, installation }: ReindexTools & { readonly installation: number }): Promise<{ readonly bets: number; readonly waivers: number }> {
  const seen = { installation, repo, at: now() };
  const host = compose({ transport: of(installation), home: null, configPath: settings.configPath, signingKey: settings.signingKey, offer: offerFor(repo, settings.allowances), unconfigured: 'silent', check: 'check-run', intention: 'dry-run', onError: 'retry', sources: null });
  const { bets, waivers } = await takeInventory(host, { repo, at: seen.at.toISOString() });
  await db.transaction().execute(async (trx) => {
    await writeBets(trx, bets, seen);
    await writeWaivers(trx, waivers, seen);
  });
  return { bets: bets.length, waivers: waivers.length };
}

/** So that no event makes the App post a check a second time. */
async function recallChecks(repo: RepoRef, { db, transport }: { readonly db: Db; readonly transport: Transport }): Promise<number> {
  const memory = createCheckMemory(db);
  let found = 0;
  for (const { sha } of await readOpenHeads(transport, repo)) {
    const check = await findCheck(transport, repo, sha);
    if (check === null) continue;
    await memory.keep(repo, sha, check);
    found += 1;
  }
  return found;
}

/** With a bet its verdict and decision go, by the database's own rule. */
async function removeUnseen(db: Db, began: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const bets = await trx.deleteFrom('bet').where('seen_at', '<', began).returning(['repo', 'key']).execute();
    const waivers = await trx.deleteFrom('waiver').where('seen_at', '<', began).returning(['repo', 'number']).execute();
    const subjects = [...bets.map(({ repo, key }) => ({ repo, subject: key })), ...waivers.map(({ repo, number }) => ({ repo, subject: `#${number}` }))];
    await forgetAppointments(trx, subjects);
    return subjects.length;
  });
}
