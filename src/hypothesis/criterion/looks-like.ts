// Tells a line that means to be a criterion from plain prose in a list.
import { createCursor } from './cursor.ts';
import { cutEvidence } from './evidence.ts';
import { takePrefix } from './prefix.ts';
import { tokenize } from './tokens.ts';
import type { Meaning } from './words.ts';

const OPENINGS: readonly Meaning[] = ['reduce', 'raise', 'keep', 'halves', 'doubles', 'atMost', 'atLeast', 'peak', 'when'];
const VERBS: readonly Meaning[] = ['fall', 'rise', 'stay', 'exceed', 'undercut', 'below', 'above', 'atMost', 'atLeast', 'halves', 'doubles', 'unchanged', 'within', 'burns', 'never', 'reach'];
/** How far from its start a line shows what it is. */
const REACH = 7;

/** `throughput 3x faster`, `fewer than 3 kills a week`: short, with a number and a comparison. `3 more replicas` is prose. */
const COMPARES = /\b(?:faster|slower|higher|lower|fewer|twice)\b|\b[0-9]{1,6}(?:\.[0-9]{1,3})?\s?[x×](?![\w])/i;
const SHORT = 80;

/** True for a line that starts like a criterion: it is read, or its problem is told. */
export function looksLikeCriterion(text: string): boolean {
  const line = text.slice(0, 500);
  const prefixed = takePrefix(line, 'with-label');
  if (prefixed.role !== null || prefixed.manual || cutEvidence(line.slice(prefixed.start)) !== null) return true;
  if (/^\W{0,4}(?:roll(?:ing)?[ -]?back|revert|abort|undo) (?:if|when)\b/i.test(line)) return true;
  const tokens = tokenize(line.slice(prefixed.start));
  const cursor = createCursor(line, tokens);
  const first = tokens[0];
  if (first === undefined) return false;
  if (line.length <= SHORT && /[0-9]/.test(line) && COMPARES.test(line)) return true;
  if (first.kind === 'metric' || first.kind === 'bad' || (first.kind === 'word' && /\w_\w|\w\d/.test(first.text))) return true;
  if (OPENINGS.some((meaning) => cursor.sees(meaning)) || (first.kind === 'word' && ['no', 'zero', 'without'].includes(first.lower) && tokens.length <= 6)) return true;
  for (let at = 1; at < Math.min(REACH, tokens.length); at++) {
    cursor.reset(at);
    const weak = cursor.sees('within') && tokens[at + 1]?.kind !== 'number';
    if (!weak && VERBS.some((meaning) => cursor.sees(meaning))) return true;
  }
  return tokens.some((token) => token.kind === 'metric' || (token.kind === 'sign' && ['<', '<=', '>', '>=', '%'].includes(token.sign)));
}
