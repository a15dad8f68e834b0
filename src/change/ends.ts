// A changed file at both ends from its new text and its patch: the old text follows, so it need not be read.
import type { FileDiff, FileEnds } from '../model/change.ts';

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Takes the patch back out of the new text. Null where there is no patch, or where it doesn't fit the text
 * (then the text is of another commit). A merge base need not be known for it, and one read serves.
 */
export function rebuildEnds(after: string, file: Pick<FileDiff, 'patch' | 'status'>): FileEnds | null {
  if (file.patch === null) return null;
  const newLines = after.split('\n');
  const oldLines: string[] = [];
  let next = 0;
  for (const line of file.patch.split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      const start = hunk[4] === '0' ? Number(hunk[3]) : Number(hunk[3]) - 1;
      if (start < next || start > newLines.length) return null;
      oldLines.push(...newLines.slice(next, start));
      next = start;
    } else if (line.startsWith('-')) {
      oldLines.push(line.slice(1));
    } else if (line.startsWith('+') || line.startsWith(' ')) {
      if (newLines[next] !== line.slice(1)) return null;
      if (line.startsWith(' ')) oldLines.push(line.slice(1));
      next += 1;
    }
  }
  oldLines.push(...newLines.slice(next));
  return { before: file.status === 'added' ? null : oldLines.join('\n'), after };
}
