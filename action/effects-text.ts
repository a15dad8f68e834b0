// Effects in words, for the log and the summary of a dry run.
import { assertNever } from '../src/errors.ts';
import type { Applied } from '../src/effects/apply.ts';
import type { Effect } from '../src/model/effect.ts';

/** One line an effect. */
export function describeEffects(effects: readonly Effect[]): readonly string[] {
  return effects.map(describe);
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'post-check':
      return `post the check run "${effect.check.title}"`;
    case 'create-comment':
      return `write a comment on #${effect.change.number} (${effect.body.length} characters)`;
    case 'edit-comment':
      return `edit comment ${effect.commentId} on #${effect.change.number}`;
    case 'delete-comment':
      return `delete comment ${effect.commentId} on #${effect.change.number}`;
    case 'add-label':
      return `add the label \`${effect.label.name}\` to #${effect.change.number}`;
    case 'remove-label':
      return `remove the label \`${effect.name}\` from #${effect.change.number}`;
    case 'react':
      return `react with ${effect.content} to comment ${effect.commentId}`;
    case 'claim':
      return `claim the record in comment ${effect.commentId}`;
    case 'create-issue':
      return `open the issue "${effect.title}"`;
    case 'edit-issue':
      return `edit issue #${effect.issue.number} (${effect.body.length} characters)`;
    case 'rerun':
      return `run job ${effect.jobId} again`;
    default:
      return assertNever(effect);
  }
}

/** What was refused: one sentence a permission, however many effects needed it. */
export function refusals(applied: readonly Applied[]): readonly string[] {
  const refused = applied.flatMap(({ outcome }) => (outcome.kind === 'refused' ? [outcome] : []));
  const byPermission = new Map(refused.map((outcome) => [outcome.permission ?? outcome.reason, outcome]));
  return [...byPermission.values()].map(({ reason, permission }) =>
    permission === null ? reason : `Comment, labels or re-run could not be written: the token lacks the permission \`${permission}\`. The check itself holds; a fork's token is always read-only.`,
  );
}
