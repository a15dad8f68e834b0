// Markdown lines of a hypothesis → content: prose, list items, headings, labels, fenced YAML.
import type { Place } from '../model/problem.ts';
import { addCriterion, takeSentence, takeSetting, type Content } from './content.ts';
import { looksLikeCriterion } from './criterion/looks-like.ts';
import { readStatement } from './criterion/read-statement.ts';
import { headingTitle, isUnderline, type Line } from './lines.ts';
import { cutSentences } from './prose.ts';
import { groupOf, zoneOf, type Zone } from './zones.ts';

const ITEM = /^(\s{0,12}(?:[-*+•]|[0-9]{1,3}[.)])\s{1,9})(\S.*)$/;
const LABEL = /^\s{0,3}(?:\*\*|__)?([A-Za-z][A-Za-z &/?'()-]{1,60}?)(?:\*\*|__)?:(?:\*\*|__)?\s*(.*)$/;
const MOST_NOTES = 5;
const NO_ANSWER = /^_?no response_?$/i;

/** A run of lines that belong together. */
interface Block {
  readonly kind: 'item' | 'paragraph';
  readonly text: string;
  readonly place: Place;
}

/** Adds what the lines say. `file` names the text in places. */
export function gatherMarkdown(content: Content, lines: readonly Line[], file: string): void {
  let zone: Zone = 'open';
  let group: { readonly indent: number; readonly zone: Zone } | null = null;
  let pending: { kind: Block['kind']; parts: string[]; place: Place; group: Zone | null } | null = null;
  const flush = (): void => {
    if (pending === null) return;
    const next = takeBlock(content, { ...pending, text: pending.parts.join(' ') }, pending.group ?? zone);
    if (pending.kind === 'paragraph') zone = next;
    pending = null;
  };
  for (const [index, line] of lines.entries()) {
    const item = ITEM.exec(line.text);
    if (line.heading !== null) {
      flush();
      zone = zoneOf(headingTitle(line));
      if (zone === 'hypothesis') zone = 'open';
      group = null;
    } else if (line.text.trim() === '' || line.fence !== null || isUnderline(line, lines[index - 1]) || /^\s{0,3}(?:>|\||(?:---+|={2,})\s*$|\*\*\*+\s*$|<\/?(?:details|summary)\b)/.test(line.text)) {
      flush();
      noticeTable(content, line, { zone, file });
    } else if (item !== null) {
      flush();
      const [, lead = '', text = ''] = item;
      const indent = lead.search(/\S/);
      if (group !== null && indent <= group.indent) group = null;
      const opened = groupOf(text);
      if (opened !== null) group = { indent, zone: opened };
      else pending = { kind: 'item', parts: [text], place: { file, line: line.number, column: lead.length + 1 }, group: group?.zone ?? null };
    } else if (pending !== null && (pending.kind === 'paragraph' ? !startsAlone(line.text, zone) : /^\s/.test(line.text))) pending.parts.push(line.text.trim());
    else {
      flush();
      pending = { kind: 'paragraph', parts: [line.text.trim()], place: { file, line: line.number, column: line.text.length - line.text.trimStart().length + 1 }, group: null };
    }
  }
  flush();
}

/** Lines that are no continuation of a paragraph: labels, and settings that people put one below the other. */
function startsAlone(text: string, zone: Zone): boolean {
  if ((zone === 'criteria' || zone === 'guardrails') && looksLikeCriterion(text)) return true;
  const label = LABEL.exec(text.slice(0, 200));
  return (label !== null && zoneOf(label[1] ?? '') !== 'other') || /^\s{0,3}(?:step of|starts with|measure|my odds|odds:|confidence:|intent:|until|scale back)\b/i.test(text);
}

/** Takes one block; returns the zone that follows, since a label may open one. */
function takeBlock(content: Content, block: Block, zone: Zone): Zone {
  if (NO_ANSWER.test(block.text.trim())) return zone;
  if (block.kind === 'item') {
    takeItem(content, block, zone);
    return zone;
  }
  const label = LABEL.exec(block.text.slice(0, 2000));
  const labelled = label === null ? 'other' : zoneOf(label[1] ?? '');
  if (/^\W{0,3}(?:goal|guard ?rail)\W{0,3}:\W{0,3}\S/i.test(block.text) && zone !== 'other') {
    addCriterion(content, block.text, { place: block.place, role: null });
    return zone;
  }
  if (label !== null && labelled !== 'other' && !isSetting(block.text)) {
    const next = labelled === 'hypothesis' ? 'open' : labelled;
    const rest = (label[2] ?? '').trim();
    if (rest !== '') takeParagraph(content, { ...block, text: rest, place: { ...block.place, column: block.place.column + block.text.length - rest.length } }, next === 'open' ? 'claim' : next);
    return rest === '' || next === 'criteria' || next === 'guardrails' ? next : 'open';
  }
  if (zone === 'open' && block.text.endsWith(':') && block.text.length < 80 && labelled === 'other' && !/\b(?:expect|criteri|success|goal|measur|guardrail)/i.test(block.text)) return 'other';
  takeParagraph(content, block, zone);
  return zone;
}

function isSetting(text: string): boolean {
  return /^\s{0,3}[*_]{0,2}(?:intent|my odds|odds|confidence|until|step of|starts with|scale back)\b/i.test(text);
}

function takeItem(content: Content, { text, place }: Block, zone: Zone): void {
  if (zone === 'claim' || zone === 'because') addProse(content, text, zone);
  else if (zone === 'criteria' || zone === 'guardrails') addCriterion(content, text, { place, role: zone === 'guardrails' ? 'guardrail' : null });
  else if (zone === 'open') {
    if (looksLikeCriterion(text)) addCriterion(content, text, { place, role: null });
    else if (!takeSentence(content, text, place)) noteProse(content, place);
  } else if (zone === 'other') noticeStray(content, text, place);
  else takeField(content, { kind: 'item', text, place }, zone);
}

/** A few notes tell it; a list of a hundred lines needs no hundred notes. */
function noteProse(content: Content, place: Place): void {
  if (content.notes.length < MOST_NOTES) content.notes.push({ code: 'prose-item', text: `line ${place.line} is read as prose, not as a criterion` });
}

/** Criteria below a heading that says nothing of them may be examples or non-goals: asked, not taken. */
function noticeStray(content: Content, text: string, place: Place): void {
  if (!readStatement(text.slice(0, 500)).ok) return;
  content.problems.push({ code: 'stray-criterion', place, found: 'a criterion below a heading of another kind', expected: 'criteria right below the claim, or below `### Success criteria`', remedy: 'move the line there, or write it without a comparison' });
}

function takeParagraph(content: Content, block: Block, zone: Zone): void {
  if (zone === 'other') return;
  if (zone === 'criteria' || zone === 'guardrails') {
    if (looksLikeCriterion(block.text)) addCriterion(content, block.text, { place: block.place, role: zone === 'guardrails' ? 'guardrail' : null });
    else takeProse(content, block, 'open');
  } else if (zone === 'open' || zone === 'claim' || zone === 'because') takeProse(content, block, zone);
  else takeField(content, block, zone);
}

/** A field of an issue form: its heading is half of the sentence. */
function takeField(content: Content, { text, place }: Block, zone: Zone): void {
  const lead = ({ measure: 'Measure', odds: 'My odds:', intent: 'Intent:', until: 'Until:', starts: 'starts with', step: 'Step of' } as Readonly<Record<string, string>>)[zone] ?? '';
  for (const sentence of cutSentences(text)) {
    if (takeSentence(content, sentence.text, place)) continue;
    const span = /^(?:over|for|during)\b/i.test(sentence.text) || zone !== 'measure' ? sentence.text : `over ${sentence.text}`;
    if (!takeSentence(content, `${lead} ${span}`, place)) takeSetting(content, { code: 'unreadable-schedule', expected: 'a value for this field', remedy: 'write `Measure over 7 days, starting 1 day after deploy to production.`' }, { text, place });
  }
}

function takeProse(content: Content, { text, place }: Block, zone: 'open' | 'claim' | 'because'): void {
  const kept = cutSentences(text).filter((sentence) => !takeSentence(content, sentence.text, place)).map((sentence) => sentence.text);
  if (kept.length > 0) addProse(content, kept.join(' '), zone === 'open' ? 'claim' : zone);
}

function addProse(content: Content, text: string, zone: 'claim' | 'because'): void {
  (zone === 'claim' ? content.claims : content.reasons).push(text);
}

/** A table may hold criteria; they are asked for as a list instead of being dropped. */
function noticeTable(content: Content, line: Line, { zone, file }: { readonly zone: Zone; readonly file: string }): void {
  if (line.fence !== null || zone === 'other' || !/^\s{0,3}\|.*[0-9].*\|/.test(line.text.slice(0, 400)) || content.problems.some(({ code }) => code === 'table')) return;
  content.problems.push({ code: 'table', place: { file, line: line.number, column: 1 }, found: 'a table', expected: 'criteria as a list', remedy: 'write each row as a list item: `- p95(checkout) falls by 30%`' });
}
