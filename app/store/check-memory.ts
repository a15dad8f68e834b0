// Which check run of ours stands on a head, so that the same is not told twice and another verdict edits it.
import type { CheckMemory, KnownCheck } from '../../src/github/check-run.ts';
import { createBatcher } from '../inbox/batcher.ts';
import { keyOfRepo } from '../jobs/work-key.ts';
import { commitSoon } from './database.ts';
import type { Db } from './database.ts';

/** Checks in one statement. */
const TOGETHER = 100;

interface Kept {
  readonly repo: string;
  readonly headSha: string;
  readonly known: KnownCheck;
}

export function createCheckMemory(db: Db): CheckMemory {
  const write = createBatcher<Kept>((kept) => keepAll(db, kept), TOGETHER);
  return {
    recall: async (repo, headSha) => {
      const row = await db.selectFrom('check_run').where('repo', '=', keyOfRepo(repo)).where('head_sha', '=', headSha).select(['id', 'digest']).executeTakeFirst();
      return row === undefined ? null : { id: Number(row.id), digest: row.digest };
    },
    keep: (repo, headSha, known) => write({ repo: keyOfRepo(repo), headSha, known }),
  };
}

async function keepAll(db: Db, kept: readonly Kept[]): Promise<void> {
  // One row cannot be written twice in a statement: the later one counts.
  const latest = new Map(kept.map((check) => [`${check.repo}@${check.headSha}`, check]));
  const rows = [...latest.values()].map(({ repo, headSha, known }) => ({ repo, head_sha: headSha, id: known.id, digest: known.digest, posted_at: new Date() }));
  await db.transaction().execute(async (trx) => {
    // What a crash of the database forgets of it was not settled either: the turn is begun again, and asks GitHub.
    await commitSoon(trx);
    await trx.insertInto('check_run').values(rows).onConflict((conflict) => conflict.columns(['repo', 'head_sha']).doUpdateSet(({ ref }) => ({ id: ref('excluded.id'), digest: ref('excluded.digest'), posted_at: ref('excluded.posted_at') }))).execute();
  });
}
