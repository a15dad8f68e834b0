// What the runner tells a job of its run: the event, the repository, the servers.
import { readFileSync } from 'node:fs';
import { SetupError } from '../src/errors.ts';
import { parseEvent } from '../src/github/events.ts';
import type { RepoRef } from '../src/model/change.ts';
import type { Trigger } from '../src/model/trigger.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface RunContext {
  readonly trigger: Trigger;
  /** The workflow's own repository, the one that its token reads. */
  readonly home: RepoRef;
  readonly apiUrl: string;
  readonly graphqlUrl: string | undefined;
}

/** Reads the run's context; `at` is the instant of the run, ISO 8601. */
export function readRunContext(env: Env, at: string): RunContext {
  const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  if (!owner || !repo) throw new SetupError('GITHUB_REPOSITORY is not set', 'Run this as a step of a GitHub workflow; at a desk use `yardstick check`.');
  const trigger = parseEvent({ name: env['GITHUB_EVENT_NAME'] ?? '', payload: withRepository(readPayload(env['GITHUB_EVENT_PATH']), { owner, repo }), at, delivery: null });
  return { trigger, home: { owner, repo }, apiUrl: addressIn(env, 'GITHUB_API_URL') ?? 'https://api.github.com', graphqlUrl: addressIn(env, 'GITHUB_GRAPHQL_URL') };
}

/** The runner sets both; a workflow's own `env:` may have got in between. */
function addressIn(env: Env, name: string): string | undefined {
  const address = env[name] || undefined;
  if (address === undefined || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
  throw new SetupError(`${name} is "${address.slice(0, 100)}", which is no address`, `Leave ${name} to the runner, or write it like \`https://HOST/api/v3\`.`);
}

function readPayload(path: string | undefined): unknown {
  if (!path) return {};
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}

/** Events of the clock carry no repository: then the runner's word counts. */
function withRepository(payload: unknown, { owner, repo }: RepoRef): unknown {
  if (typeof payload !== 'object' || payload === null || 'repository' in payload) return payload;
  return { ...payload, repository: { name: repo, owner: { login: owner } } };
}
