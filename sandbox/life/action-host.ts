// The Action in the story: run for every event, as the example workflows have it.
import { moveClock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import type { ActionRun } from '../run-action.ts';
import { openPull } from '../seed/organisation.ts';
import { actIn } from './actors.ts';
import type { Host } from './host.ts';

export function actionHost(github: GitHub, repository: string): Host {
  const actors = actIn(github, repository);
  return {
    open: async (pull) => {
      const number = await openPull(github, repository, pull);
      return { number, check: checkOf(await actors.gate(number, 'opened')) };
    },
    edit: async (number, body) => {
      await github.call('PATCH', `/repos/${repository}/pulls/${number}`, { body: { body } });
      return checkOf(await actors.gate(number, 'edited'));
    },
    merge: async (number) => {
      await actors.merge(number);
      await actors.lock(number);
    },
    deploy: async () => {
      await actors.deploy();
      return linesOf(await actors.hearDeployment());
    },
    goTo: async (instant) => moveClock(instant),
    tick: async () => {
      const run = await actors.tick();
      return { lines: linesOf(run), writes: run.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql').length };
    },
    say: async (number, by, body) => linesOf(await actors.say(number, by, body)),
  };
}

function checkOf({ outputs, summary }: ActionRun): string {
  return `check ${outputs['verdict'] ?? 'none'}: ${(summary.split('\n')[0] ?? '').replace(/^#+ /, '')}`;
}

/** The lines of the log that name a record. */
function linesOf({ log }: ActionRun): readonly string[] {
  return log.split('\n').flatMap((line) => /^[\w-]+\/[\w-]+(?<rest>#\d+: .*)$/.exec(line)?.groups?.['rest'] ?? []).toSorted();
}
