// Reads the text of an issue or of a hypothesis file, in whichever of its forms it is written.
import type { Hypothesis } from '../model/hypothesis.ts';
import type { Parsed, Place } from '../model/problem.ts';
import { composeHypothesis } from './compose.ts';
import { emptyContent, type Content } from './content.ts';
import { gatherLines } from './gather.ts';
import { checkLength } from './limits.ts';
import { scanLines, type Line } from './lines.ts';
import { findFrontMatter, findSections } from './section.ts';
import { gatherYaml, speaksOfHypothesis } from './yaml.ts';

/** Where a text comes from: `ref` as the hypothesis will be called, `file` as places name it. */
export interface TextOrigin {
  readonly source: 'issue' | 'file';
  readonly ref: string;
  readonly file: string;
}

/** Reads a whole text: YAML, front matter, a `## Hypothesis` section, the headings of an issue form, or plain Markdown. */
export function parseHypothesis(text: string, { source, ref, file }: TextOrigin): Parsed<Hypothesis> {
  const place: Place = { file, line: 1, column: 1 };
  const tooLong = checkLength(text, place);
  if (tooLong !== null) return { ok: false, problems: [tooLong] };
  return composeHypothesis(gatherText(text, file), { source, ref, place });
}

function gatherText(text: string, file: string): Content {
  const content = emptyContent();
  if (/\.ya?ml$/i.test(file)) {
    gatherYaml(content, { text: text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), firstLine: 1, file });
    return content;
  }
  const lines = scanLines(text);
  const matter = findFrontMatter(lines);
  if (matter !== null) {
    const front = lines.slice(matter.from, matter.to).map((line) => line.text).join('\n');
    if (speaksOfHypothesis(front)) {
      gatherYaml(content, { text: front, firstLine: matter.from + 1, file });
      return content;
    }
  }
  const body = matter === null ? lines : lines.slice(matter.to + 1);
  const [section] = findSections(body);
  const hasOwnFields = section !== undefined && body.slice(section.from, section.to).some((line) => line.text.trim() !== '');
  const inSection = hasOwnFields ? gatherLines(body.slice(section.from, section.to), file) : null;
  // An issue form puts the claim below `### Hypothesis` and the criteria below a heading of the same level.
  return inSection !== null && inSection.lines.length > 0 ? inSection : gatherLines(withoutTitle(body), file);
}

/** The title of a file, `# Redis sessions`, is no part of the claim and opens no zone of its own. */
function withoutTitle(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex((line) => line.text.trim() !== '');
  return lines[first]?.heading === 1 ? lines.slice(first + 1) : lines;
}
