// Medians and means that ignore what is missing (NaN).

/** The finite values, sorted. */
export function sorted(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite).sort();
}

/** The quantile `p` with linear interpolation; NaN of nothing. */
export function quantile(values: Iterable<number>, p: number): number {
  return quantileOfSorted(sorted(values), p);
}

export function quantileOfSorted(ordered: Float64Array, p: number): number {
  if (ordered.length === 0) return Number.NaN;
  const at = p * (ordered.length - 1);
  const low = ordered[Math.floor(at)] ?? Number.NaN;
  const high = ordered[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export function median(values: Iterable<number>): number {
  return quantile(values, 0.5);
}

export function mean(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

export function countFinite(values: Iterable<number>): number {
  let count = 0;
  for (const value of values) if (Number.isFinite(value)) count++;
  return count;
}
