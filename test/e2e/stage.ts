// What the end-to-end tests share: one organisation a file, pull requests on demand, the Action run on them.
import { afterAll, beforeAll } from 'vitest';
import { pullPayload } from '../../sandbox/event.ts';
import type { GitHub } from '../../sandbox/github/github.ts';
import type { Recorded } from '../../sandbox/github/layer.ts';
import { readScene, type Scene } from '../../sandbox/play.ts';
import { type ActionOptions, type ActionRun, runAction } from '../../sandbox/run-action.ts';
import { ORDERS_VALUES } from '../../sandbox/seed/files.ts';
import { openOrganisation, openPull, REPOSITORY, START } from '../../sandbox/seed/organisation.ts';
import type { PullSeed } from '../../sandbox/seed/pull.ts';

export const API = `/repos/${REPOSITORY}`;

export const SOUND_BODY = `## Hypothesis
More pods cut the checkout's latency at peak, because four saturate their worker threads.

- checkout_p95 falls by 25% at peak
- guardrail: error_rate stays below 0.5%
`;

export interface Stage {
  readonly github: () => GitHub;
  /** Opens a pull request that triples the pods of orders, changed as said. Returns its number. */
  readonly open: (changes?: Partial<PullSeed>) => Promise<number>;
  /** Runs the Action on a pull request as for a push to it, each run a minute after the one before. */
  readonly gate: (number: number, options?: Partial<ActionOptions>) => Promise<ActionRun>;
  readonly see: (number: number) => Promise<Pick<Scene, 'comments' | 'labels'>>;
}

/** Starts an organisation for the tests of one file, and ends it after them. */
export function useStage(): Stage {
  let github: GitHub | null = null;
  let opened = 0;
  let minutes = 0;
  const there = (): GitHub => {
    if (github === null) throw new Error('the stage is not set yet');
    return github;
  };
  beforeAll(async () => {
    github = await openOrganisation();
  });
  afterAll(() => github?.close());
  return {
    github: there,
    open: (changes = {}) => {
      opened += 1;
      const seed = { slug: `change-${opened}`, title: 'Scale orders to 12 replicas', body: '', author: 'ana', labels: [], comments: [], files: { 'charts/orders/values.yaml': ORDERS_VALUES.replace('replicaCount: 4', 'replicaCount: 12') } };
      // Each its own commit: one has one check, whose worst answer counts.
      return openPull(there(), REPOSITORY, { ...seed, at: new Date(Date.parse(START) + opened * 1000).toISOString().replace('.000', ''), ...changes });
    },
    gate: async (number, options = {}) => {
      const payload = options.payload ?? (await pullPayload(there(), REPOSITORY, { number, action: 'synchronize' }));
      minutes += 1;
      const at = new Date(Date.parse(START) + minutes * 60_000).toISOString();
      return runAction(there(), { repository: REPOSITORY, event: 'pull_request_target', at, ...options, payload });
    },
    see: (number) => readScene(there(), REPOSITORY, number),
  };
}

/** Requests that write. A GraphQL query is a read, whatever its method. */
export function writes(run: Pick<ActionRun, 'requests'>): readonly string[] {
  return run.requests.filter(isWrite).map((request) => `${request.method} ${request.path}`);
}

export function reads(run: Pick<ActionRun, 'requests'>): readonly string[] {
  return run.requests.filter((request) => !isWrite(request)).map((request) => `${request.method} ${request.path}`);
}

function isWrite({ method, path, body }: Recorded): boolean {
  return method !== 'GET' && !(path === '/graphql' && !/"query":"\s*mutation/.test(body));
}
