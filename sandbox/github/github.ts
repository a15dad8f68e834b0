// The emulated GitHub: starts emulator and layer, and gives tests and the sandbox a handle to set the stage with.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS_ROUTES } from './actions.ts';
import { APPS } from './apps.ts';
import { CHECK_ROUTES } from './checks.ts';
import { CONTENT_ROUTES } from './contents.ts';
import { CONVERSATION_ROUTES } from './conversation.ts';
import { Faults } from './faults.ts';
import { type CommitInput, GitRepository } from './git.ts';
import { GRAPHQL_ROUTES } from './graphql/endpoint.ts';
import { HOOK_ROUTES } from './hooks.ts';
import { CHECK_REQUEST_ROUTES } from './check-requests.ts';
import { announceHead } from './heads.ts';
import { INSTALLATION_ROUTES } from './installations.ts';
import { ISSUE_ROUTES } from './issues.ts';
import type { Layer } from './layer.ts';
import { mirrorBranch } from './mirror.ts';
import { PEOPLE_ROUTES } from './people.ts';
import { PULL_ROUTES } from './pulls.ts';
import { RELEASE_ROUTES } from './releases.ts';
import type { Route } from './route.ts';
import { openServer } from './server.ts';
import { STATUS_ROUTES } from './statuses.ts';
import { Store } from './store.ts';
import { TIMELINE_ROUTES } from './timeline.ts';
import { Tokens } from './tokens.ts';
import { personToken, STAGEHAND, startUpstream } from './upstream.ts';

const ROUTES = [
  ...GRAPHQL_ROUTES, ...PULL_ROUTES, ...CONTENT_ROUTES, ...ISSUE_ROUTES, ...CONVERSATION_ROUTES, ...STATUS_ROUTES, ...RELEASE_ROUTES, ...ACTIONS_ROUTES, ...CHECK_ROUTES, ...TIMELINE_ROUTES, ...CHECK_REQUEST_ROUTES, ...PEOPLE_ROUTES, ...INSTALLATION_ROUTES, ...HOOK_ROUTES,
];

export interface GitHub extends Layer {
  /** One request with a person's or an App's token; the parsed answer. Throws on a refusal unless `status` is wanted. */
  readonly call: <T = Record<string, unknown>>(method: string, path: string, options?: { readonly token?: string | null; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }) => Promise<T>;
  /** Makes a repository of the organisation, with its first commit on `main`. */
  readonly createRepository: (name: string, options: { readonly files: Readonly<Record<string, string | Buffer>>; readonly private?: boolean; readonly at: string }) => Promise<void>;
  /** Writes a commit and brings it into the API. Returns its hash. */
  readonly push: (repository: string, commit: CommitInput) => Promise<string>;
  /** A person's fork of a repository; its branches share the objects of the original. */
  readonly fork: (repository: string, login: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** What people see of it: nothing, unless somebody is to look. */
export interface Frontage {
  /** The first that is free is taken; any, unless said. */
  readonly ports?: readonly number[];
  readonly pages?: readonly Route[];
}

/**
 * Starts an emulated GitHub with an empty organisation.
 * @param options.organisation the login that owns the repositories
 * @param options.people logins that exist; all may be authors, `permissions` of the store says what they may do
 */
export async function startGitHub(options: { readonly organisation: string; readonly people: readonly string[] } & Frontage): Promise<GitHub> {
  const folder = mkdtempSync(join(tmpdir(), 'yardstick-github-'));
  const server = await openServer(options.ports ?? [0]);
  const upstream = await startUpstream({ ...options, apps: APPS, baseUrl: server.url, hookUrl: `${server.url}/_hooks` });
  const layer: Layer = { url: server.url, upstream, tokens: new Tokens(upstream, [STAGEHAND, ...options.people]), store: new Store(), faults: new Faults(), repositories: new Map(), requests: [] };
  server.serve(layer, [...ROUTES, ...(options.pages ?? [])]);
  return Object.assign(layer, stage(layer, { folder, organisation: options.organisation }), {
    close: async () => {
      await server.close();
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** The handles that set the stage. They speak to the layer as any client does, so that events fire. */
function stage(layer: Layer, of: { readonly folder: string; readonly organisation: string }): Omit<GitHub, keyof Layer | 'close'> {
  const call: GitHub['call'] = async (method, path, options = {}) => {
    const token = options.token === undefined ? personToken(STAGEHAND) : options.token;
    const headers: Record<string, string> = { 'content-type': 'application/json', ...options.headers };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    const response = await fetch(layer.url + path, { method, headers, ...(options.body !== undefined && { body: JSON.stringify(options.body) }) });
    const text = await response.text();
    if (response.status >= 400) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return (text === '' ? null : (response.headers.get('content-type') ?? '').includes('json') && /^[[{"]/.test(text) ? JSON.parse(text) : text) as never;
  };
  const push: GitHub['push'] = async (repository, commit) => {
    const git = layer.repositories.get(repository);
    if (git === undefined) throw new Error(`no repository ${repository}`);
    const before = await git.find(`refs/heads/${commit.branch}`);
    const sha = await git.commit(commit);
    const [owner = ''] = repository.split('/');
    await mirrorBranch({ git, upstream: layer.upstream, repository, pusher: owner === of.organisation ? STAGEHAND : owner }, commit.branch);
    if (before !== null) await announceHead(layer, repository, { branch: commit.branch, before, after: sha, by: commit.author });
    return sha;
  };
  return {
    call,
    push,
    createRepository: async (name, { files, at, ...rest }) => {
      const repository = `${of.organisation}/${name}`;
      const git = new GitRepository(join(of.folder, `${name}.git`));
      await git.create();
      await call('POST', `/orgs/${of.organisation}/repos`, { body: { name, private: rest.private ?? false, auto_init: false } });
      layer.repositories.set(repository, git);
      await push(repository, { branch: 'main', from: null, files, message: 'Begin', author: STAGEHAND, at });
    },
    fork: async (repository, login) => {
      const { full_name } = await call<{ full_name: string }>('POST', `/repos/${repository}/forks`, { token: personToken(login), body: {} });
      const git = layer.repositories.get(repository);
      if (git !== undefined) layer.repositories.set(full_name, git);
      return full_name;
    },
  };
}
