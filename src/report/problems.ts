// Problems as a list to work through: where, what is there, and what to write instead, ready to copy.
import type { Place, Problem } from '../model/problem.ts';
import { cutLine, renderSome } from './budget.ts';
import { code, escapeText, fence, inline } from './escape.ts';

const SHOWN = 20;
const TEXT_LENGTH = 400;

/** A numbered list; more than 20 are counted. */
export function renderProblems(problems: readonly Problem[]): string {
  return renderSome(problems, SHOWN, (problem, index) => renderProblem(problem, index + 1)).join('\n');
}

function renderProblem({ place, found, expected, remedy }: Problem, number: number): string {
  const where = place === null ? '' : `${renderPlace(place)}: `;
  const what = `${number}. ${where}${inline(cutLine(found, TEXT_LENGTH))}. Expected: ${inline(cutLine(expected, TEXT_LENGTH)).replace(/\.$/, '')}.`;
  return `${what}\n${renderRemedy(remedy)}`;
}

/** Words stay words; a line to copy becomes a block with a copy button. */
function renderRemedy(remedy: string): string {
  if (!isCopyable(remedy)) return `   **Mend it:** ${inline(cutLine(remedy, TEXT_LENGTH))}`;
  return `   Write instead:\n${indent(fence(remedy.slice(0, 2_000), 'text'))}`;
}

/** Remedies that are sentences end with a full stop or quote what they mean. */
function isCopyable(remedy: string): boolean {
  return remedy !== '' && !remedy.includes('`') && !/[.!?:”]$/.test(remedy.trim());
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}

/** `hypotheses/redis.md`, line 5; the description is called what GitHub calls it. */
export function renderPlace({ file, line }: Place): string {
  return file === 'pull request body' ? `${escapeText('Description')}, line ${line}` : `${code(cutLine(file, 120))}, line ${line}`;
}
