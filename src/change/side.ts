// The two sides of a changed file as runs of numbered lines: whole files where both ends are known, else the hunks.
import type { FileDiff, FileEnds } from '../model/change.ts';

/** A line of one side of a file. */
export interface SourceLine {
  /** Counts from 1 in its own side's file. */
  readonly number: number;
  readonly text: string;
  /** Added (new side) or removed (old side). */
  readonly changed: boolean;
}

/** Lines without a gap. */
export interface Run {
  readonly lines: readonly SourceLine[];
  /** True when the run starts at the file's first line. */
  readonly fromTop: boolean;
  /** The nearest outer line that git printed behind the hunk's range; null if none. */
  readonly heading: string | null;
}

export interface Sides {
  readonly before: readonly Run[];
  readonly after: readonly Run[];
}

const RANGE = /^@@ -([0-9]{1,10})(?:,[0-9]{1,10})? \+([0-9]{1,10})(?:,[0-9]{1,10})? @@ ?(.*)$/;

/** Both sides as far as the patch shows them: one run a hunk. */
export function sidesOfPatch(patch: string): Sides {
  const before: Run[] = [];
  const after: Run[] = [];
  let [oldLines, newLines]: [SourceLine[], SourceLine[]] = [[], []];
  let [oldNumber, newNumber] = [0, 0];
  for (const raw of patch.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const range = line.startsWith('@@ ') ? RANGE.exec(line) : null;
    if (range !== null) {
      [oldNumber, newNumber] = [Number(range[1]), Number(range[2])];
      [oldLines, newLines] = [[], []];
      const heading = range[3] === '' ? null : (range[3] ?? null);
      before.push({ lines: oldLines, fromTop: oldNumber <= 1, heading });
      after.push({ lines: newLines, fromTop: newNumber <= 1, heading });
      continue;
    }
    const [sign, text] = [line[0], line.slice(1)];
    if (sign === '\\') continue;
    if (sign !== '+') oldLines.push({ number: oldNumber++, text, changed: sign === '-' });
    if (sign !== '-') newLines.push({ number: newNumber++, text, changed: sign === '+' });
  }
  return { before, after };
}

/** Both sides in full; the patch says which of their lines changed. */
export function sidesOfFile(file: FileDiff, ends: FileEnds): Sides {
  const shown = sidesOfPatch(file.patch ?? '');
  return { before: wholeSide(ends.before, shown.before), after: wholeSide(ends.after, shown.after) };
}

function wholeSide(text: string | null, shown: readonly Run[]): readonly Run[] {
  if (text === null) return shown;
  const changed = new Set(shown.flatMap((run) => run.lines.filter((line) => line.changed).map((line) => line.number)));
  const lines = text.split(/\r?\n/).map((line, index) => ({ number: index + 1, text: line, changed: changed.has(index + 1) }));
  return [{ lines, fromTop: true, heading: null }];
}
