// The table of a verdict: what was promised, what was measured, what this metric does anyway, and the word on it.
import type { CriterionResult, Experiment, ExperimentResult } from '../model/experiment.ts';
import { cutLine, renderSome } from './budget.ts';
import { escapeText } from './escape.ts';
import { renderDifference, renderLevel, renderShare } from './figures.ts';
import { meaningOf, renderChangeCell } from './measured.ts';
import { guardrailNote, tableCode } from './names.ts';
import { criterionOf, isPlain } from './outcome-words.ts';
import type { Shows } from './shows.ts';

/** One row a criterion, goals first as they were written. */
export function renderVerdictTable(experiment: Experiment, { criteria }: ExperimentResult, shows: Shows): string {
  const rows = renderSome(criteria, ROWS_MAX, (result, i) => renderRow(experiment, { result, number: i + 1 }, shows));
  return ['| Promised | Before | After | Change | When nothing changes | Verdict |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** A hypothesis has at most 20 criteria; `for each service` makes several results of one. */
const ROWS_MAX = 60;

/** How a criterion's word is shown. */
export const MARKS: Readonly<Record<CriterionResult['verdict'], string>> = { met: '✅ met', missed: '❌ missed', inconclusive: '❔ open', error: '⚠️ error' };

function renderRow(experiment: Experiment, { result, number }: { readonly result: CriterionResult; readonly number: number }, shows: Shows): string {
  const { before, after, unit, wobble, verdict, role } = result;
  const told = shows.metric(result.metric);
  const criterion = criterionOf(experiment, result);
  const meaning = meaningOf(result, criterion);
  const often = experiment.metrics.find(({ name }) => name === result.metric)?.kind === 'events' ? ' a day' : '';
  const level = (value: number | null): string => (value === null || !told ? '-' : `${renderLevel(value, unit)}${often}`);
  const base = told && before !== null && often === '' ? before : null;
  const named = shows.words ? tableCode(result.text, 140) : `criterion ${number}`;
  const service = shows.words && criterion?.kind === 'metric' && criterion.forEach !== null ? `<br>${tableCode(result.metric, 80)}` : '';
  return `| ${[
    `${named}${service}${guardrailNote(named, role)}`, level(before),
    meaning === 'level' && told && result.estimate !== null ? renderChangeCell(result, criterion, shows) : level(after),
    meaning === 'level' ? relativeOf(result) : renderChangeCell(result, criterion, shows),
    wobble === null ? '-' : `${WITHIN}${renderShare(wobble)}${base === null ? '' : `<br>${WITHIN}${renderLevel(Math.abs(wobble * base), unit)}`}`,
    [`**${MARKS[verdict]}**`, ...renderWhy(result, told)].join('<br>'),
  ].join(' | ')} |`;
}

/** What is in brackets may be a value, which not everybody may see. */
function renderWhy({ reason, sentence, remarks }: CriterionResult, told: boolean): readonly string[] {
  const sentences = isPlain({ reason }) ? remarks : [told ? sentence : sentence.replace(/ \([^()]*\)/g, ''), ...remarks];
  return sentences.map((text) => escapeText(cutLine(text, 240)));
}

/** Never parted from its number. */
const WITHIN = '±\u2060';

function relativeOf({ before, after, estimate }: CriterionResult): string {
  const now = estimate ?? after;
  if (before === null || now === null || before === 0) return '-';
  return renderDifference((now / before - 1) * 100, '%', 1);
}
