// Problems as a list to work through: where, what is there, and what to write instead, ready to copy.
import type { Place, Problem } from '../model/problem.ts';
import { cutLine, sizeOf } from './budget.ts';
import { code, escapeText, fence, inline } from './escape.ts';

const SHOWN = 20;
const TEXT_LENGTH = 300;
const REMEDY_LENGTH = 1_000;
/** Bytes of the whole list: what does not fit is counted, the rest of the comment still fits beside it. */
const LIST_MAX = 30_000;

/** A numbered list; what is beyond 20 or beyond the room is counted. */
export function renderProblems(problems: readonly Problem[]): string {
  const items: string[] = [];
  let size = 0;
  for (const [index, problem] of problems.slice(0, SHOWN).entries()) {
    const item = renderProblem(problem, index + 1);
    size += sizeOf(item) + 1;
    if (size > LIST_MAX) break;
    items.push(item);
  }
  const left = problems.length - items.length;
  return [...items, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}

function renderProblem({ place, found, expected, remedy, copy }: Problem, number: number): string {
  const where = place === null ? '' : `${renderPlace(place)}: `;
  const what = `${number}. ${where}${inline(cutLine(found, TEXT_LENGTH)).replace(/\.$/, '')}. Expected: ${inline(cutLine(expected, TEXT_LENGTH)).replace(/\.$/, '')}.`;
  if (copy !== undefined) return `${what}\n   Write instead:\n${indent(fence(cutLine(copy, REMEDY_LENGTH), 'text'))}`;
  return remedy === '' ? what : `${what}\n   **Mend it:** ${inline(cutLine(remedy, TEXT_LENGTH))}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}

/** `hypotheses/redis.md`, line 5; the description is called what GitHub calls it. */
export function renderPlace({ file, line }: Place): string {
  return file === 'pull request body' ? `${escapeText('Description')}, line ${line}` : `${code(cutLine(file, 120))}, line ${line}`;
}
