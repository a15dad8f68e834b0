// Finds the part of a text that is the hypothesis: front matter, a `## Hypothesis` section, a bold label, or all of it.
import { headingTitle, type Line } from './lines.ts';
import { continuesHypothesis, zoneOf } from './zones.ts';

/** Lines from `from` up to, without, `to` (indexes). */
export interface Section {
  readonly from: number;
  readonly to: number;
}

/** YAML between two lines of `---` at the start of a text; null where there is none. */
export function findFrontMatter(lines: readonly Line[]): Section | null {
  if (lines[0]?.text.trimEnd() !== '---') return null;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line.text));
  return end < 0 ? null : { from: 1, to: end };
}

/** Every section headed *Hypothesis*, each until the next heading of the same or a higher level that doesn't continue it. */
export function findSections(lines: readonly Line[]): readonly Section[] {
  const sections: Section[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.fence !== null) continue;
    const level = startLevel(line);
    if (level === null) continue;
    let end = index + 1;
    while (end < lines.length && !endsSection(lines[end], level)) end++;
    sections.push({ from: line.heading === null ? index : index + 1, to: end });
    index = end - 1;
  }
  return sections;
}

/** The level of a heading *Hypothesis*; 7 for a bold or plain label with its claim behind it. */
function startLevel(line: Line): number | null {
  if (line.heading !== null) return zoneOf(headingTitle(line)) === 'hypothesis' ? line.heading : null;
  const label = /^ {0,3}(?:\*\*|__)?hypothesis(?:\*\*|__)?:(?:\*\*|__)?\s{1,9}(.*)$/i.exec(line.text.slice(0, 400));
  // One word or a number behind the label means a reference, sound or not; a sentence means the claim itself.
  return label !== null && (label[1] ?? '').trim().split(/\s+/).length >= 4 && !/^(?:see\b|https?:|[\w./-]*#[0-9])/i.test(label[1] ?? '') ? 7 : null;
}

function endsSection(line: Line | undefined, level: number): boolean {
  if (line?.heading === null || line === undefined) return false;
  if (level < 7) return line.heading < level || (line.heading === level && !continuesHypothesis(headingTitle(line)));
  return line.heading < 7 || zoneOf(headingTitle(line)) === 'other';
}
