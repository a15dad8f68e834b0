// Cuts one line of a criterion into tokens, in one pass; Markdown's decoration is skipped, nothing else is.
import { parseUnit } from '../../quantity/unit.ts';
import { parseNumber } from './number.ts';

interface Span {
  /** As written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `bad` is something with two readings or none; `reason` names it, `remedy` says what to write. */
export type Token =
  | Span & { readonly kind: 'word'; readonly lower: string }
  | Span & { readonly kind: 'metric'; readonly name: string; readonly args: readonly string[] }
  | Span & { readonly kind: 'number'; readonly value: number }
  /** `3x`: a multiple. */
  | Span & { readonly kind: 'times'; readonly value: number }
  | Span & { readonly kind: 'date' }
  | Span & { readonly kind: 'time'; readonly minutes: number }
  | Span & { readonly kind: 'sign'; readonly sign: string }
  | Span & { readonly kind: 'bad'; readonly code: string; readonly reason: string; readonly remedy: string };

const SKIPPED = /(?:[\s`*\u200B\u200C\u2060]|\u200D|\uFE0F)+|\\(?=[!-/:-@[-`{-~])|_+(?![\p{L}\p{N}_])/uy;
const PLACEHOLDER = /<(?:[\p{L}…][^<>\n]{0,80}|\.{3}[^<>\n]{0,80})>|…|\.{3}|_{3,}|\?{2,}/uy;
const DATE = /[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])/y;
const TIME = /([0-9]{1,2}):([0-9]{2})(?![0-9])/y;
const DIGITS = /[0-9](?:[0-9_,]|\.(?!\.))*/y;
const WORD = /_*[\p{L}][\p{L}\p{N}_.:'’-]*/uy;
const SUFFIX = /[\p{L}][\p{L}\p{N}_-]*/uy;
const ENTITY = /&(?:lt|gt|le|ge|nbsp|amp|minus|times);/y;
const SIGN = /<=|=<|>=|-{1,2}>|==|!=|\.\.|[<>＜＞≤≥≦≧⩽⩾=→⇒%$€£¥₹+\-−–—‐‑~≈±(),;:[\]/.!×&|"“”]/y;

/** Their full stop ends no sentence. */
const ABBREVIATED = /^(?:vs|max|approx|ca)$/i;

const SIGNS: ReadonlyMap<string, string> = new Map([
  ['=<', '<='], ['≤', '<='], ['⩽', '<='], ['≥', '>='], ['≦', '<='], ['≧', '>='], ['＜', '<'], ['＞', '>'], ['⩾', '>='], ['&lt;', '<'], ['&gt;', '>'], ['&le;', '<='], ['&ge;', '>='], ['&minus;', '-'],
  ['→', '->'], ['⇒', '->'], ['-->', '->'], ['−', '-'], ['‐', '-'], ['‑', '-'], ['≈', '~'], ['“', '"'], ['”', '"'], ['–', '-'],
]);

/** The tokens of a line. Never throws; what has no meaning comes as `bad` or as a sign that no rule takes. */
export function tokenize(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const skipped = match(SKIPPED, line, at);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    const token = tokenAt(line, at);
    at = token.end;
    if (token.text !== '&nbsp;') tokens.push(token);
  }
  return tokens;
}

function tokenAt(line: string, at: number): Token {
  const placeholder = match(PLACEHOLDER, line, at);
  if (placeholder !== null) return { ...bad('placeholder', 'a placeholder that is still to be filled in', 'replace it by a name or a number'), ...span(placeholder, at) };
  const date = match(DATE, line, at);
  if (date !== null) return { kind: 'date', ...span(date, at) };
  const time = match(TIME, line, at);
  if (time !== null) return timeToken(time, at);
  const digits = match(DIGITS, line, at);
  if (digits !== null) return numberToken(line, at, digits);
  const word = match(WORD, line, at);
  if (word !== null) return wordToken(line, at, word);
  const sign = match(ENTITY, line, at) ?? match(SIGN, line, at) ?? String.fromCodePoint(line.codePointAt(at) ?? 0);
  return { kind: 'sign', sign: SIGNS.get(sign) ?? sign, ...span(sign, at) };
}

function timeToken(text: string, at: number): Token {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  if (hours < 24 && minutes < 60) return { kind: 'time', minutes: hours * 60 + minutes, ...span(text, at) };
  return { ...bad('ambiguous-number', 'a time of day that does not exist', 'write it as `06:00`'), ...span(text, at) };
}

function numberToken(line: string, at: number, found: string): Token {
  const digits = found.replace(/[.,_]{1,3}$/, '');
  const end = at + digits.length;
  const suffix = match(SUFFIX, line, end);
  const percent = /^\s{0,2}(?:%|percent)/.test(line.slice(end, end + 12));
  if (suffix !== null && !isSuffix(suffix)) return wordToken(line, at, digits + suffix);
  const parsed = parseNumber(digits, percent ? 'percent' : 'plain');
  if (typeof parsed !== 'number') return { ...bad('ambiguous-number', parsed.reason, parsed.remedy), ...span(digits, at) };
  if (suffix === 'k' || suffix === 'K') return { kind: 'number', value: parsed * 1000, ...span(digits + suffix, at) };
  if (suffix === 'x' || line[end] === '×') return { kind: 'times', value: parsed, ...span(digits + (line[end] ?? ''), at) };
  return { kind: 'number', value: parsed, ...span(digits, at) };
}

/** Letters that may follow a number at once; anything else makes a name of it, as in `5xx_rate`. */
function isSuffix(suffix: string): boolean {
  return ['k', 'K', 'x', 'm', 'M', 'G', 'T', 'w', 'pp', 'pts', 'am', 'pm', 'st', 'nd', 'th', 'week', 'weeks'].includes(suffix) || parseUnit(suffix) !== null;
}

function wordToken(line: string, at: number, found: string): Token {
  const text = found.replace(/[.:'’_-]{1,9}$/, '') || found;
  const end = at + text.length + (ABBREVIATED.test(text) && line[at + text.length] === '.' ? 1 : 0);
  if (line[end] === '(') return metricToken(line, at, text);
  return { kind: 'word', lower: text.replace(/^_+/, '').replaceAll('’', "'").toLowerCase(), text, start: at, end };
}

/** `name(argument, argument)`: one token, so that an argument may hold what a name may not. */
function metricToken(line: string, at: number, name: string): Token {
  const open = at + name.length;
  const inside = /[^()\n]{0,200}/y;
  const args = match(inside, line, open + 1) ?? '';
  const close = open + 1 + args.length;
  const text = line.slice(at, close + 1);
  const values = args.split(',').map((arg) => arg.replaceAll(/[`"'*\\]/g, '').trim());
  const whole = line[close] === ')' && values.every((value) => value !== '' && !/[={}<>$;|]/.test(value));
  if (whole) return { kind: 'metric', name: name.replace(/^_+/, ''), args: values, ...span(text, at) };
  return { ...bad('not-a-metric', 'something like a query or an open bracket', 'name a metric of the catalogue: `p95(checkout)`'), ...span(text, at) };
}

function bad(code: string, reason: string, remedy: string): { readonly kind: 'bad'; readonly code: string; readonly reason: string; readonly remedy: string } {
  return { kind: 'bad', code, reason, remedy };
}

function span(text: string, start: number): Span {
  return { text, start, end: start + text.length };
}

function match(pattern: RegExp, line: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? null;
}
