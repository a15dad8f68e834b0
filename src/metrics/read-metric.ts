// Reads one metric: its query asked, a rate's two halves joined, what only repeats old samples left out, what is missing counted.
import { parseUnit } from '../quantity/unit.ts';
import type { Metric, Source } from '../model/config.ts';
import type { MetricProvider, Series, SeriesCondition, SeriesQuery } from '../ports/metrics.ts';
import { createProvider, type Surroundings } from './registry.ts';

/** A metric as it was measured. */
export interface Measurement {
  /** `[t, value]`, or `[t, bad, total]` for a rate with its two halves. */
  readonly points: readonly (readonly number[])[];
  /** Seconds between two points as the source gives them. */
  readonly step: number;
  readonly conditions: readonly SeriesCondition[];
  /** Points that the range should have and that are missing. */
  readonly missing: number;
  readonly expected: number;
}

/** When to look; all in epoch seconds and seconds. */
export type Range = Omit<SeriesQuery, 'query'>;

/** What of a metric the reading depends on. */
export interface AskedMetric extends Pick<Metric, 'unit' | 'cadence' | 'samples'> {
  readonly source: Source;
  readonly queries: readonly string[];
}

/** @throws SetupError for what a person has to mend, TransientError for what may pass */
export async function readMetric({ source, queries, samples, unit, cadence }: AskedMetric, surroundings: Surroundings, range: Range): Promise<Measurement> {
  const provider = createProvider(source, surroundings);
  const asked = { ...range, step: Math.max(range.step, cadence ?? 0) };
  const [parts, sampled] = await Promise.all([readParts(provider, queries, asked), samples === null ? null : provider.readSeries({ ...asked, query: samples })]);
  const read = withoutRepeated(parts.length === 2 ? pairRates(parts) : (parts[0] ?? { points: [], step: asked.step, stands: 'for-instant', conditions: [] }), sampled);
  const foreign = parts.length === 1 ? findForeignUnit(parts[0]?.unit ?? null, unit) : null;
  const { step, stands } = read;
  const expected = expectedPoints(asked, { step, stands });
  const points = foreign === null ? read.points : [];
  const conditions = foreign === null ? [...read.conditions, ...findGaps(points, step, Math.min(range.to, range.now))] : [foreign];
  return { points, step, conditions, expected, missing: Math.max(0, expected - points.length) };
}

/** From the first point on: what lies before it is told as a history that begins late. */
function findGaps(points: Read['points'], step: number, end: number): readonly SeriesCondition[] {
  const times = [...points.map(([time]) => time ?? end), end];
  const holes = times.slice(1).map((time, i) => ({ from: times[i] ?? time, to: time })).filter(({ from, to }) => points.length > 0 && to - from > 2 * step);
  const longest = holes.reduce((most, hole) => (hole.to - hole.from > most.to - most.from ? hole : most), { from: 0, to: 0 });
  return holes.length === 0 ? [] : [{ kind: 'gaps', count: holes.length, ...longest }];
}

function readParts(provider: MetricProvider, queries: readonly string[], range: Range): Promise<readonly Series[]> {
  return Promise.all(queries.map((query) => provider.readSeries({ ...range, query })));
}

interface Read extends Omit<Series, 'points'> {
  readonly points: readonly (readonly number[])[];
}

/** Bad and total events of the same instants. A series without errors often has no `bad` at all, but that it is zero is for the query to say. */
function pairRates([bad, total]: readonly Series[]): Read {
  const totals = new Map(total?.points);
  const points = (bad?.points ?? []).flatMap(([time, value]): readonly (readonly number[])[] => {
    const all = totals.get(time);
    return all === undefined ? [] : [[time, value, all]];
  });
  const unpaired = (bad?.points.length ?? 0) + totals.size - 2 * points.length;
  const conditions = [...(bad?.conditions ?? []), ...(total?.conditions ?? []), ...(unpaired > 0 ? [{ kind: 'unpaired', count: unpaired } as const] : [])];
  return { points, step: Math.max(bad?.step ?? 0, total?.step ?? 0), stands: total?.stands ?? 'for-instant', conditions: dedupe(conditions) };
}

/** The catalogue's `samples` says behind which values there is anything: a point that comes back is no proof of one. */
function withoutRepeated(read: Read, sampled: Series | null): Read {
  if (sampled === null) return read;
  const several = sampled.conditions.filter(({ kind }) => kind === 'several-series');
  if (several.length > 0) return { ...read, points: [], conditions: several };
  const real = new Set(sampled.points.flatMap(([time, count]) => (count > 0 ? [time] : [])));
  const points = read.points.filter(([time]) => real.has(time ?? Number.NaN));
  const repeated = read.points.length - points.length;
  return repeated === 0 ? read : { ...read, points, conditions: [...read.conditions, { kind: 'repeated', count: repeated }, ...(points.length === 0 ? [{ kind: 'no-data' } as const] : [])] };
}

/** The source states a unit that is not the catalogue's: its numbers would be judged as others. Units that we don't know prove nothing. */
function findForeignUnit(stated: string | null, expected: string | null): SeriesCondition | null {
  const [theirs, ours] = [parseUnit(stated ?? ''), parseUnit(expected ?? '')];
  if (theirs === null || ours === null || stated === null || expected === null) return null;
  return theirs.dimension === ours.dimension && theirs.factor === ours.factor ? null : { kind: 'wrong-unit', found: stated, expected };
}

function dedupe(conditions: readonly SeriesCondition[]): readonly SeriesCondition[] {
  return [...new Map(conditions.map((condition) => [JSON.stringify(condition), condition])).values()];
}

/** Instants on the step's grid inside the range, without buckets that are not over. */
function expectedPoints({ from, to, now }: Range, { step, stands }: Pick<Series, 'step' | 'stands'>): number {
  const end = Math.min(to, stands === 'for-bucket' ? now - step : now);
  return Math.max(0, Math.floor(end / step) - Math.ceil(from / step) + 1);
}
