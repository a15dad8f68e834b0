// The App in the story: it hears of everything by itself, by signed webhooks and by its own clock.
import type { AppProcess } from '../app-process.ts';
import { moveClock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import type { Delivery } from '../github/store.ts';
import { personToken } from '../github/upstream.ts';
import { readScene } from '../play.ts';
import { readCheck } from '../read-check.ts';
import { openPull } from '../seed/organisation.ts';
import { about, mark, settled } from '../settle.ts';
import type { Host } from './host.ts';

export function appHost(github: GitHub, repository: string, app: AppProcess): Host {
  const api = `/repos/${repository}`;
  const merged: number[] = [];
  const known = new Map<number, string>();
  /** Does something, and waits until the App has heard of it and done its part. */
  const answered = async <T>(deed: () => Promise<T>, hears: (done: T) => (delivery: Delivery) => boolean): Promise<T> => {
    const since = mark(github);
    const done = await deed();
    await settled(github, app, { since, hears: hears(done) });
    return done;
  };
  const check = async (number: number): Promise<string> => {
    const { head } = await github.call<{ head: { sha: string } }>('GET', `${api}/pulls/${number}`);
    const answer = await readCheck(github, repository, head.sha);
    return answer === null ? 'no check' : `check ${answer.conclusion}: ${answer.title}`;
  };
  /** What the records of merged pull requests say now that they didn't say before. */
  const moved = async (): Promise<readonly string[]> => {
    const lines = await Promise.all(merged.map(async (number) => {
      const is = standing((await readScene(github, repository, number)).comments);
      const was = known.get(number);
      known.set(number, is);
      return is === was || is === '' ? [] : [`#${number} ${is}`];
    }));
    return lines.flat();
  };
  return {
    open: async (pull) => {
      const number = await answered(() => openPull(github, repository, pull), (opened) => about('pull_request', opened));
      return { number, check: await check(number) };
    },
    edit: async (number, body) => {
      await answered(() => github.call('PATCH', `${api}/pulls/${number}`, { token: personToken('ana'), body: { body } }), () => about('pull_request', number));
      return check(number);
    },
    merge: async (number) => {
      await answered(() => github.call('PUT', `${api}/pulls/${number}/merge`, { token: personToken('ana'), body: {} }), () => about('pull_request', number));
      merged.push(number);
      await moved();
    },
    deploy: async () => {
      await answered(() => deployTo(github, repository), () => ({ event }) => event === 'deployment_status');
      return moved();
    },
    goTo: async (instant) => {
      moveClock(instant);
      await app.moveClock(instant);
    },
    tick: async () => {
      const before = github.requests.length;
      await answered(() => publishRelease(github, repository), () => ({ event }) => event === 'release');
      return { lines: await moved(), writes: github.requests.slice(before).filter(({ method, path, viewer }) => viewer === 'yardstick[bot]' && method !== 'GET' && path !== '/graphql').length };
    },
    say: async (number, by, body) => {
      await answered(() => github.call('POST', `${api}/issues/${number}/comments`, { token: personToken(by), body: { body } }), () => about('issue_comment', number));
      return moved();
    },
  };
}

/** Deploys `main` to production, as somebody's pipeline does. */
export async function deployTo(github: GitHub, repository: string): Promise<void> {
  const token = await github.tokens.installation('github-actions');
  const { id } = await github.call<{ id: number }>('POST', `/repos/${repository}/deployments`, { token, body: { ref: 'main', environment: 'production' } });
  await github.call('POST', `/repos/${repository}/deployments/${id}/statuses`, { token, body: { state: 'success' } });
}

/** Publishes a release of `main`: one of the events by which the App looks after its records. */
export async function publishRelease(github: GitHub, repository: string): Promise<void> {
  await github.call('POST', `/repos/${repository}/releases`, { body: { tag_name: `v${github.store.nextId()}`, name: 'Weekly' } });
}

/** Where a promise stands, in the words of its record: what stands out in the first line. */
function standing(comments: readonly string[]): string {
  const line = comments.find((body) => body.startsWith('<!-- yardstick:record'))?.split('\n')[1] ?? '';
  return [...line.matchAll(/\*\*(?<words>[^*]+)\*\*/g)].map(({ groups }) => groups?.['words']).join(', ');
}
