// How a command reaches GitHub: which server, which token, which repository or pull request a word means.
import { SetupError } from '../src/errors.ts';
import { createTransport } from '../src/github/http.ts';
import type { Transport } from '../src/github/transport.ts';
import type { ChangeRef, RepoRef } from '../src/model/change.ts';
import type { Desk } from './desk.ts';

export interface Server {
  readonly apiUrl: string;
  readonly graphqlUrl: string | undefined;
}

/** A place on GitHub, as a person writes it. `host` null: unsaid. */
export interface GitHubPlace extends RepoRef {
  readonly host: string | null;
  /** null where a repository is meant. */
  readonly number: number | null;
}

const name = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
const url = new RegExp(`^https?://([A-Za-z0-9.-]{1,253}(?::\\d{1,5})?)/(${name})/(${name}?)(?:\\.git)?(?:/pull/(\\d{1,9}))?(?:/(?:files|commits|checks|changes))?/?(?:[?#]\\S{0,500})?$`);
const short = new RegExp(`^(${name})/(${name})(?:#(\\d{1,9}))?$`);

/** Reads a URL, `OWNER/REPO` or `OWNER/REPO#NUMBER`; null for anything else. */
export function parseGitHubPlace(text: string): GitHubPlace | null {
  const long = url.exec(text);
  if (long !== null) return { host: long[1] ?? null, owner: long[2] ?? '', repo: long[3] ?? '', number: long[4] === undefined ? null : Number(long[4]) };
  const brief = short.exec(text);
  return brief === null ? null : { host: null, owner: brief[1] ?? '', repo: brief[2] ?? '', number: brief[3] === undefined ? null : Number(brief[3]) };
}

/** @throws SetupError for what is no pull request */
export function parsePull(text: string): ChangeRef & { readonly host: string | null } {
  const place = parseGitHubPlace(text);
  if (place === null || place.number === null) throw new SetupError(`"${text.slice(0, 200)}" is not the URL of a pull request`, 'Write https://github.com/OWNER/REPO/pull/NUMBER, or OWNER/REPO#NUMBER.');
  return { ...place, number: place.number };
}

/**
 * The API to ask. A token is sent only to github.com or to a server that the environment names: a pasted URL alone never gets it.
 * @throws SetupError for a server that nobody named, and for an address that is none
 */
export function chooseServer(host: string | null, env: Desk['env']): Server {
  const graphqlUrl = addressIn(env, 'GITHUB_GRAPHQL_URL');
  const apiUrl = addressIn(env, 'GITHUB_API_URL');
  if (apiUrl !== undefined) return { apiUrl, graphqlUrl };
  const named = env['GH_HOST'] || null;
  const wanted = host ?? named ?? 'github.com';
  if (wanted === 'github.com' || wanted === 'www.github.com') return { apiUrl: 'https://api.github.com', graphqlUrl };
  if (wanted === named) return { apiUrl: `https://${wanted}/api/v3`, graphqlUrl };
  throw new SetupError(`${wanted} is not a GitHub server that this shell knows`, `If you trust it with your token: GH_HOST=${wanted}, or GITHUB_API_URL=https://${wanted}/api/v3.`);
}

function addressIn(env: Desk['env'], name: string): string | undefined {
  const text = env[name] || undefined;
  if (text === undefined || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new SetupError(`${name} is "${text.slice(0, 200)}", which is no address`, 'Write for example https://api.github.com, or https://HOST/api/v3 for an Enterprise Server.');
}

/** @throws SetupError without a token */
export function connect(desk: Desk, host: string | null): Transport {
  const server = chooseServer(host, desk.env);
  const token = desk.env['GITHUB_TOKEN'] || desk.env['GH_TOKEN'] || '';
  if (token === '') throw new SetupError('no token: reading from GitHub needs one', 'Set GITHUB_TOKEN or GH_TOKEN, for example: GITHUB_TOKEN=$(gh auth token) yardstick …');
  return createTransport({ ...server, token, proxyEnv: desk.env });
}
