// What happens in a repository: people push buttons, something deploys, time passes. For each the Action runs, as the example workflows have it.
import { basePayload, commentPayload, type Payload, pullPayload } from '../event.ts';
import type { GitHub } from '../github/github.ts';
import { personToken } from '../github/upstream.ts';
import { type ActionOptions, type ActionRun, runAction } from '../run-action.ts';

export interface Actors {
  /** The Action on an event, at the instant that the sandbox's clock shows. */
  readonly run: (event: string, payload: Payload, options?: Partial<ActionOptions>) => Promise<ActionRun>;
  readonly gate: (number: number, action: 'opened' | 'edited') => Promise<ActionRun>;
  /** Merges without a run. */
  readonly merge: (number: number) => Promise<void>;
  /** The run on `pull_request_target: closed`. */
  readonly lock: (number: number, options?: Partial<ActionOptions>) => Promise<ActionRun>;
  /** Deploys `main` to production without a run, as with the token of a workflow. */
  readonly deploy: () => Promise<void>;
  /** The run on `deployment_status`. */
  readonly hearDeployment: () => Promise<ActionRun>;
  /** The run on `schedule`. */
  readonly tick: (options?: Partial<ActionOptions>) => Promise<ActionRun>;
  /** A comment of a person, and the run on it. */
  readonly say: (number: number, by: string, body: string) => Promise<ActionRun>;
}

export function actIn(github: GitHub, repository: string): Actors {
  const api = `/repos/${repository}`;
  const run: Actors['run'] = (event, payload, options = {}) => runAction(github, { repository, event, payload, at: new Date().toISOString(), ...options });
  return {
    run,
    gate: async (number, action) => run('pull_request_target', await pullPayload(github, repository, { number, action })),
    merge: async (number) => {
      await github.call('PUT', `${api}/pulls/${number}/merge`, { token: personToken('ana'), body: {} });
    },
    lock: async (number, options) => run('pull_request_target', await pullPayload(github, repository, { number, action: 'closed' }), options),
    deploy: async () => {
      const token = await github.tokens.installation('github-actions');
      const { id } = await github.call<{ id: number }>('POST', `${api}/deployments`, { token, body: { ref: 'main', environment: 'production' } });
      await github.call('POST', `${api}/deployments/${id}/statuses`, { token, body: { state: 'success' } });
    },
    hearDeployment: async () => run('deployment_status', { ...(await basePayload(github, repository)), action: 'created', deployment_status: { state: 'success' }, deployment: { environment: 'production' } }),
    tick: (options) => run('schedule', { schedule: '17 * * * *' }, options),
    say: async (number, by, body) => {
      const { id } = await github.call<{ id: number }>('POST', `${api}/issues/${number}/comments`, { token: personToken(by), body: { body } });
      return run('issue_comment', await commentPayload(github, repository, { number, comment: id }));
    },
  };
}
