// Plays one pull request: opens it, runs the built Action on it, reads what is on the page afterwards, compares with what is expected.
import { pullPayload } from './event.ts';
import type { GitHub } from './github/github.ts';
import { type ActionRun, runAction } from './run-action.ts';
import { openPull, REPOSITORY, START } from './seed/organisation.ts';
import type { PullSeed } from './seed/pull.ts';

/** What a person sees on the pull request, and the run behind it. */
export interface Scene {
  readonly number: number;
  readonly run: ActionRun;
  /** Yardstick's comments, oldest first. */
  readonly comments: readonly string[];
  readonly labels: readonly string[];
}

/** Opens the pull request of a seed and runs the Action for the event `opened`. */
export async function play(github: GitHub, seed: PullSeed): Promise<Scene> {
  const number = await openPull(github, REPOSITORY, seed);
  const payload = await pullPayload(github, REPOSITORY, { number, action: 'opened' });
  const run = await runAction(github, { repository: REPOSITORY, event: 'pull_request_target', payload, at: START });
  return { number, run, ...(await readScene(github, REPOSITORY, number)) };
}

/** Whose comments are Yardstick's: the Action's, the App's. */
const BOTS = ['github-actions[bot]', 'yardstick[bot]'];

/** Reads Yardstick's comments and the labels of a pull request as they are now. */
export async function readScene(github: GitHub, repository: string, number: number): Promise<Pick<Scene, 'comments' | 'labels'>> {
  const comments = await github.call<{ body: string; user: { login: string } | null }[]>('GET', `/repos/${repository}/issues/${number}/comments?per_page=100`);
  const labels = await github.call<{ name: string }[]>('GET', `/repos/${repository}/issues/${number}/labels`);
  return { comments: comments.filter((comment) => BOTS.includes(comment.user?.login ?? '')).map((comment) => comment.body), labels: labels.map((label) => label.name).toSorted() };
}

/** Everything in which a scene differs from what its seed expects, a sentence each. */
export function differences(scene: Scene, { expects }: PullSeed): readonly string[] {
  const { outputs, exitCode, summary } = scene.run;
  const title = summary.split('\n')[0] ?? '';
  const said = scene.comments[0] ?? '';
  const rows: readonly [string, unknown, unknown][] = [
    ['verdict', outputs['verdict'], expects.verdict],
    ['exit code', exitCode, expects.verdict === 'fail' ? 1 : 0],
    ['in-scope', outputs['in-scope'], String(expects.inScope)],
    ['tier', outputs['tier'], expects.tier],
    ['comments', scene.comments.length, expects.comment === null ? 0 : 1],
    ['labels', scene.labels.join(', '), expects.labels.toSorted().join(', ')],
  ];
  const wrong = rows.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${what} is ${String(is)}, expected ${String(should)}`);
  const unsaid = (expects.comment ?? []).filter((words) => !words.test(said)).map((words) => `the comment lacks ${words}`);
  return [...wrong, ...unsaid, ...(expects.says.test(title) ? [] : [`the title "${title}" lacks ${expects.says}`])];
}
