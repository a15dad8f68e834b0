// Where an experiment stands, in one line: when it is measured, how it ended, who decided what.
import { assertNever } from '../errors.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Experiment, KeepUndoAccept, Withdrawal } from '../model/experiment.ts';
import type { EffectStart } from '../model/hypothesis.ts';
import { renderDuration } from '../quantity/duration.ts';
import { cutLine } from './budget.ts';
import { code, escapeText } from './escape.ts';
import { isSame, nameOf } from './names.ts';
import type { Shows } from './shows.ts';
import { renderDay, renderInstant } from './when.ts';

interface Standing {
  /** When measuring ends, ISO 8601. */
  readonly until: string | null;
  /** The pull request or issue on which it will be read. */
  readonly on: ChangeRef;
  readonly shows: Pick<Shows, 'elsewhere'>;
}

/** Markdown: "Measuring until Tue 12 May 14:00 UTC." */
export function renderStanding(experiment: Experiment, { until, on, shows }: Standing): string {
  const { result, withdrawal, decision, effect, schedule } = experiment;
  if (withdrawal !== null) return renderWithdrawn(withdrawal);
  if (result !== null) return [`**Outcome: ${result.outcome}**, ${experiment.silent ? 'measured' : 'told'} ${renderDay(result.at)}${renderTold(experiment, { on, shows })}.`, ...(decision === null ? [] : [renderDecision(decision)])].join(' ');
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

/** GitHub leads from a comment's anchor to the comment, but only on its own page. */
function renderTold({ toldIn }: Experiment, { on, shows }: Pick<Standing, 'on' | 'shows'>): string {
  if (toldIn === null) return '';
  return isSame(toldIn.change, on) ? `, [in this comment](#issuecomment-${toldIn.commentId})` : `, in full on ${nameOf(toldIn.change, on, shows)}`;
}
