// A problem together with the rule that raised it: the rule's roll-out decides how strongly it binds.
import type { Problem } from '../model/problem.ts';

export interface Objection {
  readonly rule: 'tier' | 'linked' | 'complete' | 'measurable' | 'reason' | 'configuration';
  readonly problem: Problem;
}

/** Each problem as an objection of one rule. */
export function objections(rule: Objection['rule'], problems: readonly Problem[]): readonly Objection[] {
  return problems.map((problem) => ({ rule, problem }));
}
