// Tokens: a person's, an App's installation token, and the token that a workflow run gets.
import type { Viewer } from './exchange.ts';
import { ACTIONS_APP, APPS } from './apps.ts';
import { appToken, installationOf, personToken, type Upstream } from './upstream.ts';

/** What `permissions:` of a workflow gives its GITHUB_TOKEN in our examples. */
export const WORKFLOW_PERMISSIONS = { actions: 'write', contents: 'read', issues: 'write', metadata: 'read', pull_requests: 'write', checks: 'read', deployments: 'read', statuses: 'read' } as const;

/** The token of a workflow that a fork's or Dependabot's pull request started. */
export const READ_ONLY_PERMISSIONS = { actions: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read', checks: 'read', deployments: 'read', statuses: 'read' } as const;

/** The tokens that the layer gave out; any other one is answered "Bad credentials". */
export class Tokens {
  readonly #known = new Map<string, Viewer>();
  readonly #upstream: Upstream;

  constructor(upstream: Upstream, people: readonly string[]) {
    this.#upstream = upstream;
    for (const login of people) this.#known.set(personToken(login), { login, type: 'User', permissions: null, repository: null });
  }

  /** Who a token belongs to; null for a token that nobody gave out. */
  viewer(token: string): Viewer | null {
    return this.#known.get(token) ?? null;
  }

  /** An installation token of an App. @param app the App's slug */
  async installation(app: string, permissions?: Readonly<Record<string, string>>): Promise<string> {
    const seed = APPS.find((candidate) => candidate.slug === app);
    if (seed === undefined) throw new Error(`the sandbox has no App called ${app}`);
    return this.#mint(seed.id, { permissions: permissions ?? seed.permissions }, null);
  }

  /** The GITHUB_TOKEN of a run in one repository. */
  workflow(repository: string, permissions: Readonly<Record<string, string>> = WORKFLOW_PERMISSIONS): Promise<string> {
    return this.#mint(ACTIONS_APP, { permissions, repositories: [repository.split('/')[1] ?? ''] }, repository);
  }

  /** Remembers an installation token that an App fetched itself through the API. */
  learn(token: string, app: number, permissions: Readonly<Record<string, string>>): void {
    const slug = APPS.find((candidate) => candidate.id === app)?.slug ?? `app-${app}`;
    this.#known.set(token, { login: `${slug}[bot]`, type: 'Bot', permissions, repository: null });
  }

  async #mint(app: number, body: { permissions: Readonly<Record<string, string>>; repositories?: readonly string[] }, repository: string | null): Promise<string> {
    const jwt = appToken(app, this.#upstream.privateKey, Math.floor(Date.now() / 1000));
    const answer = await this.#upstream.request('POST', `/app/installations/${installationOf(app)}/access_tokens`, { token: jwt, body });
    const { token } = answer.body as { token?: string };
    if (token === undefined) throw new Error(`no installation token for App ${app}: ${JSON.stringify(answer.body)}`);
    this.learn(token, app, body.permissions);
    if (repository !== null) this.#known.set(token, { ...(this.#known.get(token) as Viewer), repository });
    return token;
  }
}
