// What the readers of a text may see: nothing crosses from a private repository to one that more people can read.
import type { Change } from '../model/change.ts';
import type { Experiment } from '../model/experiment.ts';

export interface Shows {
  /** Claim and criteria in their words; false where the hypothesis stands in a repository that fewer people can read. */
  readonly words: boolean;
  readonly costs: boolean;
  /** Pull requests of other repositories, which fewer people may be able to read. */
  readonly elsewhere: boolean;
  /** Metrics, as criteria name them, whose values and queries may be told; relative changes and verdicts always may. */
  readonly metric: (name: string) => boolean;
}

/** For readers of a repository of this visibility: on public ones values, costs and queries of public metrics only. `words` as of `Shows`. */
export function showsOf(metrics: Experiment['metrics'], { visibility, words }: { readonly visibility: Change['visibility']; readonly words: boolean }): Shows {
  if (visibility !== 'public') return { words, costs: true, elsewhere: visibility === 'private', metric: () => true };
  const told = new Set(metrics.filter((metric) => metric.public).map(({ name }) => name));
  return { words, costs: metrics.some(({ kind, name }) => kind === 'cost' && told.has(name)), elsewhere: false, metric: (name) => told.has(name) };
}
