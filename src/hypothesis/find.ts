// Looks for a hypothesis in the body of a pull request: references, steps, intent, and the section itself.
import type { Intent } from '../model/decision.ts';
import type { Hypothesis, Reference } from '../model/hypothesis.ts';
import type { Parsed, Place, Problem } from '../model/problem.ts';
import { composeHypothesis } from './compose.ts';
import { emptyContent, isEmpty, parseStep, type Content } from './content.ts';
import { quoteLine } from './criterion/quote.ts';
import { gatherLines } from './gather.ts';
import { checkLength } from './limits.ts';
import { scanLines, type Line } from './lines.ts';
import { parseReference } from './references.ts';
import { findFrontMatter, findSections, type Section } from './section.ts';
import { parseSetting } from './settings.ts';
import { gatherYaml, speaksOfHypothesis } from './yaml.ts';

/** All that a body says of hypotheses. `problems` are those of references and of lines outside of the section. */
export interface HypothesisSearch {
  /** null where the body holds none, or only an empty template. */
  readonly inline: Parsed<Hypothesis> | null;
  readonly references: readonly Reference[];
  /** `Step of #123`: part of a programme that is measured as one. */
  readonly step: Reference | null;
  /** `starts with org/app#456`: what starts the clock. */
  readonly startsWith: Reference | null;
  readonly intent: { readonly value: Intent; readonly place: Place } | null;
  readonly problems: readonly Problem[];
}

interface Found {
  readonly references: Reference[];
  step: Reference | null;
  startsWith: Reference | null;
  intent: { readonly value: Intent; readonly place: Place } | null;
  readonly problems: Problem[];
}

/** Searches a body; `file` names it in places. Never throws, in time linear in the body. */
export function findHypothesis(body: string, file: string): HypothesisSearch {
  const start: Place = { file, line: 1, column: 1 };
  const tooLong = checkLength(body, start);
  if (tooLong !== null) return { inline: null, references: [], step: null, startsWith: null, intent: null, problems: [tooLong] };
  const lines = scanLines(body);
  const sections = findSections(lines);
  const found: Found = { references: [], step: null, startsWith: null, intent: null, problems: [] };
  for (const [index, line] of lines.entries()) {
    if (line.fence === null) readLine(found, line, { file, inside: sections.some(({ from, to }) => index >= from && index < to) });
  }
  checkReferences(found);
  const content = readInline(lines, sections, { file, found });
  const { references, step, startsWith, intent, problems } = found;
  const inline = content === null ? null : composeHypothesis(content.content, { source: 'inline', ref: file, place: content.place });
  return {
    inline, references, problems, step: step ?? content?.content.step ?? null, startsWith: startsWith ?? content?.content.startsWith ?? null,
    intent: intent ?? (content?.content.settings.intent === undefined ? null : { value: content.content.settings.intent, place: content.content.intentPlace ?? start }),
  };
}

/** Lines that count wherever they stand in the body. */
function readLine(found: Found, line: Line, { file, inside }: { readonly file: string; readonly inside: boolean }): void {
  const text = line.text.slice(0, 600);
  const place: Place = { file, line: line.number, column: text.length - text.trimStart().length + 1 };
  const label = /^ {0,3}(?:[-*+] )?(?:\*\*|__)?hypothesis(?:\*\*|__)?:(?:\*\*|__)?\s{0,9}(.*)$/i.exec(text);
  if (label !== null) readReference(found, label[1] ?? '', place);
  if (inside) return;
  const step = parseStep(text, place);
  if (step !== null && 'code' in step) found.problems.push(step);
  else found.step ??= step;
  const starts = /^ {0,3}(?:[-*+] )?starts with[: ]{1,3}(\S{1,300})\.?\s*$/i.exec(text)?.[1];
  const change = starts === undefined ? null : parseReference(starts, place);
  if (change?.kind === 'issue') found.startsWith ??= change;
  if (!/^ {0,3}(?:[-*+] )?[*_]{0,2}intent\b/i.test(text)) return;
  const setting = parseSetting(text.replace(/^ {0,3}(?:[-*+] )?/, ''));
  if (setting !== null && 'code' in setting) found.problems.push({ code: setting.code, place, found: quoteLine(text), expected: setting.expected, remedy: setting.remedy });
  else if (setting?.intent !== undefined) found.intent ??= { value: setting.intent, place };
}

/** `Hypothesis: …`: a reference, an empty field of a template, or (four words and more) the claim itself. */
function readReference(found: Found, written: string, place: Place): void {
  const text = written.trim();
  if (text === '' || text === '#' || /^(?:n\/a|none|-|_no response_)\.?$/i.test(text)) return;
  const reference = parseReference(text, place);
  if (reference !== null) {
    found.references.push(reference);
    return;
  }
  const several = text.split(/\s{0,3}(?:,|\band\b)\s{0,3}/).slice(0, 10).map((part) => parseReference(part, place));
  if (several.length > 1 && several.every((part) => part !== null)) found.references.push(...several);
  else if (text.split(/\s+/).length < 4 || /^(?:see\b|https?:|[\w./-]*#[0-9])/i.test(text)) {
    found.problems.push({ code: 'unreadable-reference', place, found: quoteLine(text), expected: '`#123`, `org/repo#123`, the URL of an issue or file, or a path such as `hypotheses/redis-sessions.md`', remedy: 'write `Hypothesis: #123`' });
  }
}

function checkReferences({ references, problems }: Found): void {
  const other = references.find(({ text }) => text !== references[0]?.text);
  if (other === undefined) return;
  problems.push({ code: 'several-references', place: other.place, found: `${quoteLine(references[0]?.text ?? '')} and ${quoteLine(other.text)}`, expected: 'one hypothesis', remedy: `keep one line: \`Hypothesis: ${references[0]?.text ?? '#123'}\`` });
}

function readInline(lines: readonly Line[], sections: readonly Section[], { file, found }: { readonly file: string; readonly found: Found }): { readonly content: Content; readonly place: Place } | null {
  const matter = findFrontMatter(lines);
  if (matter !== null) {
    const text = lines.slice(matter.from, matter.to).map((line) => line.text).join('\n');
    if (speaksOfHypothesis(text)) {
      const content = emptyContent();
      gatherYaml(content, { text, firstLine: matter.from + 1, file });
      return isEmpty(content) ? null : { content, place: { file, line: 1, column: 1 } };
    }
  }
  const filled = sections.map((section) => ({ content: gatherLines(withoutReferences(lines.slice(section.from, section.to)), file), place: { file, line: Math.max(1, section.from), column: 1 } })).filter(({ content }) => hasWords(content));
  const [first, second] = filled;
  if (second !== undefined) found.problems.push({ code: 'several-hypotheses', place: second.place, found: 'a second section `Hypothesis`', expected: 'one', remedy: 'join the two, or remove one' });
  return first ?? null;
}

/** Settings alone, without a claim or a criterion, are no hypothesis: `Intent: save` may stand anywhere. */
function hasWords(content: Content): boolean {
  return content.claims.length + content.reasons.length + content.lines.length > 0 || content.problems.some(({ code }) => code !== 'unknown-intent');
}

/** A line `Hypothesis: #123` inside the section is no prose of it. */
function withoutReferences(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => {
    const label = /^ {0,3}(?:[-*+] )?(?:\*\*|__)?hypothesis(?:\*\*|__)?:(?:\*\*|__)?\s{0,9}(.*)$/i.exec(line.text.slice(0, 600));
    return label !== null && parseReference(label[1] ?? '', { file: '', line: 1, column: 1 }) !== null ? { ...line, text: '' } : line;
  });
}
