// The decision when there could be none: our own error, told as such, and never a pull request's fault.
import type { ChangeRef } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';

export interface NotEvaluated {
  readonly change: ChangeRef | null;
  readonly headSha: string | null;
  readonly at: string;
  /** What happened, in a sentence without secrets. */
  readonly why: string;
  /** `block`: for those who would rather wait than merge unseen. */
  readonly onError: 'pass' | 'block';
  /** Whether it is tried again without anybody's doing; it is unless said. */
  readonly again?: 'by-itself' | 'when-asked';
}

/** The note of an evaluation that is not tried again. */
const GIVEN_UP = 'given-up';

/** "Could not evaluate, trying again": neutral, or failure where the host was told to block. */
export function decideNotEvaluated({ change, headSha, at, why, onError, again = 'by-itself' }: NotEvaluated): Decision {
  return {
    change, subject: '', headSha, at, mode: 'enforce', config: { kind: 'defaults', place: null }, situation: 'not-evaluated',
    verdict: onError === 'block' ? 'fail' : 'neutral', enforced: 'neutral', inScope: false, tier: 'none', intent: null,
    scope: [], facts: [], cost: null, hypothesis: null, waiver: null, problems: [], configProblems: [], notes: [{ code: again === 'by-itself' ? 'not-evaluated' : GIVEN_UP, text: why }],
    draft: null, asks: [], findings: [], preflight: [], memory: [], incidentLabel: null, urgent: false, state: { waived: {}, seen: null }, answers: [],
  };
}
