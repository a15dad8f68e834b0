// Whether a source still tells the history that was stored at the lock: the same query may lead to another series by now, or to another unit.
import type { LockedMetric, StoredBaseline } from '../model/experiment.ts';
import { foldBaseline, type Point } from './baseline.ts';

/** Hours that both know, without which nothing can be said. */
const HOURS_MIN = 24;
/** Sources thin out what is old, which moves an hour's level a little; another series or unit moves it by more than this. */
const FACTOR_MAX = 1.5;

/** How many times the stored level the source tells now for the same hours; null where it is about the same, or can't be compared. */
export function contradiction(stored: StoredBaseline, points: readonly Point[], metric: Pick<LockedMetric, 'kind' | 'aggregate'>): number | null {
  // Sums depend on how finely a source still keeps them.
  if (metric.kind === 'events' || metric.kind === 'count' || stored.totals !== null) return null;
  const hour = 3600;
  const told = foldBaseline(points, metric, stored.from + stored.values.length * hour);
  if (told === null || told.totals !== null) return null;
  const shift = (told.from - stored.from) / hour;
  const ratios = told.values.flatMap((now, index) => {
    const then = stored.values[index + shift] ?? null;
    return now === null || then === null || now <= 0 || then <= 0 ? [] : [now / then];
  }).toSorted((a, b) => a - b);
  const ratio = ratios[ratios.length >> 1];
  if (ratio === undefined || ratios.length < HOURS_MIN) return null;
  return ratio > FACTOR_MAX || ratio < 1 / FACTOR_MAX ? ratio : null;
}
