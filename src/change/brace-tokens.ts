// Cuts lines of a brace format into tokens; comments vanish here, strings and heredocs come whole.
import type { SourceLine } from './side.ts';

export type Dialect = 'hcl' | 'json' | 'jsonnet' | 'flow';

export interface Token {
  readonly kind: 'open' | 'close' | 'comma' | 'newline' | 'separator' | 'heredoc' | 'word' | 'string';
  /** For strings the text between the quotes. */
  readonly text: string;
  readonly line: SourceLine;
  readonly column: number;
  /** Column behind its last character. */
  readonly end: number;
  /** The lines of a heredoc. */
  readonly body: readonly SourceLine[] | null;
}

const PUNCTUATION: ReadonlyMap<string, Token['kind']> = new Map([
  ['{', 'open'], ['[', 'open'], ['(', 'open'], ['}', 'close'], [']', 'close'], [')', 'close'], [',', 'comma'], [';', 'comma'],
]);
const WORD = /[^\s{}[\](),;"'#=:]/y;
const HEREDOC = /<<[-~]?["']?([A-Za-z_]\w{0,60})["']?\s*$/y;

/** Tokens in order, a `newline` behind each line. Linear; an unclosed string ends with its line. */
export function* tokensOf(lines: readonly SourceLine[], dialect: Dialect): Generator<Token> {
  let inComment = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as SourceLine;
    const text = line.text;
    let column = 0;
    while (column < text.length) {
      if (inComment) {
        const close = text.indexOf('*/', column);
        inComment = close < 0;
        column = inComment ? text.length : close + 2;
        continue;
      }
      const char = text[column] as string;
      if (char === ' ' || char === '\t') {
        column += 1;
        continue;
      }
      if (startsComment(text, column, dialect)) break;
      if (char === '/' && text[column + 1] === '*' && dialect !== 'flow') {
        inComment = true;
        column += 2;
        continue;
      }
      const body = blockBody(lines, { index, column }, dialect);
      if (body !== null) {
        yield { kind: 'heredoc', text: '', line, column, end: text.length, body };
        index += body.length + 1;
        break;
      }
      const token = tokenAt(line, column, dialect);
      yield token;
      column = token.end;
    }
    yield { kind: 'newline', text: '', line, column: text.length, end: text.length, body: null };
  }
}

function startsComment(text: string, column: number, dialect: Dialect): boolean {
  if (text[column] === '#') return true;
  return text[column] === '/' && text[column + 1] === '/' && dialect !== 'flow';
}

/** The lines of a heredoc (HCL) or text block (jsonnet) that opens here; null if none does. */
function blockBody(lines: readonly SourceLine[], { index, column }: { readonly index: number; readonly column: number }, dialect: Dialect): readonly SourceLine[] | null {
  const text = (lines[index] as SourceLine).text;
  let end: string | null = null;
  if (dialect === 'hcl' && text.startsWith('<<', column)) {
    HEREDOC.lastIndex = column;
    end = HEREDOC.exec(text)?.[1] ?? null;
  } else if (dialect === 'jsonnet' && text.startsWith('|||', column)) end = '|||';
  if (end === null) return null;
  let last = index + 1;
  while (last < lines.length && !endsBlock((lines[last] as SourceLine).text, end)) last += 1;
  return lines.slice(index + 1, last);
}

function endsBlock(text: string, end: string): boolean {
  const bare = text.trim();
  return end === '|||' ? bare.startsWith('|||') : bare === end || bare === `${end},`;
}

function tokenAt(line: SourceLine, column: number, dialect: Dialect): Token {
  const text = line.text;
  const char = text[column] as string;
  const punctuation = PUNCTUATION.get(char);
  if (punctuation !== undefined) return { kind: punctuation, text: char, line, column, end: column + 1, body: null };
  if (char === '"' || (char === "'" && dialect !== 'hcl')) {
    const close = stringEnd(text, column, dialect);
    return { kind: 'string', text: text.slice(column + 1, close), line, column, end: Math.min(close + 1, text.length), body: null };
  }
  if (char === '=' || char === ':') return separatorAt(line, column);
  return { ...wordAt(line, column, dialect), line, column, body: null };
}

/** `=`, `:`, jsonnet's `::`; but `==` and `=>` are words. */
function separatorAt(line: SourceLine, column: number): Token {
  let end = column + 1;
  while (line.text[end] === '=' || line.text[end] === ':' || line.text[end] === '>') end += 1;
  const text = line.text.slice(column, end);
  const kind = text === '=' || /^:{1,3}$/.test(text) ? 'separator' : 'word';
  return { kind, text, line, column, end, body: null };
}

function wordAt(line: SourceLine, column: number, dialect: Dialect): { readonly kind: 'word'; readonly text: string; readonly end: number } {
  let end = column;
  const text = line.text;
  while (end < text.length) {
    WORD.lastIndex = end;
    if (!WORD.test(text)) {
      // `>=`, `!=`, `<=` belong together; YAML flow and JSON hold `a:b` as one word.
      const glued = text[end] === '=' ? /[<>!]/.test(text[end - 1] ?? '') : text[end] === ':' && dialect === 'flow' && /\S/.test(text[end + 1] ?? ' ');
      if (!glued || end === column) break;
    }
    end += 1;
  }
  if (end === column) end += 1;
  const word = text.slice(column, end);
  return { kind: 'word', text: dialect === 'jsonnet' && word.length > 1 && word.endsWith('+') ? word.slice(0, -1) : word, end };
}

/** Index of the closing quote; the line's end where it is missing. In HCL a quote inside `${…}` closes nothing. */
function stringEnd(text: string, column: number, dialect: Dialect): number {
  const quote = text[column];
  let depth = 0;
  for (let at = column + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (dialect === 'hcl' && (char === '$' || char === '%') && text[at + 1] === '{') {
      depth += 1;
      at += 1;
    } else if (depth > 0 && char === '}') depth -= 1;
    else if (depth === 0 && char === quote) return at;
  }
  return text.length;
}
