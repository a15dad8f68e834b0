// Which check run of ours stands on a head, so that the same is not told twice, another verdict edits it, and of two that are told at once one knows of it.
import { sql } from 'kysely';
import type { CheckMemory } from '../../src/github/check-run.ts';
import type { StandingCheck } from '../../src/model/effect.ts';
import { createBatcher } from '../inbox/batcher.ts';
import { keyOfRepo } from '../jobs/work-key.ts';
import { commitSoon } from './database.ts';
import type { Db } from './database.ts';

/** Checks in one statement. */
const TOGETHER = 100;

interface Kept {
  readonly repo: string;
  readonly headSha: string;
  readonly standing: StandingCheck;
  /** Told once it is written down. */
  readonly settle: (kept: boolean) => void;
}

export function createCheckMemory(db: Db): CheckMemory {
  const write = createBatcher<Kept>((kept) => keepAll(db, kept), TOGETHER);
  return {
    recall: async (repo, headSha) => {
      const row = await db.selectFrom('check_run').where('repo', '=', keyOfRepo(repo)).where('head_sha', '=', headSha).select(['id', 'digest', 'changes', 'revision']).executeTakeFirst();
      return row === undefined ? null : { ...row, id: Number(row.id) };
    },
    keep: async (repo, headSha, standing) => {
      let isKept = false;
      await write({ repo: keyOfRepo(repo), headSha, standing, settle: (kept) => { isKept = kept; } });
      return isKept;
    },
  };
}

async function keepAll(db: Db, all: readonly Kept[]): Promise<void> {
  // One row cannot be written twice in a statement: the first one counts, and the others have to look again.
  const first = new Map(all.toReversed().map((kept) => [`${kept.repo}@${kept.headSha}`, kept]));
  // In one order everywhere: two replicas that keep the same heads never wait for each other crosswise.
  const inOrder = [...first].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept);
  const rows = inOrder.map(({ repo, headSha, standing: { id, digest, changes, revision } }) => ({ repo, head_sha: headSha, id, digest, changes: [...changes], revision, posted_at: new Date() }));
  const written = await db.transaction().execute(async (trx) => {
    // What a crash of the database forgets of it was not settled either: the turn is begun again, and asks GitHub.
    await commitSoon(trx);
    return trx.insertInto('check_run').values(rows).onConflict((conflict) => conflict.columns(['repo', 'head_sha'])
      .doUpdateSet(({ ref }) => ({ id: ref('excluded.id'), digest: ref('excluded.digest'), changes: ref('excluded.changes'), revision: ref('excluded.revision'), posted_at: ref('excluded.posted_at') }))
      .where(sql<boolean>`check_run.revision = excluded.revision - 1`)).returning(['repo', 'head_sha']).execute();
  });
  for (const { repo, head_sha } of written) first.get(`${repo}@${head_sha}`)?.settle(true);
}
