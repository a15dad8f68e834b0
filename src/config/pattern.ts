// Patterns for template parameters: the part of regular expressions that can't be made slow.
import { MAX_PATTERN_LENGTH, MAX_PATTERN_REPETITIONS } from './limits.ts';

/** One piece of a pattern: a class, an escape, a group's bracket, a bar, or one character; then its repetition. */
const PIECE = /(\[\^?(?:\\.|[^\]\\]){1,100}\]|\\[dwDW.+*?()[\]{}|^$/\\-]|\(\?:|\(|\)|\||[^[\](){}*+?\\|])([*+?]|\{\d{1,3}(?:,\d{0,3})?\})?/y;

/**
 * Why a pattern can't be used, as what is allowed instead; null if it can.
 * A group may not repeat, and only a few repetitions may be of open length: so matching a name takes time
 * that is at most the third power of its length, whatever the name.
 */
export function faultOfPattern(pattern: string): string | null {
  if (pattern === '') return 'a pattern such as `[a-z][a-z0-9-]*` (it is empty)';
  if (pattern.length > MAX_PATTERN_LENGTH) return `a pattern of at most ${MAX_PATTERN_LENGTH} characters`;
  let depth = 0;
  let open = 0;
  for (let at = 0; at < pattern.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const [, piece, repeat] = PIECE.exec(pattern) ?? [];
    if (piece === undefined) return `letters, digits, classes \`[a-z]\`, groups and repetitions (character ${at + 1}, \`${pattern.slice(at, at + 5).replaceAll('`', ' ')}\`, can’t stand here)`;
    if (piece.startsWith('(')) depth++;
    if (piece === ')') depth--;
    if (depth < 0) return 'a `(` for every `)`';
    if (repeat !== undefined && /^(?:\(|\||\(\?:)$/.test(piece)) return 'something to repeat before each `*`, `+`, `?`';
    if (repeat !== undefined && repeat !== '?' && piece === ')') return 'groups that don’t repeat (a repeated group can take for ever): use a class such as `[a-z0-9-]*`';
    if (repeat !== undefined && repeat !== '?' && !/^\{\d+\}$/.test(repeat)) open++;
  }
  if (depth > 0) return 'a `)` for every `(`';
  if (open > MAX_PATTERN_REPETITIONS) return `at most ${MAX_PATTERN_REPETITIONS} repetitions of open length (\`*\`, \`+\`, \`{1,5}\`)`;
  return compiles(pattern) ? null : 'a pattern that can be compiled';
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
