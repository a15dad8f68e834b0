// The one line that answers a command about a bet that is merged.
import { assertNever } from '../errors.ts';
import type { KeepUndoAccept } from '../model/experiment.ts';
import { cutLine } from './budget.ts';
import { code, escapeText } from './escape.ts';
import { metricName } from './names.ts';
import { renderInstant } from './when.ts';

/** What became of a command. */
export type Reply =
  | { readonly kind: 'decided'; readonly what: KeepUndoAccept['what']; readonly by: string }
  | { readonly kind: 'decided-before'; readonly what: KeepUndoAccept['what']; readonly by: string; readonly at: string }
  /** The person may not: write access is needed. */
  | { readonly kind: 'not-allowed'; readonly by: string }
  /** keep, undo or accept before there is a verdict. `due` null: its effect has not begun. */
  | { readonly kind: 'no-verdict-yet'; readonly due: string | null }
  /** accept is for what missed; the word of the outcome. */
  | { readonly kind: 'nothing-missed'; readonly outcome: string }
  | { readonly kind: 'no-record' }
  | { readonly kind: 'ended'; readonly how: string }
  | { readonly kind: 'withdrawn'; readonly by: string }
  | { readonly kind: 'deployed'; readonly at: string; readonly until: string }
  /** The clock runs already. */
  | { readonly kind: 'deployed-before'; readonly at: string }
  /** What was written is neither a commit that contains the merge nor an instant since it. */
  | { readonly kind: 'deployed-unclear'; readonly found: string }
  | { readonly kind: 'value-taken'; readonly metric: string; readonly value: string; readonly by: string }
  | { readonly kind: 'value-unreadable'; readonly metric: string; readonly found: string; readonly unit: string | null }
  /** No metric of this record waits for a person under that name. */
  | { readonly kind: 'value-unasked'; readonly metric: string; readonly asked: readonly string[] };

const DONE: Readonly<Record<KeepUndoAccept['what'], string>> = { keep: 'keeps it', undo: 'undoes it', accept: 'accepts it as it is' };

/** Markdown, one line. */
export function renderReply(reply: Reply): string {
  switch (reply.kind) {
    case 'decided':
      return `Noted: ${who(reply.by)} ${DONE[reply.what]}.${reply.what === 'undo' ? ' Reverting stays in your hands: the Revert button, or the command in the verdict.' : ''}`;
    case 'decided-before':
      return `${who(reply.by)} ${DONE[reply.what]} since ${renderInstant(reply.at)}; the first answer stays.`;
    case 'not-allowed':
      return `${who(reply.by)} may not answer here: that takes write access.`;
    case 'no-verdict-yet':
      return reply.due === null ? 'There is no verdict yet: its effect has not begun.' : `There is no verdict yet: it is due ${renderInstant(reply.due)}.`;
    case 'nothing-missed':
      return `Nothing missed: the outcome is ${escapeText(reply.outcome)}. \`/yardstick keep <reason>\` keeps it.`;
    case 'no-record':
      return 'Nothing is measured here: this pull request has no record.';
    case 'ended':
      return `It has ended already: ${escapeText(cutLine(reply.how, 120))}.`;
    case 'withdrawn':
      return `Withdrawn by ${who(reply.by)}: it is not judged.`;
    case 'deployed':
      return `Noted: live since ${renderInstant(reply.at)}. Measuring until ${renderInstant(reply.until)}.`;
    case 'deployed-before':
      return `The clock runs already, since ${renderInstant(reply.at)}.`;
    case 'deployed-unclear':
      return `${code(cutLine(reply.found, 80))} is neither a commit that contains this merge nor a time since it. Write \`/yardstick deployed 2026-05-12T14:00Z\`, or nothing for now.`;
    case 'value-taken':
      return `Noted: ${metricName(reply.metric)} is ${escapeText(cutLine(reply.value, 60))}, by ${who(reply.by)}.`;
    case 'value-unreadable':
      return `${code(cutLine(reply.found, 60))} can’t be read as a value of ${metricName(reply.metric)}: write a number${reply.unit === null ? '' : ` in ${code(reply.unit)}`}.`;
    case 'value-unasked':
      return reply.asked.length === 0 ? 'No value is asked of anybody here.' : `${metricName(reply.metric)} is not asked of anybody here; ${reply.asked.slice(0, 10).map(metricName).join(', ')} ${reply.asked.length === 1 ? 'is' : 'are'}.`;
    default:
      return assertNever(reply);
  }
}

function who(login: string): string {
  return code(cutLine(login, 60));
}
