// From when on a window can be judged: sources are late, and costs are corrected.
import { day } from './settings.ts';
import type { MetricKind } from '../model/config.ts';

/** Seconds that the newest points of a source may still be missing or partial. */
const lag = 15 * 60;
/** Providers correct a day's cost for two days. */
const corrections = 2 * day;

/** Epoch seconds. */
export function judgeableFrom(kind: MetricKind, windowEnd: number): number {
  return windowEnd + (kind === 'cost' ? corrections : lag);
}
