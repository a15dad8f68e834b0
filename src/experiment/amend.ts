// Edits after the approval and after the lock: shown with their date, once each, and never a change of what is judged.
import type { Amendment, Experiment } from '../model/experiment.ts';

/** The experiment with the amendment that its hypothesis reads differently now; unchanged where it reads as it was locked. */
export function noteEdit(experiment: Experiment, now: { readonly claim: string; readonly criteria: readonly string[] } | null, at: string): Experiment {
  const text = describe(experiment, now);
  if (text === null || experiment.amendments.some((known) => known.text === text)) return experiment;
  return { ...experiment, amendments: [...experiment.amendments, { at, text }] };
}

/** The criteria that a review approved, who did and on which day. */
export interface Approved {
  readonly by: string;
  readonly day: string;
  readonly criteria: readonly string[];
}

/** What was locked reads differently from what was approved. */
export function noteApproval({ by, day, criteria }: Approved, locked: readonly string[], at: string): readonly Amendment[] {
  const missing = (texts: readonly string[], from: readonly string[]): readonly string[] => texts.filter((text) => !from.some((other) => normal(other) === normal(text)));
  const changed = renderChange(missing(criteria, locked), missing(locked, criteria));
  return changed === null ? [] : [{ at, text: `edited after ${by} approved it on ${day} (${changed})` }];
}

function renderChange(gone: readonly string[], added: readonly string[]): string | null {
  const parts = [...(gone.length === 0 ? [] : [`gone: ${gone.join('; ')}`]), ...(added.length === 0 ? [] : [`new: ${added.join('; ')}`])];
  return parts.length === 0 ? null : parts.join('. ');
}

function describe({ criteria }: Experiment, now: { readonly criteria: readonly string[] } | null): string | null {
  if (now === null) return 'the hypothesis was removed after the lock; what was locked counts';
  const locked = new Set(criteria.map(({ text }) => normal(text)));
  const added = now.criteria.filter((text) => !locked.has(normal(text)));
  const present = new Set(now.criteria.map(normal));
  const gone = criteria.filter(({ text, place }) => place.file !== CHOSEN && !present.has(normal(text)) && !isExpanded(text)).map(({ text }) => text);
  const changed = renderChange(gone, added);
  return changed === null ? null : `the hypothesis was edited after the lock (${changed}); what was locked counts`;
}

/** Nobody wrote these, so nobody can take them out. */
export const CHOSEN = 'chosen by Yardstick';

/** `… for each service (p95(orders))`: the line as written stands once, its measurements several times. */
function isExpanded(text: string): boolean {
  return /\bfor (?:each|every) /.test(text) && text.endsWith(')');
}

function normal(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
