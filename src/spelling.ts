// The nearest known name to one that was written: "did you mean".

/** Longer names are not compared; nobody mistypes them by a letter or two. */
const LONGEST = 60;
/** More names than this are searched by their start only, so that the time stays bounded. */
const MOST = 2000;

/** The candidate with the fewest typing errors, or null if none is near. Case, `-`, `_` and `.` don't count. */
export function nearestName(written: string, candidates: Iterable<string>): string | null {
  const plain = simplify(written);
  if (plain === '' || plain.length > LONGEST) return null;
  let best: string | null = null;
  let fewest = Math.floor(plain.length / 3) + 1;
  let tried = 0;
  for (const candidate of candidates) {
    if (++tried > MOST) break;
    const other = simplify(candidate);
    // `low` means `lower`, however short it is.
    const distance = plain.length >= 3 && other.startsWith(plain) ? Math.min(1, other.length - plain.length) : editDistance(plain, other, fewest);
    if (distance < fewest) [best, fewest] = [candidate, distance];
  }
  return best;
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); infinite where the lengths alone say `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit || right.length > LONGEST) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    [before, above] = [above, current];
  }
  return above[right.length] ?? 0;
}
