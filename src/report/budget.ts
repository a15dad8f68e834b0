// Keeps texts within GitHub's limits: over them the call fails, and the answer never comes.

/** Characters of a comment (65,536) and of a check's summary and text (65,535 each), with room for what is counted in bytes. */
export const TEXT_MAX = 60_000;
export const TITLE_MAX = 120;
export const ANNOTATIONS_MAX = 50;

const encoder = new TextEncoder();

/** UTF-8 bytes: GitHub counts characters in some places and bytes in others, so the larger measure is kept. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}

/** At most `max` characters on one line, cut at a word where one is near. */
export function cutLine(text: string, max: number): string {
  const letters = [...text];
  if (letters.length <= max) return text;
  const cut = letters.slice(0, max - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > max * 0.7 ? cut.slice(0, space) : cut).replace(/[\s,;:(]+$/, '')}…`;
}

/** Whole lines of at most `max` bytes; what was left out is said. */
export function cutLines(text: string, max: number): string {
  if (sizeOf(text) <= max) return text;
  const kept: string[] = [];
  let size = 80;
  for (const line of text.split('\n')) {
    size += sizeOf(line) + 1;
    if (size > max) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n… (cut short: the rest did not fit)`;
}

/**
 * Joins sections by blank lines, in order, as long as they fit; a section that doesn't is left out whole,
 * so that no code block stays open. Put what matters first.
 */
export function joinWithin(sections: readonly (string | null)[], max: number): string {
  const kept: string[] = [];
  let size = 60;
  let dropped = 0;
  for (const section of sections) {
    if (section === null || section === '') continue;
    size += sizeOf(section) + 2;
    if (size > max) {
      size -= sizeOf(section) + 2;
      dropped += 1;
    } else kept.push(section);
  }
  if (dropped > 0) kept.push('… (the rest did not fit)');
  return kept.join('\n\n');
}

/** The first `max` items, each rendered, and a line that counts the others. */
export function renderSome<T>(items: readonly T[], max: number, render: (item: T, index: number) => string): readonly string[] {
  const lines = items.slice(0, max).map(render);
  return items.length > max ? [...lines, `… and ${items.length - max} more`] : lines;
}
