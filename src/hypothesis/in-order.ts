// Problems in the order of the text, so that a person mends them from the top.
import type { Problem } from '../model/problem.ts';

/** Sorted by line and column; what has no place comes first. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0));
}
