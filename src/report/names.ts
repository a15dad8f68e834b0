// Names in a text: metrics and criteria as they were written, pull requests as GitHub links them.
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { Role } from '../model/hypothesis.ts';
import { cutLine } from './budget.ts';
import { code } from './escape.ts';
import type { Shows } from './shows.ts';

/** A metric in a sentence. */
export function metricName(name: string): string {
  return code(cutLine(name, 100));
}

/** Inside a table a pipe ends the cell even in a code span, unless it is escaped. */
export function tableCode(text: string, max: number): string {
  return code(cutLine(text, max)).replaceAll('|', '\\|');
}

/** Says in a table that a criterion is a guardrail, where its own words don't. */
export function guardrailNote(named: string, role: Role): string {
  return role === 'guardrail' && !/^`?guardrail\b/i.test(named) ? '<br>guardrail' : '';
}

/** `#12`, which GitHub links; of another repository in a code span, so that nothing is told there, and without its name where readers may not know it. */
export function nameOf(change: ChangeRef, from: RepoRef, { elsewhere }: Pick<Shows, 'elsewhere'>): string {
  if (inSame(change, from)) return `#${change.number}`;
  return elsewhere ? code(`${change.owner}/${change.repo}#${change.number}`) : 'one of another repository';
}

export function isSame(a: ChangeRef, b: ChangeRef): boolean {
  return a.number === b.number && inSame(a, b);
}

export function inSame(a: RepoRef, b: RepoRef): boolean {
  return a.owner === b.owner && a.repo === b.repo;
}
