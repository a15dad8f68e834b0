// Reads one metric of the catalogue: bound, escaped, asked, and a rate's two halves joined.
import { SetupError } from '../errors.ts';
import { bindMetric } from '../hypothesis/bind.ts';
import type { Config, Metric } from '../model/config.ts';
import type { MetricRef } from '../model/hypothesis.ts';
import type { MetricProvider, Series, SeriesCondition, SeriesQuery } from '../ports.ts';
import type { Escape } from './escape.ts';
import { createProvider, type Surroundings } from './registry.ts';

/** A metric as it was measured. */
export interface Measurement {
  readonly metric: Metric;
  /** The queries as they were sent. */
  readonly queries: readonly string[];
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

export interface MetricReading {
  readonly config: Pick<Config, 'metrics' | 'sources'>;
  readonly surroundings: Surroundings;
  readonly range: Range;
}

/** @throws SetupError for what a person has to mend, TransientError for what may pass */
export async function readMetric(ref: MetricRef, { config, surroundings, range }: MetricReading): Promise<Measurement> {
  const binding = bindMetric(ref, config.metrics);
  if (!binding.ok) throw new SetupError(`${binding.found} is not in the catalogue; there is ${binding.expected}`, binding.remedy);
  const { metric } = binding;
  const source = config.sources.get(metric.source ?? '');
  if (source === undefined) throw new SetupError(`the metric \`${metric.name}\` has no source`, 'Add `source:` with a name below `sources`.');
  const { provider, escape } = createProvider(source, surroundings);
  const queries = queriesOf(metric).map((query) => fillQuery(query, { metric, args: ref.args, escape }));
  const asked = { ...range, step: Math.max(range.step, metric.cadence ?? 0) };
  const parts = await readParts(provider, queries, asked);
  const { points, step, stands, conditions } = parts.length === 2 ? pairRates(parts) : (parts[0] ?? { points: [], step: asked.step, stands: 'for-instant', conditions: [] });
  const expected = expectedPoints(asked, { step, stands });
  return { metric, queries, points, step, conditions, expected, missing: Math.max(0, expected - points.length) };
}

/** A CSV may have one unnamed column, so its query may be empty; others are told by the source itself. */
function queriesOf({ name, query, bad, total, source }: Metric): readonly string[] {
  if (bad !== null && total !== null) return [bad, total];
  if (query === null && source === null) throw new SetupError(`the metric \`${name}\` has no query`, 'Add `query:` to it in the metric catalogue.');
  return [query ?? ''];
}

/** Only names of declared parameters are placeholders; other braces belong to the query's language. */
function fillQuery(query: string, { metric, args, escape }: { readonly metric: Metric; readonly args: readonly string[]; readonly escape: Escape }): string {
  const values = new Map([...metric.parameters.keys()].map((name, index) => [name, args[index] ?? '']));
  return query.replaceAll(/\{([A-Za-z_][A-Za-z0-9_]{0,79})\}/g, (whole, name: string) => (values.has(name) ? escape(values.get(name) ?? '') : whole));
}

function readParts(provider: MetricProvider, queries: readonly string[], range: Range): Promise<readonly Series[]> {
  return Promise.all(queries.map((query) => provider.readSeries({ ...range, query })));
}

interface Paired extends Omit<Series, 'points'> {
  readonly points: readonly (readonly [number, number, number])[];
}

/** Bad and total events of the same instants. A series without errors often has no `bad` at all, but that it is zero is for the query to say. */
function pairRates([bad, total]: readonly Series[]): Paired {
  const totals = new Map(total?.points);
  const points = (bad?.points ?? []).flatMap(([time, value]): readonly (readonly [number, number, number])[] => {
    const all = totals.get(time);
    return all === undefined ? [] : [[time, value, all]];
  });
  const unpaired = (bad?.points.length ?? 0) + totals.size - 2 * points.length;
  const conditions = [...(bad?.conditions ?? []), ...(total?.conditions ?? []), ...(unpaired > 0 ? [{ kind: 'unpaired', count: unpaired } as const] : [])];
  return { points, step: Math.max(bad?.step ?? 0, total?.step ?? 0), stands: total?.stands ?? 'for-instant', conditions: dedupe(conditions) };
}

function dedupe(conditions: readonly SeriesCondition[]): readonly SeriesCondition[] {
  return [...new Map(conditions.map((condition) => [JSON.stringify(condition), condition])).values()];
}

/** Instants on the step's grid inside the range, without buckets that are not over. */
function expectedPoints({ from, to, now }: Range, { step, stands }: Pick<Series, 'step' | 'stands'>): number {
  const end = Math.min(to, stands === 'for-bucket' ? now - step : now);
  return Math.max(0, Math.floor(end / step) - Math.ceil(from / step) + 1);
}
