// "compared with 2025-11-28": the window against one named day, by what days of this metric differ from each other.
import { fillBuckets, foldMedians } from './blocks.ts';
import type { Case } from './case.ts';
import { cleanSeries } from './clean.ts';
import { createMixture, type Mixture } from './mixture.ts';
import { countFinite, median, quantileOfSorted } from './numerics/statistics.ts';
import { prepare } from './prepare.ts';
import { day, hour, leastHistory } from './settings.ts';
import { open, type Finding } from './verdict.ts';

/** The typical level of the named day, as a logarithm; NaN where under half of its hours have data. */
function levelOf({ trial }: Case, date: string): number {
  const start = Date.parse(`${date}T00:00:00Z`) / 1000;
  const points = [...trial.history, ...trial.series].filter(([time]) => time! >= start && time! < start + day);
  const hours = fillBuckets(cleanSeries(points, 2), { start, window: day, width: hour }, (ordered) => quantileOfSorted(ordered, 0.5));
  const { values } = foldMedians(hours, { perDay: 1, least: 12 });
  return Math.log(values[0] ?? Number.NaN);
}

export interface Dated {
  readonly belief: Mixture;
  readonly baseline: number;
}

/**
 * The change since a named day. Two days a week or more apart differ by themselves: the spread of such differences in the history is how far one
 * day can be trusted. What changed between that day and the history is not told apart from the effect; the reader chose the day.
 */
export function compareWithDate(found: Case, date: string): Dated | Finding {
  const prepared = prepare(found);
  if ('reason' in prepared) return prepared;
  const level = levelOf(found, date);
  if (!Number.isFinite(level)) return open('date-without-data', { remarks: found.remarks, detail: date });
  const { values, before } = prepared.fold(1)!;
  const past = values.subarray(0, before);
  const history = countFinite(past);
  if (history < 2 * leastHistory) return open('history-too-short', { remarks: found.remarks, detail: `${2 * leastHistory} days are needed` });
  const differences = [...past].flatMap((value, i) => [...past.subarray(i + leastHistory)].map((other) => Math.abs(other - value)));
  const scale = Math.max(1.4826 * median(differences), 1e-9);
  const part = { logWeight: 0, mean: median(values.subarray(before)) - level, scale, df: history - leastHistory };
  return { belief: createMixture([part]), baseline: Math.exp(level) };
}
