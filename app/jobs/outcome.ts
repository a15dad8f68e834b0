// What became of a turn, in one line: for the log, the inbox and the audit trail.
import { assertNever } from '../../src/errors.ts';
import type { Outcome } from '../../src/flows/handle.ts';

export interface Told {
  readonly subject: string;
  readonly what: string;
  readonly verdict: string | null;
  readonly effects: readonly string[];
  /** Why GitHub did not take the check; null where it did. */
  readonly refused: string | null;
}

export function tellOutcome(outcome: Outcome): Told {
  const nothing = { verdict: null, effects: [], refused: null };
  switch (outcome.kind) {
    case 'gated': {
      const { decision } = outcome.result;
      const refused = outcome.applied.flatMap(({ effect, outcome: became }) => (effect.kind === 'post-check' && became.kind === 'refused' ? [became.reason] : []))[0] ?? null;
      return { subject: changeName(outcome.change), what: `gated: ${decision.situation}${refused === null ? '' : `, but ${refused}`}`, verdict: decision.verdict, refused, effects: outcome.applied.map(({ effect, outcome: became }) => (became.kind === 'done' ? effect.kind : `${effect.kind} refused`)) };
    }
    case 'superseded':
      return { subject: changeName(outcome.change), what: `superseded: ${outcome.reason}`, ...nothing };
    case 'swept':
      return { subject: '', what: `swept: ${outcome.because}`, ...nothing };
    case 'tended':
      return { subject: '', what: `tended ${outcome.result.tended.length} records: ${outcome.because}`, ...nothing, effects: outcome.result.applied.map(({ effect }) => effect.kind) };
    case 'unmapped': case 'ignored':
      return { subject: '', what: `${outcome.kind}: ${outcome.reason}`, ...nothing };
    default:
      return assertNever(outcome);
  }
}

function changeName({ owner, repo, number }: { readonly owner: string; readonly repo: string; readonly number: number }): string {
  return `${owner}/${repo}#${number}`;
}
