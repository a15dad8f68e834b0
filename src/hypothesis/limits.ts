// What is read at most, so that no text costs more than its size.
import type { Place, Problem } from '../model/problem.ts';

/** GitHub's own limit of a body (https://docs.github.com/rest/issues): 65,536 characters. */
export const MAX_TEXT_LENGTH = 65_536;

/** The problem of a text that is too long; null where it isn't. */
export function checkLength(text: string, place: Place): Problem | null {
  if (text.length <= MAX_TEXT_LENGTH) return null;
  return { code: 'text-too-large', place, found: `${text.length} characters`, expected: `at most ${MAX_TEXT_LENGTH} characters`, remedy: 'shorten it, or write the hypothesis into a file of its own: `Hypothesis: hypotheses/redis-sessions.md`' };
}
