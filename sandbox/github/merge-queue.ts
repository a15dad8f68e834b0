// The merge queue: a real merge of a pull request with its base on a branch of the queue, and the event that asks for its checks.
import { mergeGroupPayload } from '../event.ts';
import type { GitHub } from './github.ts';
import { announce } from './deliver.ts';
import { gitOf, timestamp } from './layer.ts';
import { mergeCommits } from './merge.ts';
import { mirrorBranch } from './mirror.ts';
import type { Pull } from './pulls.ts';
import { STAGEHAND } from './upstream.ts';

/** Puts a pull request into the queue. Returns the commit whose checks are asked for. */
export async function enqueueMerge(github: GitHub, repository: string, number: number): Promise<string> {
  const git = gitOf(github, repository);
  const pull = await github.call<Pull & Record<string, unknown>>('GET', `/repos/${repository}/pulls/${number}`);
  const base = await git.resolve(`refs/heads/${pull.base.ref}`);
  const sha = await mergeCommits(git, { base, head: pull.head.sha, how: 'merge', message: `Merge pull request #${number} from ${pull.head.ref}`, author: STAGEHAND, at: timestamp() });
  if (sha === null) throw new Error(`#${number} conflicts with ${pull.base.ref}`);
  const branch = `gh-readonly-queue/${pull.base.ref}/pr-${number}-${base}`;
  await git.git(['update-ref', `refs/heads/${branch}`, sha]);
  await mirrorBranch({ git, upstream: github.upstream, repository, pusher: STAGEHAND }, branch);
  await announce(github, 'merge_group', await mergeGroupPayload(github, repository, { number, sha, base }));
  return sha;
}
