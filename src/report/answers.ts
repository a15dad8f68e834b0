// Answers to what people said where the gate is past: in a comment of ours that stands, or in one of their own.
import type { ChangeRef } from '../model/change.ts';
import { cutLine } from './budget.ts';
import { inline } from './escape.ts';
import { renderMarker } from './marker.ts';
import { newestWords } from './newest-words.ts';

const TITLE = '**Answers**';

/** The comment with these answers instead of those that it ended with. */
export function addAnswers(body: string, words: readonly string[]): string {
  const before = body.replaceAll('\r\n', '\n');
  const at = before.indexOf(`\n\n${TITLE}\n`);
  return `${(at === -1 ? before : before.slice(0, at)).trimEnd()}\n\n${renderWords(words)}`;
}

export function renderAnswerComment(change: ChangeRef, words: readonly string[], at: string): string {
  return `${renderMarker({ kind: 'gate', change, at, state: { waived: {}, seen: null } })}\n${renderWords(words)}`;
}

function renderWords(words: readonly string[]): string {
  return [TITLE, ...newestWords(words).map((word) => `- ${inline(cutLine(word, 300))}`)].join('\n');
}
