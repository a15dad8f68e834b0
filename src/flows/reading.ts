// Asks the sources for what an experiment's criteria name, and finds out how a metric is asked.
import { BASELINE_HOURS, foldBaseline } from '../experiment/baseline.ts';
import type { Window } from '../experiment/windows.ts';
import type { Config } from '../model/config.ts';
import type { Experiment, LockedMetric, StoredBaseline } from '../model/experiment.ts';
import type { Criterion, MetricRef } from '../model/hypothesis.ts';
import type { MetricReader, MetricReading } from '../ports/metrics.ts';
import { parseMetricName } from '../metric-name.ts';

const HOUR = 3600;
/** Five minutes: what sources keep for a month, and fine enough for "for more than 5m". */
const STEP = 300;
/** Judging has time; a pull request that merges has less. */
const JUDGING_PATIENCE_MS = 120_000;
const LOCKING_PATIENCE_MS = 20_000;

/** Every metric that the criteria need, as it will be asked; those that the catalogue doesn't know, and a person's, are left out. */
export async function lockMetrics(criteria: readonly Criterion[], config: Config, metrics: MetricReader | null): Promise<readonly LockedMetric[]> {
  const refs = criteria.flatMap(refsOf);
  if (metrics === null || refs.length === 0) return [];
  const locked = (await metrics.lock(refs, config)).flatMap((metric) => metric ?? []);
  return [...new Map(locked.map((metric) => [metric.name, metric])).values()];
}

function refsOf(criterion: Criterion): readonly MetricRef[] {
  if (criterion.kind === 'evidence') return [];
  const { metric, hours, against, manual } = criterion;
  return [...(manual ? [] : [metric]), ...(hours.kind === 'when' ? [hours.metric] : []), ...(against.kind === 'control' ? [against.metric] : [])];
}

/** The hourly baselines up to now; a metric that can't be read has none, and that blocks nothing. */
export async function readBaselines(metrics: readonly LockedMetric[], { reader, sources, now }: { readonly reader: MetricReader | null; readonly sources: Config['sources']; readonly now: number }): Promise<Readonly<Record<string, StoredBaseline>>> {
  const asked = metrics.filter(({ source, queries }) => source !== null && queries !== null);
  if (reader === null || asked.length === 0) return {};
  const readings = await reader.read(asked, sources, { from: now - BASELINE_HOURS * HOUR, to: now, step: STEP, now, patienceMs: LOCKING_PATIENCE_MS });
  return Object.fromEntries(asked.flatMap((metric, i) => {
    const reading = readings[i];
    const baseline = reading?.kind === 'series' ? foldBaseline(reading.points, metric, now) : null;
    return baseline === null ? [] : [[metric.name, baseline]];
  }));
}

/** Everything the judge will look at, by the metric's full name. */
export async function readSeries(experiment: Experiment, { reader, config, window, now }: { readonly reader: MetricReader | null; readonly config: Config; readonly window: Window; readonly now: number }): Promise<ReadonlyMap<string, MetricReading>> {
  if (reader === null || experiment.metrics.length === 0) return new Map();
  const asked = await withQueries(experiment.metrics, { reader, config });
  const readings = await reader.read(asked, config.sources, { from: window.effectAt - BASELINE_HOURS * HOUR, to: Math.min(window.to, now), step: STEP, now, patienceMs: JUDGING_PATIENCE_MS });
  return new Map(asked.flatMap(({ name }, i) => (readings[i] === undefined ? [] : [[name, readings[i]] as const])));
}

/** What the record may not hold is taken from the catalogue again. */
async function withQueries(metrics: readonly LockedMetric[], { reader, config }: { readonly reader: MetricReader; readonly config: Config }): Promise<readonly LockedMetric[]> {
  if (metrics.every(({ queries }) => queries !== null)) return metrics;
  const known = await reader.lock(metrics.map(({ name }) => parseMetricName(name)), config);
  return metrics.map((metric, i) => (metric.queries !== null ? metric : { ...metric, queries: known[i]?.queries ?? null, samples: known[i]?.samples ?? null }));
}

