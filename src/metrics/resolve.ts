// A metric of the catalogue with its queries as they will be sent: bound to its arguments, escaped for its source. Asks nobody.
import { SetupError } from '../errors.ts';
import { bindMetric } from '../hypothesis/bind.ts';
import type { Config, Metric, Source } from '../model/config.ts';
import type { MetricRef } from '../model/hypothesis.ts';
import type { Escape } from './escape.ts';
import { escapeOf } from './registry.ts';

export interface Resolved {
  readonly metric: Metric;
  readonly source: Source;
  /** One query, or bad and total events. */
  readonly queries: readonly string[];
  readonly samples: string | null;
}

/** @throws SetupError for a name or an argument that the catalogue doesn't allow, and for a metric without a source or a query */
export function resolveMetric(ref: MetricRef, config: Pick<Config, 'metrics' | 'sources'>): Resolved {
  const binding = bindMetric(ref, config.metrics);
  if (!binding.ok) throw new SetupError(`${binding.found} is not in the catalogue; there is ${binding.expected}`, binding.remedy);
  const { metric } = binding;
  const source = config.sources.get(metric.source ?? '');
  if (source === undefined) throw new SetupError(`the metric \`${metric.name}\` has no source`, 'Add `source:` with a name below `sources`.');
  const fill = (query: string): string => fillQuery(query, { metric, args: ref.args, escape: escapeOf(source) });
  return { metric, source, queries: queriesOf(metric, source).map(fill), samples: metric.samples === null ? null : fill(metric.samples) };
}

/** A CSV may have one unnamed column, so its query may be empty. */
function queriesOf({ name, query, bad, total }: Metric, source: Source): readonly string[] {
  if (bad !== null && total !== null) return [bad, total];
  if (query === null && source.type !== 'csv') throw new SetupError(`the metric \`${name}\` has no query`, 'Add `query:` to it in the metric catalogue.');
  return [query ?? ''];
}

/** Only names of declared parameters are placeholders; other braces belong to the query's language. */
function fillQuery(query: string, { metric, args, escape }: { readonly metric: Metric; readonly args: readonly string[]; readonly escape: Escape }): string {
  const values = new Map([...metric.parameters.keys()].map((name, index) => [name, args[index] ?? '']));
  return query.replaceAll(/\{([A-Za-z_][A-Za-z0-9_]{0,79})\}/g, (whole, name: string) => (values.has(name) ? escape(values.get(name) ?? '') : whole));
}
