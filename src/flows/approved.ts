// What reviewers approved, where the hypothesis stands in the pull request's own body.
import type { Approved } from '../experiment/amend.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import type { Decision } from '../model/decision.ts';
import { renderDay } from '../report/when.ts';
import type { Visited } from './caretaker.ts';
import type { Host } from './handle.ts';

/** The criteria as the last approval saw them; null where nobody approved, or where the hypothesis is written elsewhere. */
export async function readApproved({ page }: Visited, { hypothesis }: Decision, { reader }: Host): Promise<Approved | null> {
  if (hypothesis?.source !== 'inline' || hypothesis.criteria.length === 0) return null;
  const approval = await reader.readApproval(page.change.ref);
  if (approval === null) return null;
  const { inline } = findHypothesis(approval.body, 'pull request body');
  const seen = inline === null ? null : inline.ok ? inline.value : (inline.readable ?? null);
  return { by: approval.by ?? 'somebody', day: renderDay(approval.at), criteria: seen?.criteria.map(({ text }) => text) ?? [] };
}
