// A criterion's metric before and since the effect: a Mermaid chart that GitHub draws, and a line of blocks for where nothing draws.
import { code } from './escape.ts';
import { renderLevel } from './figures.ts';
import { metricName } from './names.ts';

/** What is drawn for one criterion. Instants are epoch seconds. */
export interface CriterionChart {
  /** The criterion's line as written, and its metric. */
  readonly text: string;
  readonly metric: string;
  readonly unit: string | null;
  /** One value an hour from `from` on, in the metric's unit; null where there is none. */
  readonly from: number;
  readonly values: readonly (number | null)[];
  readonly beganAt: number;
  /** The level that was promised, null where none was; `before` is the level that a promised change starts from, null for a bound. */
  readonly before: number | null;
  readonly promised: number | null;
  /** The hours of these levels, where only some count: ` at peak`. Markdown. */
  readonly hours: string;
}

const POINTS_MAX = 60;
const HOUR = 3600;
/** Hours that a point may stand for. */
const FOLDS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168];

interface Folded {
  /** Hours of one point, and where the first lies, in hours from the effect. */
  readonly hours: number;
  readonly first: number;
  readonly values: readonly (number | null)[];
}

/** Markdown: the chart, its caption, and its one-line stand-in. Empty where nothing was measured. */
export function renderChart(chart: CriterionChart): string {
  const folded = fold(chart);
  const known = folded.values.filter((value) => value !== null);
  if (known.length < 2) return '';
  const range = `${renderLevel(Math.min(...known), chart.unit)} to ${renderLevel(Math.max(...known), chart.unit)}`;
  return `${mermaid(chart, folded)}\n\n<sub>${metricName(chart.metric)}: ${caption(chart, folded)} As a line: ${sparkline(folded)} ${range}</sub>`;
}

/** Points of as many hours as it takes for 60, cut at the effect, each the median of its hours. */
function fold({ from, values, beganAt }: CriterionChart): Folded {
  const start = Math.round((from - beganAt) / HOUR);
  const hours = FOLDS.find((size) => values.length / size <= POINTS_MAX - 1) ?? Math.ceil(values.length / (POINTS_MAX - 1));
  const first = Math.floor(start / hours);
  const points: number[][] = Array.from({ length: Math.floor((start + values.length - 1) / hours) - first + 1 }, () => []);
  values.forEach((value, i) => {
    if (value !== null && Number.isFinite(value)) points[Math.floor((start + i) / hours) - first]?.push(value);
  });
  return { hours, first: first * hours, values: points.map((point) => (point.length === 0 ? null : median(point))) };
}

/** Mermaid knows no gaps: a point without data is drawn like the one before it, and the caption says so. */
function mermaid({ unit, before, promised }: CriterionChart, { hours, first, values }: Folded): string {
  const drawn = filled(values);
  const promise = promised === null ? null : values.map((_, i) => (first + i * hours < 0 ? (before ?? promised) : promised));
  const days = (at: number): number => tidy((first + at * hours + hours / 2) / 24);
  const { low, high } = rangeOf([...drawn, ...(promise ?? [])]);
  return [
    '```mermaid', '---', 'config:', '  xyChart:', '    width: 800', '    height: 260',
    '  themeVariables:', '    xyChart:', '      backgroundColor: transparent', `      plotColorPalette: "${promise === null ? '' : '#db6d28, '}#2f81f7"`, '---',
    'xychart-beta', `  x-axis "days since the effect" ${days(0)} --> ${days(values.length - 1)}`, `  y-axis "${plainUnit(unit)}" ${low} --> ${high}`,
    ...(promise === null ? [] : [`  line [${promise.map(tidy).join(', ')}]`]), `  line [${drawn.map(tidy).join(', ')}]`, '```',
  ].join('\n');
}

function caption({ before, promised, hours: counted }: CriterionChart, { hours, values }: Folded): string {
  const orange = promised === null ? '' : before === null ? ' Orange is the bound.' : ` Orange is the level before${counted}, and from 0 on what was promised.`;
  const gaps = values.filter((value) => value === null).length;
  return `blue is measured, a point for ${hours === 1 ? 'each hour' : `every ${hours} hours`}; the effect is at 0.${orange}${gaps === 0 ? '' : ` ${gaps} of ${values.length} points have no data and are drawn like the one before.`}`;
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/** 40 blocks at most, `│` where the effect began, `·` where there are no data. */
function sparkline({ hours, first, values }: Folded): string {
  const group = Math.ceil(values.length / 40);
  const split = Math.min(values.length, Math.max(0, Math.round(-first / hours)));
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const draw = (some: readonly (number | null)[]): string => chunks(some, group).map((chunk) => {
    const level = chunk.filter((value) => value !== null);
    return level.length === 0 ? '·' : BLOCKS[Math.round(((median(level) - least) / (most - least || 1)) * 7)];
  }).join('');
  return code([draw(values.slice(0, split)), draw(values.slice(split))].filter((half) => half !== '').join('│'));
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function filled(values: readonly (number | null)[]): readonly number[] {
  let last = values.find((value) => value !== null) ?? 0;
  return values.map((value) => (last = value ?? last));
}

/** A little room above and below; from 0 where the values come near it. */
function rangeOf(values: readonly number[]): { readonly low: number; readonly high: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || Math.abs(most) || 1) * 0.1;
  return { low: least >= 0 && least < most / 2 ? 0 : tidy(least - room), high: tidy(most + room) };
}

function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 === 1 ? (ordered[middle] ?? 0) : ((ordered[middle - 1] ?? 0) + (ordered[middle] ?? 0)) / 2;
}

/** Four digits, never with an exponent, which Mermaid can't read. */
function tidy(value: number): number {
  const short = Number(value.toPrecision(4));
  return Math.abs(short) < 1e-6 ? 0 : short;
}

function plainUnit(unit: string | null): string {
  return (unit ?? '').replace(/[^\p{L}\p{N}/%$€£ .-]/gu, '').slice(0, 30);
}
