// How far a knob is turned, in either direction.
import type { ScalingFact } from '../model/change.ts';

/** The factor up, or one over the factor down: 4 for 3 → 12 and for 12 → 3. Infinite where no factor is known. */
export function magnitudeOf({ factor }: ScalingFact): number {
  if (factor === null || factor <= 0) return Number.POSITIVE_INFINITY;
  return factor < 1 ? 1 / factor : factor;
}
