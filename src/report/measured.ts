// What was measured of one criterion: how far it moved, how sure that is, from where to where; as a sentence and as a cell.
import type { Criterion, Expectation } from '../model/hypothesis.ts';
import type { CriterionResult } from '../model/experiment.ts';
import { decimalsOf, renderDifference, renderLevel, renderMove, renderShare, renderSpread, type Interval } from './figures.ts';
import type { Shows } from './shows.ts';

/** What the numbers of a result mean: a relative change, a difference or a level in the metric's unit, events a day. */
export type Meaning = 'relative' | 'difference' | 'level' | 'events';

export function meaningOf({ scale }: Pick<CriterionResult, 'scale'>, criterion: Criterion | null): Meaning {
  if (scale === 'relative') return 'relative';
  const kind: Expectation['kind'] = criterion?.kind === 'metric' ? criterion.expects.kind : 'level';
  if (kind === 'events') return 'events';
  return kind === 'change' || kind === 'within' || kind === 'unchanged' ? 'difference' : 'level';
}

/** "It fell by 8% (most likely between 2% and 14%), from 312 ms to 287 ms."; null where there is no number that may be told. */
export function renderMeasured(result: CriterionResult, criterion: Criterion | null, shows: Shows): string | null {
  const { estimate, interval, before, unit } = result;
  const meaning = meaningOf(result, criterion);
  const told = shows.metric(result.metric);
  if (meaning !== 'relative' && !told) return renderRelativeOnly(result);
  if (estimate === null) return null;
  const amount = amountOf(meaning, unit, interval);
  const likely = (text: string): string => ` (most likely ${text})`;
  const range = interval === null ? '' : likely(`between ${amount(interval[0])} and ${amount(interval[1])}`);
  if (meaning === 'events') return `It happened ${amount(estimate)} times a day${range}.`;
  if (meaning === 'level') return `It was ${amount(estimate)}${range}${before === null ? '' : `; before, it was ${amount(before)}`}.`;
  return `It ${renderMove(estimate, amount)}${interval === null ? '' : likely(renderSpread(interval, amount))}${told ? renderEnds(result) : ''}.`;
}

/** The cell of the table: `−8% (−14% to −2%)`, and the same in the metric's unit; `-` where nothing is known or may be told. */
export function renderChangeCell(result: CriterionResult, criterion: Criterion | null, shows: Shows): string {
  const { estimate, interval, before, unit } = result;
  const meaning = meaningOf(result, criterion);
  const told = shows.metric(result.metric);
  if (estimate === null || (meaning !== 'relative' && !told)) return '-';
  const values = { estimate, interval };
  const base = before === null || before === 0 || !told ? null : before;
  switch (meaning) {
    case 'level':
      return cell(values, (value, decimals) => renderLevel(value, unit, decimals));
    case 'events':
      return cell(values, (value, decimals) => `${renderLevel(value, null, decimals)} a day`);
    case 'difference':
      return [cell(values, (value, decimals) => renderDifference(value, unit, decimals)), ...(base === null ? [] : [percentCell(scaled(values, 1 / base))])].join('<br>');
    default:
      return [percentCell(values), ...(base === null ? [] : [cell(scaled(values, base), (value, decimals) => renderDifference(value, unit, decimals))])].join('<br>');
  }
}

interface Values {
  readonly estimate: number;
  readonly interval: Interval | null;
}

function percentCell(values: Values): string {
  return cell(scaled(values, 100), (value, decimals) => renderDifference(value, '%', Math.abs(value) < 1 ? decimals : Math.min(decimals ?? 1, 1)));
}

function cell({ estimate, interval }: Values, render: (value: number, decimals: number | null) => string): string {
  if (interval === null) return render(estimate, null);
  const decimals = decimalsOf(interval);
  return `${render(estimate, decimals)} (${render(interval[0], decimals)} to ${render(interval[1], decimals)})`;
}

function scaled({ estimate, interval }: Values, by: number): Values {
  if (interval === null) return { estimate: estimate * by, interval };
  const [low, high] = [interval[0] * by, interval[1] * by];
  return { estimate: estimate * by, interval: by < 0 ? [high, low] : [low, high] };
}

function amountOf(meaning: Meaning, unit: string | null, interval: Interval | null): (value: number) => string {
  if (meaning === 'relative') return (value) => renderShare(value, interval && decimalsOf(interval, 100));
  return (value) => renderLevel(value, meaning === 'events' ? null : unit, interval && decimalsOf(interval));
}

/** From where to where, unless the typical levels contradict the estimate, which allows for what would have happened anyway. */
function renderEnds({ interval, estimate, scale, before, after, unit }: CriterionResult): string {
  if (before === null || after === null || before === 0) return '';
  const plain = scale === 'relative' ? after / before - 1 : after - before;
  const [low, high] = interval ?? [estimate ?? 0, estimate ?? 0];
  // A wide interval holds both: who divides the two levels must not find another number than the sentence's.
  const apart = Math.abs(plain - (estimate ?? plain)) / (scale === 'relative' ? 1 : Math.abs(before));
  if (plain < low || plain > high || apart > 0.05) return '';
  return `, from ${renderLevel(before, unit)} to ${renderLevel(after, unit)}`;
}

/** Where the values are not for these readers, the change in per cent still is. */
function renderRelativeOnly({ before, after }: CriterionResult): string | null {
  if (before === null || after === null || before === 0) return null;
  return `It ${renderMove(after / before - 1, renderShare)}.`;
}
