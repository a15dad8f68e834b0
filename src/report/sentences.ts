// The sentences that several answers share: why a change is in scope, the way out, what was answered to commands.
import type { Decision } from '../model/decision.ts';
import { renderSome } from './budget.ts';
import { code, inline } from './escape.ts';
import { reasonOut } from './title.ts';
import { newestWords } from './newest-words.ts';

/** Why the change is in scope, the strongest reason first; or why it isn't. */
export function renderWhy(decision: Decision): string {
  if (!decision.inScope) return inline(reasonOut(decision));
  const order = ['diff', 'cost', 'path', 'label'];
  const reasons = decision.scope.toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  return reasons.map(({ text }) => inline(text)).join('; ');
}

/** What to do while something burns. */
export function renderWayOut({ incidentLabel }: Decision): string | null {
  if (incidentLabel === null) return null;
  return `**Fixing an incident? Add the label ${code(incidentLabel)}:** the check turns green, and nothing is asked until the load is back to normal.`;
}

/** Remarks that block nothing. */
export function renderNotes({ notes }: Decision): string | null {
  if (notes.length === 0) return null;
  return renderSome(notes, 15, ({ text }) => `- ${inline(text)}`).join('\n');
}

/** One line for each command that needs more than a reaction. */
export function renderAnswers({ answers }: Decision): string | null {
  const spoken = newestWords(answers.flatMap(({ text }) => text ?? []));
  return spoken.length === 0 ? null : spoken.map((text) => `- ${inline(text)}`).join('\n');
}
