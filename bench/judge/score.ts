// Counting verdicts against the truth, with Wilson's intervals.
import type { Word } from '../../src/judge/verdict.ts';

export interface Score {
  readonly trials: number;
  readonly right: number;
  readonly wrong: number;
  readonly open: number;
}

export interface Told {
  readonly truth: boolean | null;
  readonly verdict: Word;
}

/** Where nobody can tell, *inconclusive* is right and any definite word is wrong. */
export function score(told: readonly Told[]): Score {
  const decided = told.filter(({ verdict }) => verdict === 'met' || verdict === 'missed');
  const right = decided.filter(({ truth, verdict }) => truth !== null && (verdict === 'met') === truth).length + told.filter(({ truth, verdict }) => truth === null && verdict === 'inconclusive').length;
  const wrong = decided.filter(({ truth, verdict }) => truth === null || (verdict === 'met') !== truth).length;
  return { trials: told.length, right, wrong, open: told.length - decided.length };
}

/** A share in per cent with its 95 % interval (Wilson). */
export function share(count: number, of: number): string {
  if (of === 0) return '-';
  const z = 1.96;
  const p = count / of;
  const scale = 1 + (z * z) / of;
  const centre = (p + (z * z) / (2 * of)) / scale;
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / scale;
  const per = (value: number): string => (100 * Math.min(Math.max(value, 0), 1)).toFixed(1);
  return `${per(p)} [${per(centre - half)}, ${per(centre + half)}]`;
}

/** A Markdown table with its columns in line. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
