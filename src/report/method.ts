// How an outcome was measured, for who wants to check it: windows, data, what else happened, queries, digests.
import type { CriterionResult, Experiment, ExperimentResult } from '../model/experiment.ts';
import { cutLine, joinWithin, renderSome } from './budget.ts';
import { code, escapeText, fence } from './escape.ts';
import { renderLevel, renderShare } from './figures.ts';
import { criterionOf } from './outcome-words.ts';
import { meaningOf } from './measured.ts';
import { metricName } from './names.ts';
import type { Shows } from './shows.ts';
import { renderInstant, renderStretch } from './when.ts';

/** Folded; the line above it tells what has to be known without unfolding. */
export function renderMethod(experiment: Experiment, { result, digest, shows }: { readonly result: ExperimentResult; readonly digest: string; readonly shows: Shows }): string {
  const { windows, confounders } = result;
  const lines = [
    ...(windows === null ? [] : [`Before: ${renderStretch(windows.baseline)}. Observed: ${renderStretch(windows.observed)}.`]),
    ...(experiment.effect === null ? [] : [`The effect began ${renderInstant(experiment.effect.at)}: ${escapeText(cutLine(experiment.effect.text, 200))}.`]),
    `Data: ${renderCompleteness(result.criteria, shows)}.`,
    ...renderSmallest(experiment, result.criteria, shows),
    `What else happened meanwhile: ${confounders.length === 0 ? 'no other deployment is known' : renderSome(confounders, 10, (text) => escapeText(cutLine(text.replace(/\.$/, ''), 200))).join('; ')}.`,
    ...(experiment.extended ? ['The window was extended once, for lack of data.'] : []),
    ...(experiment.amendments.length === 0 ? [] : [`Changed after it was agreed, and without influence on this verdict: ${renderSome(experiment.amendments, 10, ({ text }) => escapeText(cutLine(text.replace(/\.$/, ''), 200))).join('; ')}.`]),
    `Judged ${renderInstant(result.at)}, once, by what was locked ${renderInstant(experiment.lockedAt)}. Digest of the record: ${code(digest)}; of the configuration: ${code(experiment.config.digest)}.`,
    'This is the *measured outcome*: before against after on a real system, not a randomised trial. “Most likely between” holds 95 times of 100. “When nothing changes” is what 95 of 100 such windows stay within.',
  ];
  return `<details><summary>How this was measured</summary>\n\n${joinWithin([lines.map((line) => `- ${line}`).join('\n'), renderQueries(experiment, shows)], METHOD_MAX)}\n\n</details>`;
}

/** Bytes. */
const METHOD_MAX = 20_000;

function renderCompleteness(criteria: readonly CriterionResult[], { words }: Shows): string {
  const holes = criteria.filter(({ missing }) => missing >= 0.001);
  if (holes.length === 0) return 'complete';
  return renderSome(holes, 10, ({ metric, missing }) => `${words ? `of ${metricName(metric)} ` : ''}${renderShare(missing)} of the window is missing`).join('; ');
}

function renderSmallest(experiment: Experiment, criteria: readonly CriterionResult[], { words, metric }: Shows): readonly string[] {
  const told = criteria.flatMap((result) => {
    if (result.mde === null) return [];
    const relative = meaningOf(result, criterionOf(experiment, result)) === 'relative';
    if (!relative && !metric(result.metric)) return [];
    return [`${words ? `${metricName(result.metric)} ` : ''}${relative ? renderShare(result.mde) : renderLevel(Math.abs(result.mde), result.unit)}`];
  });
  return told.length === 0 ? [] : [`Smallest change that this window could see: ${[...new Set(told)].slice(0, 10).join(', ')}.`];
}

function renderQueries({ metrics }: Experiment, { metric, words }: Shows): string {
  // A query names what it is bound to, and that is a word of the hypothesis.
  if (!words) return '';
  const told = metrics.filter(({ name, queries }) => queries !== null && queries.length > 0 && metric(name));
  if (told.length === 0) return '';
  return told.slice(0, 20).map(({ name, source, queries }) => `Query of ${metricName(name)}${source === null ? '' : ` on ${code(source)}`}:\n\n${fence((queries ?? []).map((query) => cutLine(query, 1_500)).join('\n'), 'text')}`).join('\n\n');
}
