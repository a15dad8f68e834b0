// The usual methods, in our own words: a plain threshold, Welch, Mann-Whitney with Kayenta's rule, placebo-t. All look at raw points or hours of equal windows.
import { studentCdf } from '../../src/judge/numerics/beta.ts';
import { quantileBelow } from '../../src/judge/numerics/counts.ts';
import { mean, median, quantileOfSorted } from '../../src/judge/numerics/statistics.ts';
import type { Word } from '../../src/judge/verdict.ts';
import type { BenchTrial, Promised } from './trials.ts';

export type Method = (bench: BenchTrial) => Word;

const day = 86_400;

interface Halves {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** The window, and the same span just before the deployment. */
function halves({ trial: { series, deployedAt, window } }: BenchTrial): Halves {
  const between = (from: number, to: number): Float64Array => Float64Array.from(series.filter(([time]) => time! >= from && time! < to), (point) => point[1]!);
  return { before: between(deployedAt - window, deployedAt), after: between(deployedAt, deployedAt + window) };
}

/** As Argo Rollouts and most analysis templates do: means against the bound. */
export const threshold: Method = (bench) => {
  const { before, after } = halves(bench);
  if (after.length === 0 || before.length === 0) return 'error';
  const bound = bench.promised.kind === 'level' ? bench.promised.limit : mean(before) * bench.promised.limit;
  return mean(after) <= bound ? 'met' : 'missed';
};

interface Estimate {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** A difference with its interval, on the scale of the values, against a base. */
function decide({ kind, limit }: Promised, base: number, { at, low, high }: Estimate): Word {
  const bound = base * (limit - 1);
  if (kind === 'fall') return high < 0 && at <= bound ? 'met' : low > bound ? 'missed' : 'inconclusive';
  return high < bound ? 'met' : low > 0 && at > bound ? 'missed' : 'inconclusive';
}

function decideLevel(limit: number, { low, high }: Omit<Estimate, 'at'>): Word {
  return high < limit ? 'met' : low > limit ? 'missed' : 'inconclusive';
}

/** Two samples taken for independent points, 95 %. */
export const welch: Method = (bench) => {
  const { before, after } = halves(bench);
  if (after.length < 5) return 'inconclusive';
  const error = variance(after) / after.length;
  if (bench.promised.kind === 'level') {
    const half = studentQuantile(0.975, after.length - 1) * Math.sqrt(error);
    return decideLevel(bench.promised.limit, { low: mean(after) - half, high: mean(after) + half });
  }
  if (before.length < 5) return 'inconclusive';
  const other = variance(before) / before.length;
  const df = (error + other) ** 2 / Math.max(error ** 2 / (after.length - 1) + other ** 2 / (before.length - 1), 1e-300);
  const half = studentQuantile(0.975, Math.max(df, 1)) * Math.sqrt(error + other);
  const at = mean(after) - mean(before);
  return decide(bench.promised, mean(before), { at, low: at - half, high: at + half });
};

/** Hodges and Lehmann's 98 % interval on raw points, and a tolerance of a quarter of the shift. */
export const kayenta: Method = (bench) => {
  const { before, after } = halves(bench);
  if (after.length < 5) return 'inconclusive';
  if (bench.promised.kind === 'level') {
    const ordered = after.toSorted();
    const rank = Math.max(Math.floor(ordered.length / 2 - (2.326 * Math.sqrt(ordered.length)) / 2), 0);
    return decideLevel(bench.promised.limit, { low: ordered[rank]!, high: ordered[ordered.length - 1 - rank]! });
  }
  if (before.length < 5 || !(mean(before) > 0)) return 'inconclusive';
  const [a, b] = [thinned(after), thinned(before)];
  const shifts = Float64Array.from({ length: a.length * b.length }, (_, i) => a[Math.floor(i / b.length)]! - b[i % b.length]!).sort();
  const tail = 0.5 - 2.326 * Math.sqrt((after.length + before.length + 1) / (12 * after.length * before.length));
  const [low, at, high] = [Math.max(tail, 0), 0.5, Math.min(1 - tail, 1)].map((p) => quantileOfSorted(shifts, p)) as [number, number, number];
  const tolerance = 0.25 * Math.abs(at);
  const change = mean(after) - mean(before);
  const bound = mean(before) * (bench.promised.limit - 1);
  if (bench.promised.kind === 'fall') return high < -tolerance && change <= bound ? 'met' : low > bound ? 'missed' : 'inconclusive';
  return low > tolerance && change > bound ? 'missed' : high < bound ? 'met' : 'inconclusive';
};

/** At most 200 points, evenly: the interval's width still comes from all of them. */
function thinned(values: Float64Array): Float64Array {
  if (values.length <= 200) return values;
  return Float64Array.from({ length: 200 }, (_, i) => values[Math.floor((i * (values.length - 1)) / 199)]!);
}

/** The same before/after difference at every past hour is its null distribution; independent windows are its degrees of freedom. */
export const placebo: Method = (bench) => {
  const { trial: { series, deployedAt, window }, promised } = bench;
  if (promised.kind === 'level') return threshold(bench) === 'error' ? 'inconclusive' : threshold(bench);
  const hours = logHours(series, deployedAt, window);
  const length = window / 3600;
  const start = hours.length - length;
  const week = (7 * day) / 3600;
  const differenceAt = (at: number): number => average(hours, at, at + length) - average(hours, at - week, at);
  const placebos = Array.from({ length: Math.max(start - length - week + 1, 0) }, (_, i) => differenceAt(i + week)).filter(Number.isFinite);
  const windows = Math.floor((start - week) / length);
  const at = differenceAt(start);
  if (windows < 4 || placebos.length < 3 || !Number.isFinite(at)) return 'inconclusive';
  const half = studentQuantile(0.975, windows) * Math.sqrt(mean(placebos.map((value) => value * value)) * (1 + 1 / windows));
  const target = Math.log(promised.limit);
  if (promised.kind === 'fall') return at + half < 0 && at <= target ? 'met' : at - half > target ? 'missed' : 'inconclusive';
  return at + half < target ? 'met' : at - half > 0 && at > target ? 'missed' : 'inconclusive';
};

/** Logarithms of hourly medians, counted from the deployment; NaN where there are none. */
function logHours(series: BenchTrial['trial']['series'], deployedAt: number, window: number): Float64Array {
  const first = Math.floor(((series[0]?.[0] ?? deployedAt) - deployedAt) / 3600);
  const byHour = Array.from({ length: window / 3600 - first }, (): number[] => []);
  for (const [time, value] of series) byHour[Math.floor((time! - deployedAt) / 3600) - first]?.push(value!);
  return Float64Array.from(byHour, (values) => Math.log(median(values)));
}

function average(values: Float64Array, from: number, to: number): number {
  const finite = values.subarray(Math.max(from, 0), to).filter(Number.isFinite);
  return finite.length < (to - from) / 2 ? Number.NaN : mean(finite);
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

const quantiles = new Map<number, number>();

function studentQuantile(p: number, df: number): number {
  const key = Math.round(df);
  const known = quantiles.get(key) ?? quantileBelow((x) => studentCdf(x, Math.max(key, 1)), p, 100);
  quantiles.set(key, known);
  return known;
}
