// How the job ends: its exit code is the gate, where the job is the check.
import type { Decision } from '../src/model/decision.ts';
import type { Trigger } from '../src/model/trigger.ts';
import type { Inputs } from './inputs.ts';

/** Exit code of a decision. A job started by a comment stands on the default branch, where a red mark would accuse the wrong commit: it stays green. */
export function exitCode(decision: Decision, { failOn, trigger }: { readonly failOn: Inputs['failOn']; readonly trigger: Trigger }): 0 | 1 {
  if (!answersForHead(trigger)) return 0;
  switch (failOn) {
    case 'never':
      return 0;
    case 'problem':
      return decision.verdict === 'fail' || decision.problems.length > 0 ? 1 : 0;
    case 'failure':
      return decision.verdict === 'fail' ? 1 : 0;
  }
}

/** Somebody who starts the workflow by hand for one pull request wants its answer too. */
function answersForHead(trigger: Trigger): boolean {
  if (trigger.kind === 'merge-group') return true;
  return trigger.kind === 'gate' && (trigger.ownCheck || trigger.event === 'workflow_dispatch');
}
