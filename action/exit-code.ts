// How the job ends: its exit code is the gate, where the job is the check.
import type { Outcome } from '../src/flows/handle.ts';
import type { Trigger } from '../src/model/trigger.ts';
import type { Inputs } from './inputs.ts';

/** Exit code of a decision, or of a worse one on the same head. A job started by a comment stands on the default branch, where a red mark would accuse the wrong commit: it stays green. */
export function exitCode({ result: { decision, told } }: Outcome & { kind: 'gated' }, { failOn, trigger }: { readonly failOn: Inputs['failOn']; readonly trigger: Trigger }): 0 | 1 {
  if (!answersForHead(trigger)) return 0;
  switch (failOn) {
    case 'never':
      return 0;
    case 'problem':
      return told.verdict === 'fail' || decision.problems.length > 0 ? 1 : 0;
    case 'failure':
      return told.verdict === 'fail' ? 1 : 0;
  }
}

/** Of a change that was closed or merged this job is the newest check of its head, with which others may end. */
export function exitCodeOfHead(outcomes: readonly Outcome[], of: { readonly failOn: Inputs['failOn']; readonly trigger: Trigger }): 0 | 1 {
  return outcomes.some((outcome) => outcome.kind === 'gated' && exitCode(outcome, of) === 1) ? 1 : 0;
}

/** Somebody who starts the workflow by hand for one pull request wants its answer too. */
function answersForHead(trigger: Trigger): boolean {
  if (trigger.kind === 'merge-group') return true;
  if (trigger.kind === 'tend') return trigger.headSha != null;
  if (trigger.kind === 'head') return trigger.closed != null;
  return trigger.kind === 'gate' && (trigger.ownCheck || trigger.event === 'workflow_dispatch');
}
