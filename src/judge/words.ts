// A finding in sentences, for people who never took statistics: what was measured, why that decides or doesn't, and what could have been seen.
import { percent } from './case.ts';
import { renderReason, renderRemark } from './reasons.ts';
import type { Trial } from './trial.ts';
import type { Finding } from './verdict.ts';

export function renderVerdict(finding: Finding, trial: Trial): string {
  const { remarks, reason, mde, control, interval } = finding;
  const directionless = interval !== null && interval[0] < 0 && interval[1] > 0;
  const reach = reason === 'unclear' && directionless && mde !== null ? `Over this window a change of about ${percent(mde)} or more can be seen.` : null;
  const sentences = [renderMeasured(finding, trial), renderReason(finding), reach, ...remarks.map((remark) => (remark === 'control-moved' && control !== null ? `The control itself ${renderChange(control)}.` : renderRemark(remark)))];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

function renderMeasured({ estimate, interval }: Finding, { criterion: { expects }, metric }: Trial): string | null {
  if (estimate === null) return null;
  switch (expects.kind) {
    case 'level':
      return metric.kind === 'rate' ? `The share was ${percent(estimate)}${renderRange(interval, percent)}.` : `The window's mean was ${renderAmount(estimate, metric.unit)}${renderRange(interval, renderNumber)}.`;
    case 'events':
      return `${renderNumber(estimate)} a day came${renderRange(interval, renderNumber)}.`;
    case 'budget':
      return `${percent(estimate)} of the budget was burnt.`;
    default:
      return `It ${renderChange(estimate, interval)}.`;
  }
}

/** "fell by 23% (15% to 30%)"; where even the direction is open, "changed by -3% (-12% to +7%)". */
export function renderChange(change: number, interval: readonly [number, number] | null = null): string {
  const [low, high] = interval ?? [change, change];
  if (low < 0 && high > 0) return `changed by ${signed(change)}${renderRange(interval, signed)}`;
  const ends = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b) as [number, number];
  return `${change < 0 ? 'fell' : 'rose'} by ${percent(Math.abs(change))}${renderRange(interval === null ? null : ends, percent)}`;
}

function signed(change: number): string {
  return `${change > 0 ? '+' : ''}${percent(change)}`;
}

function renderRange(interval: readonly [number, number] | null, render: (value: number) => string): string {
  return interval === null || interval[0] === interval[1] ? '' : ` (${render(interval[0])} to ${render(interval[1])})`;
}

function renderAmount(value: number, unit: string | null): string {
  return unit === null ? renderNumber(value) : unit === '%' ? `${renderNumber(value)}%` : `${renderNumber(value)} ${unit}`;
}

/** Three digits, without an exponent where one can do without. */
function renderNumber(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-6) ? rounded.toExponential() : String(rounded);
}
