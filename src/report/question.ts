// Keep, undo or accept? What keeping costs, how to undo it, and the answer by command.
import type { ChangeRef } from '../model/change.ts';
import type { CriterionResult, Experiment, ExperimentOutcome, ExperimentResult, Member } from '../model/experiment.ts';
import { renderDuration } from '../quantity/duration.ts';
import { renderMoney } from '../quantity/money.ts';
import { adviceFor } from './advice.ts';
import { renderSome } from './budget.ts';
import { code, escapeText } from './escape.ts';
import { renderShare } from './figures.ts';
import { isSame, nameOf } from './names.ts';
import { cameTrue, criterionOf, deciding } from './outcome-words.ts';
import type { Shows } from './shows.ts';

/** An obligation that harmed nothing stays, and nobody is asked. */
export function asksForDecision(outcome: ExperimentOutcome): boolean {
  return outcome !== 'no harm';
}

interface Asked {
  /** Where the text will stand. */
  readonly on: ChangeRef;
  readonly shows: Shows;
}

/** The last part of a verdict. */
export function renderQuestion(experiment: Experiment, result: ExperimentResult, { on, shows }: Asked): string {
  const next = renderNextStep(experiment, result);
  if (!asksForDecision(result.outcome)) return `**Nothing to decide.** It had to be done, and no harm was seen.${renderPrice(experiment, shows)}`;
  const asked = cameTrue(result.outcome) === false ? [undoLine, acceptLine] : [keepLine, undoLine];
  const head = experiment.intent === 'repair' ? 'The incident is over: keep it because …, or undo it?' : 'Keep, undo or accept?';
  return [`**${head}**${renderPrice(experiment, shows)}`, ...(next === null ? [] : [next]), asked.map((line) => line(experiment, { on, shows })).join('\n')].join('\n\n');
}

/** " Keeping it costs $140 a month, $1,680 a year."; empty where no cost is known or may be told. */
export function renderPrice({ members }: Pick<Experiment, 'members'>, { costs }: Pick<Shows, 'costs'>): string {
  const price = keepingCost(members);
  if (!costs || price === null || price.monthly === 0) return '';
  const { monthly, currency, whole } = price;
  return ` Keeping it ${monthly < 0 ? 'saves' : 'costs'} ${whole ? '' : 'at least '}${escapeText(renderMoney(monthly, currency))} a month, **${escapeText(renderMoney(monthly * 12, currency))} a year**.`;
}

/** What all members together cost a month; `whole` is false where one of them doesn't tell. Null where none does, or currencies differ. */
export function keepingCost(members: readonly Pick<Member, 'monthlyCost' | 'currency'>[]): { readonly monthly: number; readonly currency: string; readonly whole: boolean } | null {
  const known = members.filter((member): member is { monthlyCost: number; currency: string } => member.monthlyCost !== null && member.currency !== null);
  const [first] = known;
  if (first === undefined || known.some(({ currency }) => currency !== first.currency)) return null;
  return { monthly: known.reduce((sum, { monthlyCost }) => sum + monthlyCost, 0), currency: first.currency, whole: known.length === members.length };
}

function renderNextStep(experiment: Experiment, result: ExperimentResult): string | null {
  const { hypothesis } = experiment;
  const decides = deciding(result);
  if (result.outcome === 'not exercised') return `It is insurance that nobody has needed yet: that is no reason to drop it.${hypothesis.until === null ? '' : ` You will be asked again at the date you named: ${escapeText(hypothesis.until)}.`}`;
  if (cameTrue(result.outcome) !== null || decides === null) return null;
  const seen = decides.mde === null || decides.scale !== 'relative' ? '' : `This window could see a change of ${renderShare(decides.mde)} or more. `;
  const longer = decides.neededWindow === null ? null : `A window of ${renderDuration(decides.neededWindow)} would see what was promised: promise it again with ${code(`Measure over ${renderDuration(decides.neededWindow)}`)} in the next pull request.`;
  return `${seen}${longer ?? adviceFor(isTooSmall(experiment, decides) ? 'unclear' : decides.reason) ?? ''}`.trim();
}

/** It came near to what was promised, but less was promised than this window could see and none would do: a longer one is no way out. */
function isTooSmall(experiment: Experiment, decides: CriterionResult): boolean {
  const criterion = criterionOf(experiment, decides);
  return decides.reason === 'step-and-level-disagree' && decides.mde !== null && criterion?.kind === 'metric' && criterion.expects.kind === 'relative-change' && Math.abs(criterion.expects.by) < decides.mde;
}

function keepLine(): string {
  return '- **Keep it:** answer `/yardstick keep <reason>`.';
}

function acceptLine(): string {
  return '- **Accept it**, it missed and stays all the same: answer `/yardstick accept <reason>`.';
}

function undoLine({ members }: Experiment, { on, shows }: Asked): string {
  const [only, ...others] = members;
  if (only === undefined) return '- **Undo it**, and answer `/yardstick undo`.';
  if (others.length === 0) return `- **Undo it:** press **Revert** on ${isSame(only.change, on) ? 'this pull request' : nameOf(only.change, on, shows)}${only.mergeSha === null ? '' : `, or run ${revertCommand(only.mergeSha)}`}, and answer \`/yardstick undo\`.`;
  const steps = renderSome(members.toReversed(), 10, ({ change, mergeSha }) => `  - ${nameOf(change, on, shows)}${mergeSha === null ? '' : `: ${revertCommand(mergeSha)}`}`);
  return ['- **Undo it:** press **Revert** on these pull requests, the newest first, and answer `/yardstick undo`.', ...steps].join('\n');
}

/** `-m 1` serves a merge commit, and git takes it for a squashed one too. */
function revertCommand(sha: string): string {
  return code(`git revert -m 1 ${/^[0-9a-f]{7,64}$/.test(sha) ? sha : ''}`);
}
