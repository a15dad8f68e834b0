// What every route of the layer works with.
import type { Faults } from './faults.ts';
import type { GitRepository } from './git.ts';
import type { Store } from './store.ts';
import type { Tokens } from './tokens.ts';
import type { Upstream } from './upstream.ts';
import { Refusal } from './exchange.ts';

/** One request as it came, and how it was answered. */
export interface Recorded {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly viewer: string | null;
  readonly body: string;
  readonly status: number;
  readonly answer: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Layer {
  /** The API's address: GITHUB_API_URL. */
  readonly url: string;
  readonly upstream: Upstream;
  readonly tokens: Tokens;
  readonly store: Store;
  readonly faults: Faults;
  /** The git repository behind `owner/repo`. */
  readonly repositories: Map<string, GitRepository>;
  readonly requests: Recorded[];
}

/** The git repository of a full name, or GitHub's 404. */
export function gitOf(layer: Layer, repository: string): GitRepository {
  const git = layer.repositories.get(repository);
  if (git === undefined) throw new Refusal(404, 'Not Found');
  return git;
}

/** The current instant in the form GitHub uses. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
}
