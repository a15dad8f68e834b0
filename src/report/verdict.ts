// The measured outcome: the one new comment, which a reader without statistics understands from its first line.
import type { ChangeRef } from '../model/change.ts';
import type { Experiment, ExperimentResult } from '../model/experiment.ts';
import { TEXT_MAX, cutLine, joinWithin } from './budget.ts';
import { renderChart, type CriterionChart } from './chart.ts';
import { escapeText } from './escape.ts';
import { renderMethod } from './method.ts';
import { nameOf } from './names.ts';
import { deciding, renderOutcome } from './outcome-words.ts';
import { renderQuestion } from './question.ts';
import type { Shows } from './shows.ts';
import { renderVerdictTable } from './verdict-table.ts';
import { renderDay } from './when.ts';

export interface VerdictGiven {
  /** What was measured, by criterion; those that readers may not see are left out here. */
  readonly charts: readonly CriterionChart[];
  readonly shows: Shows;
  /** The record's digest. */
  readonly digest: string;
  /** The pull request or issue on which it is told. */
  readonly on: ChangeRef;
}

/** Markdown without a marker. The question comes last, and has its room kept. */
export function renderVerdict(experiment: Experiment, result: ExperimentResult, given: VerdictGiven): string {
  const { shows, charts, on } = given;
  const question = renderQuestion(experiment, result, { on, shows });
  const drawn = charts.filter(({ metric }) => shows.metric(metric) && shows.words);
  const first = drawn.find(({ text }) => text === deciding(result)?.text) ?? drawn[0];
  const others = drawn.filter((chart) => chart !== first);
  const body = joinWithin([
    renderOutcome(experiment, result, shows),
    renderPromised(experiment, result, given),
    renderVerdictTable(experiment, result, shows),
    first === undefined ? null : renderChart(first),
    renderMethod(experiment, { result, digest: given.digest, shows }),
    ...others.map((chart) => folded(`Chart of ${chart.metric.replace(/[^\w(),.: -]/g, '').slice(0, 80)}`, renderChart(chart))),
  ], TEXT_MAX - QUESTION_ROOM);
  return `${body}\n\n${question}`;
}

function folded(title: string, text: string): string | null {
  return text === '' ? null : `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

/** Bytes: ten pull requests to undo, and the longest advice. */
const QUESTION_ROOM = 5_000;

function renderPromised({ hypothesis, lockedAt, members, owner, intent }: Experiment, { criteria }: ExperimentResult, { shows, on }: VerdictGiven): string {
  const who = owner === null ? '' : ` by ${escapeText(owner)}`;
  const odds = hypothesis.odds === null ? '' : ` The author’s odds: ${Math.round(hypothesis.odds * 100)}%.`;
  const claim = shows.words ? `: ${escapeText(cutLine(hypothesis.claim.replace(/[.\s]+$/, ''), 400))}${hypothesis.because === null ? '' : `, because ${escapeText(cutLine(hypothesis.because.replace(/[.\s]+$/, ''), 400))}`}.` : '.';
  const shared = members.length < 2 ? '' : ` One verdict for ${intent === 'step' ? 'the programme' : 'all of'} ${members.slice(0, 20).map(({ change }) => nameOf(change, on, shows)).join(', ')}${members.length > 20 ? ' …' : ''}.`;
  return `> Promised ${renderDay(lockedAt)}${who}${claim}${odds}${shared}${renderTally(criteria)}`;
}

function renderTally(criteria: ExperimentResult['criteria']): string {
  if (criteria.length < 2) return '';
  const count = (...words: readonly string[]): number => criteria.filter(({ verdict }) => words.includes(verdict)).length;
  const parts = [[count('met'), 'met'], [count('missed'), 'missed'], [count('inconclusive', 'error'), 'open']] as const;
  return ` Of ${criteria.length} criteria ${parts.filter(([many]) => many > 0).map(([many, word]) => `${many} ${many === 1 ? 'is' : 'are'} ${word}`).join(', ')}.`;
}
