// Was the baseline an incident? Scaling follows incidents, and these end by themselves (regression to the mean).
import type { Blocks } from './blocks.ts';
import { countFinite, median } from './numerics/statistics.ts';

/** A shift smaller than this (of the logarithm) is none. */
const leastShift = 0.15;

/**
 * A shift in the last 2-6 days before the deployment which the effect merely takes back. Days are compared with the same weekdays one and two
 * weeks earlier where there is enough history, else with the two weeks before the shift. On the logarithm of whole days.
 */
export function undoesRecentShift({ values, before }: Blocks, effect: number): boolean {
  const past = values.subarray(0, before);
  const after = median(values.subarray(before));
  for (let length = 2; length < 7; length++) {
    const shift = recentShift(past, length);
    if (shift === null) continue;
    const back = after - median(past.subarray(Math.max(0, before - length))) + shift.size;
    if (Math.abs(shift.size) > Math.max(leastShift, 4 * shift.noise) && shift.size * effect < 0 && Math.abs(back) < 0.5 * Math.abs(shift.size)) return true;
  }
  return false;
}

/** Did the level shift in the last days before the deployment, whatever the effect does? */
export function isShifted({ values, before }: Blocks): boolean {
  return [2, 3, 4, 5, 6].some((length) => {
    const shift = recentShift(values.subarray(0, before), length);
    return shift !== null && Math.abs(shift.size) > Math.max(leastShift, 4 * shift.noise);
  });
}

function recentShift(past: Float64Array, length: number): { readonly size: number; readonly noise: number } | null {
  const days = past.length;
  const last = past.subarray(Math.max(0, days - length));
  const enough = days >= 14 + length;
  const earlier = past.subarray(Math.max(0, days - length - 14), Math.max(0, days - length));
  const usual = days - length >= 5 ? median(earlier) : Number.NaN;
  const difference = last.map((value, i) => value - (enough ? median([past[days - length - 7 + i]!, past[days - length - 14 + i]!]) : usual));
  if (countFinite(difference) < 2) return null;
  const size = median(difference);
  const own = spread(difference, size);
  return { size, noise: enough ? own : Math.max(own, spread(earlier, usual)) };
}

function spread(values: Float64Array, centre: number): number {
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}
