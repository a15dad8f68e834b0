// Evidence memory: which earlier verdicts of this repository say something to a change.
import type { ScalingFact } from '../model/change.ts';
import type { LedgerEntry, Recollection } from '../model/experiment.ts';

/** Verdicts that are named of one thing, and things that are named. */
const ENTRIES_MAX = 4;
const THINGS_MAX = 3;

/** A knob with the way it was turned, as members and the index keep it: `replicas up`. */
export function turnedKnob({ knob, direction }: Pick<ScalingFact, 'knob' | 'direction'>): string {
  return `${knob} ${direction}`;
}

export interface Remembering {
  readonly facts: readonly Pick<ScalingFact, 'knob' | 'direction' | 'file'>[];
  /** As its criteria name them. */
  readonly metrics: readonly string[];
  /** Its own experiment, which says nothing new to it. */
  readonly key: string | null;
}

/** The newest verdicts on the same knob, metric or path; what would only repeat the same verdicts is left out. */
export function recall(entries: readonly LedgerEntry[], { facts, metrics, key }: Remembering): readonly Recollection[] {
  const told = entries.filter((entry) => entry.outcome !== null && entry.outcome !== 'withdrawn' && entry.key !== key).toSorted((a, b) => endOf(b) - endOf(a));
  const asked: readonly (Recollection['by'] & { readonly has: (entry: LedgerEntry) => boolean })[] = [
    ...unique(facts.map(turnedKnob)).map((name) => ({ kind: 'knob' as const, name, has: (entry: LedgerEntry) => entry.knobs.includes(name) })),
    ...unique(metrics).map((name) => ({ kind: 'metric' as const, name, has: (entry: LedgerEntry) => entry.metrics.includes(name) })),
    ...unique(facts.map(({ file }) => file)).map((name) => ({ kind: 'path' as const, name, has: (entry: LedgerEntry) => entry.paths.includes(name) })),
  ];
  const found: Recollection[] = [];
  for (const { kind, name, has } of asked) {
    const same = told.filter(has).slice(0, ENTRIES_MAX);
    const isNew = same.some((entry) => !found.some((earlier) => earlier.entries.includes(entry)));
    if (isNew && found.length < THINGS_MAX) found.push({ by: { kind, name }, entries: same });
  }
  return found;
}

function endOf({ endedAt }: LedgerEntry): number {
  return endedAt === null ? 0 : Date.parse(endedAt);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
