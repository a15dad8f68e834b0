// One request to GitHub's API and its answer: the seam that every host can fill with its own client.

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface ApiRequest {
  readonly method: Method;
  /** From the API's root on: `/repos/acme/shop/pulls/7`, or `/graphql`. Encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Media type asked for; GitHub's JSON unless said. */
  readonly accept?: string;
  /** What the answer's body is read as: parsed JSON (the default) or bytes, as for an archive. */
  readonly expects?: 'json' | 'bytes';
}

export interface ApiResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; text where the answer was no JSON; Uint8Array where bytes were asked for. */
  readonly body: unknown;
}

/**
 * Sends one request. Resolves for every answer of GitHub, also a refusal; throws TransientError where there was none,
 * and where a limit or a fault of GitHub's outlasted the retries.
 */
export type Transport = (request: ApiRequest) => Promise<ApiResponse>;

/** A path with each part encoded: path`/repos/${owner}/${repo}`. Slashes inside a part are encoded too. */
export function path(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return strings.map((text, index) => text + (index < parts.length ? encodeURIComponent(String(parts[index])) : '')).join('');
}

/** A file's path inside a URL: encoded, its slashes kept. */
export function filePath(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
