// From what the data say of an effect to what is believed of it: the registered prior, and the odds that a target is reached.
import type { Mixture } from './mixture.ts';
import { studentPeak } from './numerics/beta.ts';
import { priorDeviation } from './settings.ts';

/** Nodes across a Student's t, dense in the middle and far out in the tails: z = sinh(u). */
const edges = Array.from({ length: 122 }, (_, i) => Math.sinh((i - 60.5) / 12));

const cellsByDf = new Map<number, Float64Array>();

/** The probability of each cell between two edges, by the middle's density; the same for every component of one `df`. */
function cellsOf(df: number): Float64Array {
  const known = cellsByDf.get(df);
  if (known !== undefined) return known;
  const peak = studentPeak(df);
  const cells = Float64Array.from({ length: edges.length - 1 }, (_, i) => {
    const z = (edges[i]! + edges[i + 1]!) / 2;
    return peak * (1 + (z * z) / df) ** (-(df + 1) / 2) * (edges[i + 1]! - edges[i]!);
  });
  cellsByDf.set(df, cells);
  return cells;
}

/** P(low < effect ≤ high) once the prior has been weighed in: a normal around no effect. Effects are changes of the logarithm. */
export function probabilityBetween(mixture: Mixture, low: number, high: number): number {
  let inside = 0;
  let all = 0;
  for (const { weight, mean, scale, df } of mixture) {
    const cells = cellsOf(df);
    for (let i = 0; i < cells.length; i++) {
      const left = mean + scale * edges[i]!;
      const right = mean + scale * edges[i + 1]!;
      const z = (left + right) / 2 / priorDeviation;
      const mass = weight * cells[i]! * Math.exp(-0.5 * z * z);
      all += mass;
      inside += mass * Math.max(0, Math.min(right, high) - Math.max(left, low)) / (right - left || 1);
    }
  }
  return all > 0 ? inside / all : high > 0 && low < 0 ? 1 : 0;
}
