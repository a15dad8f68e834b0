// One request and one answer, as the layer's routes see them.

/** Who holds the token of a request, and what it may do. */
export interface Viewer {
  /** With the suffix `[bot]` for an App's installation. */
  readonly login: string;
  readonly type: 'User' | 'Bot';
  /** An installation's permissions; null for a person, whose rights hang on the repository. */
  readonly permissions: Readonly<Record<string, string>> | null;
  /** The only repository that a workflow's token belongs to, as `owner/repo`; null for every one of the account. */
  readonly repository: string | null;
}

export interface Ask {
  readonly method: string;
  readonly url: URL;
  /** What the route's `:names` matched, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly token: string | null;
  readonly viewer: Viewer | null;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A Buffer or a string goes out as it is, null as an empty body, anything else as JSON. */
  readonly body: unknown;
}

/** An answer that ends a route early, in GitHub's shape of an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(status: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.answer = { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status), ...more } };
  }
}

/** The JSON object of a request's body; `{}` where there is none. */
export function bodyOf(ask: Ask): Record<string, unknown> {
  if (ask.body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(ask.body.toString('utf8'));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

/** A route's parameter, which its pattern guarantees. */
export function param(ask: Ask, name: string): string {
  const value = ask.params[name];
  if (value === undefined) throw new Refusal(404, 'Not Found');
  return value;
}

/** `owner/repo` of a route that has both. */
export function fullName(ask: Ask): string {
  return `${param(ask, 'owner')}/${param(ask, 'repo')}`;
}

/** Cuts a list to the page that was asked for, with GitHub's `Link` header. */
export function paged(ask: Ask, list: readonly unknown[]): Answer {
  const size = Math.min(Math.max(Number(ask.url.searchParams.get('per_page') ?? 30) || 30, 1), 100);
  const page = Math.max(Number(ask.url.searchParams.get('page') ?? 1) || 1, 1);
  const last = Math.max(Math.ceil(list.length / size), 1);
  const body = list.slice((page - 1) * size, page * size);
  const links: string[] = [];
  const link = (to: number, rel: string): void => {
    const url = new URL(ask.url);
    url.searchParams.set('page', String(to));
    links.push(`<${url}>; rel="${rel}"`);
  };
  if (page > 1) link(page - 1, 'prev');
  if (page < last) {
    link(page + 1, 'next');
    link(last, 'last');
  }
  if (page > 1) link(1, 'first');
  return { status: 200, body, ...(links.length > 0 && { headers: { link: links.join(', ') } }) };
}

/** Refuses where an installation's token lacks a permission, in the words that GitHub uses. */
export function demand(ask: Ask, permissions: readonly string[], level: 'read' | 'write'): void {
  if (ask.viewer === null) throw new Refusal(401, 'Requires authentication');
  const granted = ask.viewer.permissions;
  if (granted === null) return;
  const enough = (name: string): boolean => granted[name] === 'write' || (level === 'read' && granted[name] === 'read');
  if (permissions.some(enough)) return;
  const refusal = new Refusal(403, 'Resource not accessible by integration');
  const accepted = permissions.map((name) => `${name}=${level}`).join('; ');
  throw Object.assign(refusal, { answer: { ...refusal.answer, headers: { 'x-accepted-github-permissions': accepted } } });
}
