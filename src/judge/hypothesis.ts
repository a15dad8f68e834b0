// From the verdicts of its criteria to the outcome of a hypothesis, by what was asked of the change.
import { assertNever } from '../errors.ts';
import type { Role } from '../model/hypothesis.ts';
import type { OpenReason, Reason, Word } from './verdict.ts';

export interface Judged {
  readonly role: Role;
  readonly verdict: Word;
  readonly reason: Reason;
}

/** What a change was made for; a step of a programme is judged as its programme. */
export type JudgedIntent = 'improve' | 'save' | 'insure' | 'oblige' | 'repair';

export type Outcome = 'validated' | 'refuted' | 'inconclusive' | 'held' | 'broke' | 'not exercised' | 'no harm' | 'harm';

/**
 * Validated: every goal and every guardrail met; refuted: any missed; else inconclusive. The words differ by intent: insurance *held*, *broke* or
 * was never *exercised*; what had to be done did *no harm* or did, and is never validated.
 */
export function judgeHypothesis(verdicts: readonly Judged[], intent: JudgedIntent): Outcome {
  switch (intent) {
    case 'improve':
    case 'save':
    case 'repair':
      return summed(verdicts, { met: 'validated', missed: 'refuted', open: 'inconclusive' });
    case 'insure':
      return summed(verdicts, { met: 'held', missed: 'broke', open: verdicts.some(isUnexercised) ? 'not exercised' : 'inconclusive' });
    case 'oblige':
      // Harm is a guardrail broken. What it was good for besides, nobody had to promise.
      return summed(verdicts.filter(({ role }) => role === 'guardrail'), { met: 'no harm', missed: 'harm', open: 'inconclusive' });
    default:
      return assertNever(intent);
  }
}

interface Words {
  readonly met: Outcome;
  readonly missed: Outcome;
  readonly open: Outcome;
}

/** No verdict at all is never a pass. */
function summed(verdicts: readonly Judged[], { met, missed, open }: Words): Outcome {
  if (verdicts.some(({ verdict }) => verdict === 'missed')) return missed;
  return verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === 'met') ? met : open;
}

const unexercised: readonly (OpenReason | Reason)[] = ['not-exercised', 'not-exercised-before'];

function isUnexercised({ reason }: Judged): boolean {
  return unexercised.includes(reason);
}
