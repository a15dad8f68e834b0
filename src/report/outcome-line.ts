// Where an experiment stands, in one line: when it is measured, how it ended, who decided what.
import { assertNever } from '../errors.ts';
import type { Experiment, KeepUndoAccept, Withdrawal } from '../model/experiment.ts';
import type { EffectStart } from '../model/hypothesis.ts';
import { renderDuration } from '../quantity/duration.ts';
import { cutLine } from './budget.ts';
import { code, escapeText } from './escape.ts';
import { renderDay, renderInstant } from './when.ts';

/** `until`: when measuring ends. Markdown: "Measuring until Tue 12 May 14:00 UTC." */
export function renderStanding(experiment: Experiment, until: string | null): string {
  const { result, withdrawal, decision, effect, schedule } = experiment;
  if (withdrawal !== null) return renderWithdrawn(withdrawal);
  if (result !== null) return [`**Outcome: ${result.outcome}**, told ${renderDay(result.at)}${renderTold(experiment)}.`, ...(decision === null ? [] : [renderDecision(decision)])].join(' ');
  if (effect === null) return `**Not measured yet.** The clock starts ${renderStart(schedule.start)}${schedule.settle === 0 ? ', and' : `; ${renderDuration(schedule.settle)} later`} ${renderDuration(schedule.window)} of measuring begin.`;
  return `**Measuring${until === null ? '' : ` until ${renderInstant(until)}`}.** The effect began ${renderInstant(effect.at)}: ${escapeText(cutLine(effect.text, 200))}.`;
}

/** "with the deployment to `production`". */
export function renderStart(start: EffectStart): string {
  switch (start.kind) {
    case 'deployment':
      return `with the deployment to ${code(cutLine(start.environment, 100))}`;
    case 'merge':
      return 'with the merge';
    case 'release':
      return 'with the next release';
    case 'change':
      return `with ${code(cutLine(start.ref, 150))}`;
    default:
      return assertNever(start);
  }
}

const DECIDED: Readonly<Record<KeepUndoAccept['what'], string>> = { keep: 'keeps it', undo: 'undoes it', accept: 'accepts that it missed, and it stays' };

/** "ada keeps it: traffic doubles in June." */
export function renderDecision({ what, by, reason, at }: KeepUndoAccept): string {
  return `**${escapeText(by)} ${DECIDED[what]}**, ${renderDay(at)}${reason === null ? '' : `: ${escapeText(cutLine(reason.replace(/[.\s]+$/, ''), 400))}`}.`;
}

/** How it ended without a verdict. */
export function renderWithdrawn({ why, by, reason, at }: Withdrawal): string {
  const who = by === null ? '' : ` by ${escapeText(by)}`;
  const said = reason === null ? '' : `: ${escapeText(cutLine(reason.replace(/[.\s]+$/, ''), 400))}`;
  switch (why) {
    case 'reverted':
      return `**Withdrawn: reverted**${who}, ${renderDay(at)}, before the verdict${said}. It is not judged.`;
    case 'withdrawn':
      return `**Withdrawn**${who}, ${renderDay(at)}${said}. It is not judged.`;
    case 'record-lost':
      return `**Inconclusive: record lost**, ${renderDay(at)}. Both copies of what was agreed are gone or damaged${said}, so nothing can be judged by it. That is no pass.`;
    default:
      return assertNever(why);
  }
}

/** GitHub leads from a comment's anchor to the comment, on the page of the same pull request or issue. */
function renderTold({ toldIn, repo, members }: Experiment): string {
  if (toldIn === null) return '';
  const { change, commentId } = toldIn;
  const here = members.length === 1 && members[0]?.change.number === change.number && change.owner === repo.owner && change.repo === repo.repo;
  return here ? `, [in this comment](#issuecomment-${commentId})` : `, in full on ${change.owner === repo.owner && change.repo === repo.repo ? `#${change.number}` : code(`${change.owner}/${change.repo}#${change.number}`)}`;
}
