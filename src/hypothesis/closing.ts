// Closing keywords: `Closes #12`, `Fixes org/repo#12`, `Resolves https://…/issues/12`. What they name is a reference like any other.
import type { Reference } from '../model/hypothesis.ts';
import { parseReference } from './references.ts';

const KEYWORD = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]{1,9}(\S{1,600})/gi;

/** What a body says that it closes, in its order; `file` names it in places. In time linear in the body. */
export function findClosing(body: string, file: string): readonly Reference[] {
  return body.split('\n').flatMap((line, index) =>
    [...line.matchAll(KEYWORD)].flatMap((found) => parseReference(withoutEnd(found[1] ?? ''), { file, line: index + 1, column: found.index + 1 }) ?? []),
  );
}

/** A bracket or a mark behind a reference belongs to the sentence; a Markdown link ends with its own. */
function withoutEnd(word: string): string {
  return word.startsWith('[') ? word : word.replace(/[)\]}'"!?:]{1,9}[.,;]?$/, '');
}
