// Merging as GitHub does: a real merge commit on top of what the base branch is now, or one squashed commit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitRepository } from './git.ts';

export interface MergeInput {
  /** Commits. */
  readonly base: string;
  readonly head: string;
  readonly how: 'merge' | 'squash';
  readonly message: string;
  readonly author: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** Writes the merge and returns its hash, whoever's branch it is for; null where the two conflict. */
export async function mergeCommits(git: GitRepository, { base, head, how, message, author, at }: MergeInput): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-merge-'));
  const who = { name: author, email: `${author.replace(/[^\w.-]/g, '-')}@users.noreply.github.com`, date: `${Math.floor(Date.parse(at) / 1000)} +0000` };
  const identity = Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((role) => Object.entries(who).map(([key, value]) => [`GIT_${role}_${key.toUpperCase()}`, value])));
  const work = (...args: readonly string[]): Promise<Buffer> => git.git(['-C', folder, ...args], { ...identity, GIT_DIR: join(folder, '.git') });
  try {
    await git.git(['worktree', 'add', '--quiet', '--force', '--detach', folder, base]);
    try {
      await work('merge', '--quiet', '--no-commit', ...(how === 'squash' ? ['--squash'] : ['--no-ff']), head);
    } catch {
      return null;
    }
    await work('commit', '--quiet', '--allow-empty', '--message', message);
    return (await work('rev-parse', 'HEAD')).toString().trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await git.git(['worktree', 'prune']);
  }
}
