// Which open changes an event that is not about one of them may concern.
import { findHypothesis } from '../hypothesis/find.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Reference } from '../model/hypothesis.ts';
import type { Trigger } from '../model/trigger.ts';
import type { OpenChange } from '../ports/forge.ts';

/** A bounded sweep: the rest is looked at when it moves, or on the next one. */
const CHANGES_MAX = 100;

/** All open changes, or only those that refer to the issue that was edited. */
export function touchedChanges(open: readonly OpenChange[], { repo, issue }: Trigger & { kind: 'sweep' }): readonly ChangeRef[] {
  const touched = issue === null ? open : open.filter(({ body }) => refersTo(body, { ...repo, number: issue }));
  return touched.slice(0, CHANGES_MAX).map(({ ref }) => ref);
}

function refersTo(body: string, issue: ChangeRef): boolean {
  const { references, step } = findHypothesis(body, 'pull request body');
  const named = [...references, ...(step ? [step] : [])].some((reference) => isIssue(reference, issue));
  return named || new RegExp(`\\b(close[sd]?|fix(e[sd])?|resolve[sd]?):? +#${issue.number}\\b`, 'i').test(body);
}

function isIssue(reference: Reference, issue: ChangeRef): boolean {
  if (reference.kind !== 'issue' || reference.number !== issue.number) return false;
  return reference.repo === null || `${reference.owner}/${reference.repo}`.toLowerCase() === `${issue.owner}/${issue.repo}`.toLowerCase();
}
