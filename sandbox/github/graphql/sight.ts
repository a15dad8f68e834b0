// What a resolver sees from: the sandbox, the repository in question, and who asks.
import type { Viewer } from '../exchange.ts';
import type { Layer } from '../layer.ts';

export interface Sight {
  readonly layer: Layer;
  readonly repository: string;
  readonly token: string | null;
  readonly viewer: Viewer;
  /** Resolves a repository as seen by the same viewer: pull requests lead back to theirs. */
  readonly resolveRepository: (sight: Sight) => Promise<Record<string, unknown>>;
}
