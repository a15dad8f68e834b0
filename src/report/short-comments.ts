// The short comments of a bet's life: a value is asked for, an answer is missing.
import type { ChangeRef } from '../model/change.ts';
import type { Experiment } from '../model/experiment.ts';
import { renderSome } from './budget.ts';
import { code, escapeText } from './escape.ts';
import { isSame, metricName, nameOf } from './names.ts';
import { renderPrice } from './question.ts';
import type { Shows } from './shows.ts';

/** Asks the owner, once, for the values that no source has. `metrics`: those that have none yet, as criteria name them. */
export function renderManualQuestion({ owner }: Pick<Experiment, 'owner'>, metrics: readonly string[]): string {
  const lines = renderSome(metrics, 20, (name) => `- ${metricName(name)}: \`/yardstick outcome ${asTyped(name)} VALUE [note]\``);
  const what = metrics.length === 1 ? 'one value that no source has' : `${metrics.length} values that no source has`;
  return `${mention(owner)}this is due, and it needs ${what}. You are asked once; without an answer it stays inconclusive.\n\n${lines.join('\n')}${metrics.length > 1 ? '\n\nOne comment with a line for each is enough.' : ''}`;
}

/** Reminds, once, of a verdict that nobody answered; for insurance at the date that was named. */
export function renderReminder(experiment: Experiment, { shows, on }: { readonly shows: Shows; readonly on: ChangeRef }): string {
  const { owner, result, hypothesis, intent, toldIn } = experiment;
  const price = renderPrice(experiment, shows);
  const verdict = toldIn === null ? 'the verdict' : isSame(toldIn.change, on) ? `[the verdict](#issuecomment-${toldIn.commentId})` : `the verdict on ${nameOf(toldIn.change, on, shows)}`;
  const answers = '`/yardstick keep <reason>`, `/yardstick undo` or `/yardstick accept <reason>`';
  if (intent === 'insure' && hypothesis.until !== null) return `${mention(owner)}the time this was bought for is over (${escapeText(hypothesis.until)}). **Scale back, or keep it?**${price} Answer ${answers}.`;
  if (intent === 'repair') return `${mention(owner)}the incident is over, and what mended it is still there. **Keep it because …, or undo it?**${price} Answer ${answers}.`;
  return `${mention(owner)}${verdict}${result === null ? '' : ` (${result.outcome})`} waits for an answer: **keep, undo or accept?**${price} Answer ${answers}. You are not reminded again.`;
}

/** The one mention that is ours to make: of the person who is asked. */
function mention(owner: string | null): string {
  if (owner === null) return '';
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/.test(owner) ? `@${owner}: ` : `${code(owner)}: `;
}

/** As it has to be typed: the command takes a metric without blanks, and a code span holds no backtick. */
function asTyped(name: string): string {
  return name.replace(/[\s`]+/g, '').slice(0, 120);
}
