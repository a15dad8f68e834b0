// Rebuilds from GitHub alone what the App remembers of it: every repository's bets, waivers, standing checks and links to elsewhere. Again is the same.
import { sql } from 'kysely';
import { compose } from '../../src/compose.ts';
import { takeInventory } from '../../src/flows/inventory.ts';
import { findCheck } from '../../src/github/check-run.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { RepoRef } from '../../src/model/change.ts';
import { readInstallations, readRepositories } from '../github/installations.ts';
import { readOpenHeads } from '../github/open-heads.ts';
import type { OpenHead } from '../github/open-heads.ts';
import { createIsolation } from '../jobs/isolate.ts';
import { offerFor } from '../offers.ts';
import type { Settings } from '../settings.ts';
import { createCheckMemory } from '../store/check-memory.ts';
import type { Db } from '../store/database.ts';
import { rebuildLinks } from './links.ts';
import { followUnseen } from './moves.ts';
import { forgetAppointments, nameOf, writeBets, writeWaivers } from './write.ts';

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
  /** What could not be read, and why: its rows are as they were. */
  readonly failed: readonly string[];
}

/** The App may run meanwhile: what it writes after a repository was read stays. */
export async function reindex(tools: ReindexTools): Promise<Reindexed> {
  const began = tools.now();
  const sum = { bets: 0, waivers: 0, checks: 0 };
  const { isolate, failed } = createIsolation();
  const read: RepoRef[] = [];
  for (const installation of await readInstallations(tools.app)) {
    const transport = tools.of(installation);
    const repositories = await isolate(`installation ${installation}`, () => readRepositories(transport, installation), []);
    await isolate(`renames of installation ${installation}`, () => followUnseen(repositories, { db: tools.db, transport, installation, isolate }), 0);
    for (const repo of repositories) {
      await isolate(nameOf(repo), async () => {
        const { bets, waivers } = await reindexRepository(repo, { ...tools, installation });
        const open = await readOpenHeads(transport, repo);
        sum.checks += await recallChecks(repo, { db: tools.db, transport, open });
        await rebuildLinks(tools.db, repo, { open, installation, at: tools.now() });
        sum.bets += bets;
        sum.waivers += waivers;
        read.push(repo);
      }, undefined);
    }
  }
  return { ...sum, repositories: read.length, removed: await removeUnseen(tools.db, read, began), failed };
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
async function recallChecks(repo: RepoRef, { db, transport, open }: { readonly db: Db; readonly transport: Transport; readonly open: readonly OpenHead[] }): Promise<number> {
  const memory = createCheckMemory(db);
  let found = 0;
  for (const { sha } of open) {
    const check = await findCheck(transport, repo, sha);
    if (check === null) continue;
    const known = await memory.recall(repo, sha);
    if (known?.id !== check.id || known.digest !== check.digest) await memory.keep(repo, sha, { ...check, changes: known?.changes ?? [], revision: (known?.revision ?? 0) + 1 });
    found += 1;
  }
  return found;
}

/** Of repositories that were read; what the App may not see now stays. With a bet its verdict and decision go, by the database's own rule. */
async function removeUnseen(db: Db, read: readonly RepoRef[], began: Date): Promise<number> {
  const names = read.map(nameOf);
  return db.transaction().execute(async (trx) => {
    const bets = await trx.deleteFrom('bet').where('seen_at', '<', began).where('repo', '=', sql<string>`any(${names})`).returning(['repo', 'key']).execute();
    const waivers = await trx.deleteFrom('waiver').where('seen_at', '<', began).where('repo', '=', sql<string>`any(${names})`).returning(['repo', 'number']).execute();
    await trx.deleteFrom('link').where('seen_at', '<', began).where('repo', '=', sql<string>`any(${names})`).execute();
    const subjects = [...bets.map(({ repo, key }) => ({ repo, subject: key })), ...waivers.map(({ repo, number }) => ({ repo, subject: `#${number}` }))];
    await forgetAppointments(trx, subjects);
    return subjects.length;
  });
}
