// What a text says, gathered part by part whatever its form (Markdown, issue form, YAML), before it is one hypothesis.
import type { Place, Problem, Note } from '../model/problem.ts';
import type { Reference, Role } from '../model/hypothesis.ts';
import type { CriterionLine } from './criterion/read.ts';
import { quoteLine } from './criterion/quote.ts';
import { parseReference } from './references.ts';
import { parseSetting, type SettingFault, type Settings } from './settings.ts';

/** Grows while a text is read. */
export interface Content {
  readonly claims: string[];
  readonly reasons: string[];
  readonly lines: CriterionLine[];
  settings: Settings;
  intentPlace: Place | null;
  startsWith: Reference | null;
  step: Reference | null;
  readonly problems: Problem[];
  readonly notes: Note[];
}

export function emptyContent(): Content {
  return { claims: [], reasons: [], lines: [], settings: {}, intentPlace: null, startsWith: null, step: null, problems: [], notes: [] };
}

/** True while nothing was said: a template that nobody filled in. */
export function isEmpty({ claims, reasons, lines, problems, settings }: Content): boolean {
  return claims.length + reasons.length + lines.length + problems.length === 0 && Object.keys(settings).length === 0;
}

export function addCriterion(content: Content, text: string, { place, role }: { readonly place: Place; readonly role: Role | null }): void {
  if (!takeSentence(content, text, place)) content.lines.push({ text, place, role });
}

/** Takes a sentence that sets something; false where it sets nothing and is prose or a criterion. */
export function takeSentence(content: Content, sentence: string, place: Place): boolean {
  if (takeStart(content, sentence, place) || takeStep(content, sentence, place)) return true;
  const setting = parseSetting(sentence);
  if (setting === null) return false;
  takeSetting(content, setting, { text: sentence, place });
  return true;
}

/** Keeps a setting, or the problem of one that can't be read or says something else than before. */
export function takeSetting(content: Content, setting: Settings | SettingFault, { text, place }: { readonly text: string; readonly place: Place }): void {
  if ('code' in setting) {
    content.problems.push({ code: setting.code, place, found: quoteLine(text), expected: setting.expected, remedy: setting.remedy });
    return;
  }
  for (const [key, value] of Object.entries(setting)) {
    const before = (content.settings as Readonly<Record<string, unknown>>)[key];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) {
      content.problems.push({ code: 'said-twice', place, found: quoteLine(text), expected: `one ${key}`, remedy: 'remove one of the two' });
    }
  }
  if (setting.intent !== undefined) content.intentPlace = place;
  content.settings = { ...setting, ...content.settings };
}

/** `starts with org/app#456`: the clock starts with another change. */
function takeStart(content: Content, sentence: string, place: Place): boolean {
  const text = /^\s{0,9}(?:[*_`]{0,3})(?:it )?(?:starts?|starting) with[:\s*_`]{1,9}(\S.{0,400})$/i.exec(sentence)?.[1];
  if (text === undefined) return false;
  const reference = parseReference(text, place);
  if (reference?.kind === 'issue') content.startsWith = reference;
  else content.problems.push({ code: 'unreadable-reference', place, found: quoteLine(sentence), expected: 'the pull request whose deployment starts the clock', remedy: 'write `starts with org/app#456`' });
  return true;
}

function takeStep(content: Content, sentence: string, place: Place): boolean {
  const step = parseStep(sentence, place);
  if (step === null) return false;
  if ('code' in step) content.problems.push(step);
  else content.step = step;
  return true;
}

/** `Step of #123`: null where the line is another, a problem where it names nothing that can be read. */
export function parseStep(line: string, place: Place): Reference | Problem | null {
  const text = /^\s{0,9}(?:[-*+]\s{1,3})?[*_`]{0,3}step(?: [0-9]{1,3})?(?: of [0-9]{1,3})? (?:of|in)[:\s*_`]{1,9}(\S.{0,400})$/i.exec(line)?.[1];
  if (text === undefined) return null;
  const reference = parseReference(text, place);
  if (reference !== null) return reference;
  if (!/[#/<]|https?:|\.ya?ml|\.md/i.test(text)) return null; // prose such as "step in the right direction"
  return { code: 'unreadable-reference', place, found: quoteLine(line), expected: 'the issue or file of the programme', remedy: 'write `Step of #123`' };
}
