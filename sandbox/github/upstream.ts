// The emulator behind the layer: started on a free loopback port, spoken to over HTTP like any client would.
import { createEmulator } from 'emulate';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completeAccounts } from './account.ts';
import type { Answer } from './exchange.ts';

export interface AppSeed {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

export interface UpstreamSeed {
  readonly organisation: string;
  readonly people: readonly string[];
  readonly apps: readonly AppSeed[];
  /** The address that answers name as theirs: the layer's. */
  readonly baseUrl: string;
  /** Where the events of Apps are delivered: the layer, which signs and numbers them properly. */
  readonly hookUrl: string;
}

/** The person who sets the stage; a member of the organisation like everybody, so that the emulator lets all of them write. */
export const STAGEHAND = 'stagehand';

export interface Upstream {
  /** The key of every App of the sandbox, PEM. */
  readonly privateKey: string;
  readonly request: (method: string, path: string, options?: { readonly token?: string | null; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** The token of a person in the sandbox. */
export function personToken(login: string): string {
  return `ghp_${login}`;
}

/** An installation's number, made from its App's. */
export function installationOf(app: number): number {
  return app + 1_000_000;
}

export async function startUpstream(seed: UpstreamSeed): Promise<Upstream> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
  const port = await freePort();
  const emulator = await createEmulator({ service: 'github', port, baseUrl: seed.baseUrl, seed: seedOf(seed, privateKey) });
  const origin = `http://127.0.0.1:${port}`;
  return {
    privateKey,
    request: async (method, path, options = {}) => {
      const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
      if (options.token != null) headers['authorization'] = `Bearer ${options.token}`;
      const sent = options.body === undefined || method === 'GET' ? {} : { body: Buffer.isBuffer(options.body) ? new Uint8Array(options.body) : JSON.stringify(options.body) };
      const response = await fetch(origin + path, { method, headers: { 'content-type': 'application/json', ...headers }, redirect: 'manual', ...sent });
      const text = await response.text();
      const link = response.headers.get('link');
      return { status: response.status, body: completeAccounts({ url: seed.baseUrl }, parseBody(text)), ...(link !== null && { headers: { link: link.replaceAll(origin, seed.baseUrl) } }) };
    },
    close: () => emulator.close(),
  };
}

function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function seedOf(seed: UpstreamSeed, privateKey: string): Record<string, never> {
  const people = [STAGEHAND, ...seed.people];
  const value = {
    tokens: Object.fromEntries(people.map((login) => [personToken(login), { login, scopes: ['repo', 'admin:org', 'workflow'] }])),
    github: {
      users: people.map((login) => ({ login, name: login })),
      orgs: [{ login: seed.organisation, name: seed.organisation, members: people.map((login) => ({ login, role: 'admin' })) }],
      apps: seed.apps.map((app) => ({
        app_id: app.id, slug: app.slug, name: app.name, private_key: privateKey, permissions: app.permissions, events: ['*'], webhook_url: `${seed.hookUrl}/${app.id}`,
        installations: [{ installation_id: installationOf(app.id), account: seed.organisation, repository_selection: 'all' }],
      })),
    },
  };
  return value as unknown as Record<string, never>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A JSON web token with which an App proves who it is, as of `at` (seconds). */
export function appToken(app: number, privateKey: string, at: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: at - 60, exp: at + 540, iss: String(app) })}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}
