// Reads a statement whole, or says how far it could be read.
import { createCursor, type Cursor, type Refusal } from './cursor.ts';
import { takePrefix, type Prefixed } from './prefix.ts';
import type { Reading } from './reading.ts';
import { parseStatement } from './statement.ts';
import { tokenize } from './tokens.ts';

/** A statement that was read, or how far it went. */
export type StatementReading =
  | { readonly ok: true; readonly reading: Reading; readonly prefixed: Prefixed }
  /** `read` is the part before `refusal.at` where that is a whole criterion. */
  | { readonly ok: false; readonly refusal: Refusal; readonly read: Reading | null };

/** Reads the statement of a line, first with `name:` as the metric's, then with it as a label. */
export function readStatement(text: string): StatementReading {
  const plain = attempt(text, takePrefix(text, 'without-label'));
  if (plain.ok) return plain;
  const prefixed = takePrefix(text, 'with-label');
  const labelled = attempt(text, prefixed);
  // What was understood and refused says more than that a shorter piece can't be read.
  if (!labelled.ok && labelled.refusal.code === 'unreadable-criterion' && plain.refusal.code !== 'unreadable-criterion') return plain;
  return labelled.ok || prefixed.start > takePrefix(text, 'without-label').start ? labelled : plain;
}

function attempt(text: string, prefixed: Prefixed): StatementReading {
  const tokens = tokenize(text.slice(prefixed.start)).map((token) => ({ ...token, start: token.start + prefixed.start, end: token.end + prefixed.start }));
  const cursor = createCursor(text, tokens);
  const reading = parseStatement(cursor);
  const refusal = cursor.refusal();
  if (refusal !== null) return { ok: false, refusal, read: null };
  takeStop(cursor);
  if (reading !== null && cursor.ended()) return { ok: true, reading, prefixed };
  return { ok: false, refusal: leftover(cursor, reading), read: reading };
}

/** A full stop, only where the line ends with it. */
function takeStop(cursor: Cursor): void {
  const start = cursor.position();
  while (cursor.takeSign('.', '!', ';', ','));
  if (!cursor.ended()) cursor.reset(start);
}

function leftover(cursor: Cursor, reading: Reading | null): Refusal {
  const refusal = { code: 'unreadable-criterion', at: cursor.offset(), to: cursor.line.trimEnd().length };
  const bad = cursor.peek();
  if (bad?.kind === 'bad') return { ...refusal, code: bad.code, to: bad.end, expected: bad.code === 'placeholder' ? 'a criterion that is filled in' : `something else than ${bad.reason}`, remedy: bad.remedy };
  if (reading === null) return { ...refusal, expected: 'a metric and what it should do', remedy: '' };
  const before = cursor.peek(-1);
  if (before?.kind === 'number' && bad?.kind === 'word') return { ...refusal, code: 'unknown-unit', to: bad.end, expected: 'a unit such as `ms`, `s`, `%`, `req/s`, `MiB`, `USD/month`, or a plain number', remedy: mendUnit(before.text, bad.text) };
  if (before?.kind === 'number' && bad?.kind === 'number' && bad.text.length === 3) return { ...refusal, code: 'ambiguous-number', expected: 'one number', remedy: `write \`${before.text}${bad.text}\`` };
  return { ...refusal, code: 'unknown-condition', expected: 'the end of the criterion, `at peak`, `when …`, `on DATE`, `compared with …` or `for each …`', remedy: '' };
}

/** `500M` and `10 Gb` have two readings each; of other words nothing is known. */
function mendUnit(number: string, unit: string): string {
  const [prefix = ''] = unit;
  if (/^[kKMG]b$/.test(unit)) return `write \`${prefix}B\` (bytes) or \`${prefix}bit/s\``;
  if (/^[MGT]$/.test(unit)) return `write \`${number} ${prefix}iB\` or \`${number} ${prefix}B\``;
  return 'write the number with a unit of that list';
}

/** Marks that open at the statement belong to it, not to the label before. */
function beforeDecoration(line: string, start: number): number {
  let at = start;
  while (at > 0 && /[`*_]/.test(line[at - 1] ?? '')) at--;
  return at;
}

/** The line as written, without box and label. */
export function cleanText(line: string): string {
  const { start } = takePrefix(line, 'without-label');
  const labelled = takePrefix(line, 'with-label');
  const own = labelled.start === start || attempt(line, takePrefix(line, 'without-label')).ok;
  const kept = own ? line.replace(/^\s{0,9}(?:[-*+•]\s{1,9})?(?:\[[ xX]\]\s{1,9})?/, '') : line.slice(beforeDecoration(line, labelled.start));
  return kept.trim();
}
