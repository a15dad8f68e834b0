// A place in a line of tokens: what stands there, what of the grammar fits, and the first thing that must be refused.
import type { Token } from './tokens.ts';
import { WORDS_BY_FIRST, type Meaning } from './words.ts';

/** Why a line can't be a criterion: `at` and `to` bound the words in question (offsets in the line). */
export interface Refusal {
  readonly code: string;
  readonly at: number;
  readonly to: number;
  readonly expected: string;
  readonly remedy: string;
}

/** Walks over tokens; the methods that take something return whether (or what) they took. */
export interface Cursor {
  readonly line: string;
  readonly peek: (ahead?: number) => Token | undefined;
  readonly next: () => Token | undefined;
  readonly position: () => number;
  readonly reset: (position: number) => void;
  readonly ended: () => boolean;
  readonly sees: (meaning: Meaning) => boolean;
  /** Takes the longest phrase of a meaning. */
  readonly take: (meaning: Meaning) => boolean;
  readonly takeWord: (...words: readonly string[]) => boolean;
  readonly takeSign: (...signs: readonly string[]) => boolean;
  /** Keeps the first refusal; a line with one is never read. Returns null, so that a rule can end with it. */
  readonly refuse: (code: string, expected: string, remedy: string) => null;
  readonly refusal: () => Refusal | null;
  /** The furthest token that was looked at when a rule failed. */
  readonly offset: () => number;
}

export function createCursor(line: string, tokens: readonly Token[]): Cursor {
  let index = 0;
  let refusal: Refusal | null = null;
  const peek = (ahead = 0): Token | undefined => tokens[index + ahead];
  const length = (meaning: Meaning): number => {
    const first = wordAt(tokens[index]);
    if (first === null) return 0;
    for (const words of WORDS_BY_FIRST.get(meaning)?.get(first) ?? []) {
      if (words.every((word, nth) => wordAt(tokens[index + nth]) === word)) return words.length;
    }
    return 0;
  };
  const offset = (): number => tokens[index]?.start ?? line.trimEnd().length;
  return {
    line, peek, offset,
    next: () => tokens[index++],
    position: () => index,
    reset: (position) => { index = position; },
    ended: () => index >= tokens.length,
    sees: (meaning) => length(meaning) > 0,
    take: (meaning) => {
      const taken = length(meaning);
      index += taken;
      return taken > 0;
    },
    takeWord: (...words) => {
      const token = peek();
      const found = token?.kind === 'word' && words.includes(token.lower);
      if (found) index++;
      return found;
    },
    takeSign: (...signs) => {
      const token = peek();
      const found = token?.kind === 'sign' && signs.includes(token.sign);
      if (found) index++;
      return found;
    },
    refuse: (code, expected, remedy) => {
      refusal ??= { code, at: offset(), to: line.trimEnd().length, expected, remedy };
      return null;
    },
    refusal: () => refusal,
  };
}

/** What the table compares: a word in lower case, a sign as it is. */
function wordAt(token: Token | undefined): string | null {
  if (token === undefined) return null;
  if (token.kind === 'word') return token.lower;
  if (token.kind === 'sign') return token.sign;
  return token.kind === 'number' ? token.text : null;
}
