// The verdict in plain words, by what was asked of the change: the first thing a reader sees.
import type { CriterionResult, Experiment, ExperimentOutcome, ExperimentResult } from '../model/experiment.ts';
import type { Criterion } from '../model/hypothesis.ts';
import type { Intent } from '../model/decision.ts';
import { cutLine } from './budget.ts';
import { inline } from './escape.ts';
import { metricName } from './names.ts';
import { promiseWords, type PromiseWords } from './promise.ts';
import { renderMeasured } from './measured.ts';
import type { Shows } from './shows.ts';

/** Whether the outcome is what was hoped for; null where nobody can tell. */
export function cameTrue(outcome: ExperimentOutcome): boolean | null {
  return TRUE_WORDS.includes(outcome) ? true : FALSE_WORDS.includes(outcome) ? false : null;
}

const TRUE_WORDS: readonly ExperimentOutcome[] = ['validated', 'held', 'no harm'];
const FALSE_WORDS: readonly ExperimentOutcome[] = ['refuted', 'broke', 'harm'];

/** "**Refuted: `p95(checkout)` did not fall by 30%.** It fell by 8% …" */
export function renderOutcome(experiment: Experiment, result: ExperimentResult, shows: Shows): string {
  const decides = deciding(result);
  const criterion = decides === null ? null : criterionOf(experiment, decides);
  const head = `**${HEADS[result.outcome](experiment.intent, { decides, words: wordsOf(experiment, decides, shows) })}**`;
  const early = result.early ? 'Harm was seen before the window ended, so this is told at once.' : null;
  const measured = decides === null ? null : renderMeasured(decides, criterion, shows);
  const why = decides === null || isPlain(decides) ? null : inline(cutLine(shows.metric(decides.metric) ? decides.sentence : decides.sentence.replace(/ \([^()]*\)/g, ''), 300));
  return [head, early, measured, why].filter((part) => part !== null).join(' ');
}

/** Its reason only repeats the verdict. */
export function isPlain({ reason }: Pick<CriterionResult, 'reason'>): boolean {
  return reason === 'measured' || reason === 'value';
}

/** The criterion that made the verdict: goals before guardrails. */
export function deciding({ outcome, criteria }: ExperimentResult): CriterionResult | null {
  const ordered = [...criteria.filter(({ role }) => role === 'goal'), ...criteria.filter(({ role }) => role === 'guardrail')];
  const truth = cameTrue(outcome);
  const sought = truth === null ? ['inconclusive', 'error'] : [truth ? 'met' : 'missed'];
  return ordered.find(({ verdict }) => sought.includes(verdict)) ?? ordered[0] ?? null;
}

/** The criterion that a result is about. */
export function criterionOf({ criteria }: Pick<Experiment, 'criteria'>, { text }: Pick<CriterionResult, 'text'>): Criterion | null {
  return criteria.find((criterion) => criterion.text === text) ?? null;
}

/** The words of the deciding promise with its metric; without them where they may not be repeated. */
function wordsOf(experiment: Experiment, result: CriterionResult | null, { words }: Shows): PromiseWords {
  const criterion = result === null ? null : criterionOf(experiment, result);
  if (!words || criterion === null || result === null) return { kept: 'what was promised came true', broken: 'what was promised did not come true', open: 'what was promised came true' };
  const better = experiment.metrics.find(({ name }) => name === result.metric)?.better ?? null;
  const { kept, broken, open } = promiseWords(criterion, better);
  const subject = metricName(result.metric);
  return { kept: `${subject} ${kept}`, broken: `${subject} ${broken}`, open: `${subject} ${open}` };
}

interface Said {
  readonly decides: CriterionResult | null;
  readonly words: PromiseWords;
}

const HEADS: Readonly<Record<ExperimentOutcome, (intent: Intent, said: Said) => string>> = {
  validated: (intent, { words: { kept } }) => {
    if (intent === 'repair') return `The load is back to normal: ${kept}.`;
    return intent === 'save' ? `Validated: ${kept}, and nothing that was watched got worse.` : `Validated: ${kept}, as promised.`;
  },
  refuted: (intent, { decides, words: { broken } }) => {
    if (intent === 'repair') return `The load is not back to normal: ${broken}.`;
    return intent === 'save' && decides?.role === 'guardrail' ? `Refuted: it was to save and harm nothing, and ${broken}.` : `Refuted: ${broken}.`;
  },
  inconclusive: (intent, { decides, words: { open } }) => {
    if (intent === 'repair') return `It can’t be told yet whether the load is back to normal: whether ${open} is open.`;
    if (intent === 'oblige') return `Inconclusive: the data can’t tell whether it did harm, for it is open whether ${open}.`;
    return intent === 'save' && decides?.role === 'guardrail' ? `Inconclusive: that nothing got worse is not proven. The data can’t tell whether ${open}.` : `Inconclusive: the data can’t tell whether ${open}.`;
  },
  held: (_, { words: { kept } }) => `Held: the case it is for came, and ${kept}.`,
  broke: (_, { words: { broken } }) => `Broke: the case it is for came, and ${broken}.`,
  'not exercised': () => 'Not exercised: the case it is for never came in the window.',
  'no harm': (_, { words: { kept } }) => `No harm seen: ${kept}.`,
  harm: (_, { words: { broken } }) => `Harm: ${broken}.`,
};
