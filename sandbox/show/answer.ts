// One pull request of the sandbox and the App's answer to it, against what its seed expects.
import { setTimeout as pause } from 'node:timers/promises';
import type { GitHub } from '../github/github.ts';
import { readScene, type Scene } from '../play.ts';
import { type Check, readCheck } from '../read-check.ts';
import { openPull } from '../seed/organisation.ts';
import type { PullSeed } from '../seed/pull.ts';

/** What a person sees on the pull request. */
export interface Answered extends Pick<Scene, 'number' | 'comments' | 'labels'> {
  readonly check: Check | null;
}

const PATIENCE_MS = 30_000;

/** Opens it, and looks until it is as expected, or long enough. */
export async function answerOf(github: GitHub, repository: string, seed: PullSeed): Promise<Answered> {
  const number = await openPull(github, repository, seed);
  const { head } = await github.call<{ head: { sha: string } }>('GET', `/repos/${repository}/pulls/${number}`);
  const look = async (): Promise<Answered> => ({ number, check: await readCheck(github, repository, head.sha), ...(await readScene(github, repository, number)) });
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (differencesOf(seen, seed).length === 0 || performance.now() > end) return seen;
    await pause(150);
  }
}

const CONCLUSIONS = { pass: 'success', fail: 'failure', neutral: 'neutral' };

/** Everything in which it differs from what its seed expects, a sentence each. */
export function differencesOf({ check, comments, labels }: Answered, { expects }: PullSeed): readonly string[] {
  const said = comments[0] ?? '';
  const rows: readonly [string, unknown, unknown][] = [
    ['check', check?.conclusion, CONCLUSIONS[expects.verdict]],
    ['comments', comments.length, expects.comment === null ? 0 : 1],
    ['labels', labels.join(', '), expects.labels.toSorted().join(', ')],
  ];
  const wrong = rows.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${what} is ${String(is)}, expected ${String(should)}`);
  const unsaid = (expects.comment ?? []).filter((pattern) => !pattern.test(said)).map((pattern) => `the comment lacks ${pattern}`);
  return [...wrong, ...unsaid, ...(expects.says.test(check?.title ?? '') ? [] : [`the title "${check?.title}" lacks ${expects.says}`])];
}
