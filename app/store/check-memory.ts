// Which check run of ours stands on a head, so that the same is not told twice and another verdict edits it.
import type { CheckMemory } from '../../src/github/check-run.ts';
import type { RepoRef } from '../../src/model/change.ts';
import type { Db } from './database.ts';

export function createCheckMemory(db: Db): CheckMemory {
  return {
    recall: async (repo, headSha) => {
      const row = await db.selectFrom('check_run').where('repo', '=', nameOf(repo)).where('head_sha', '=', headSha).select(['id', 'digest']).executeTakeFirst();
      return row === undefined ? null : { id: Number(row.id), digest: row.digest };
    },
    keep: async (repo, headSha, { id, digest }) => {
      const row = { repo: nameOf(repo), head_sha: headSha, id, digest, posted_at: new Date() };
      await db.insertInto('check_run').values(row).onConflict((conflict) => conflict.columns(['repo', 'head_sha']).doUpdateSet({ id, digest, posted_at: row.posted_at })).execute();
    },
  };
}

function nameOf({ owner, repo }: RepoRef): string {
  return `${owner}/${repo}`.toLowerCase();
}
