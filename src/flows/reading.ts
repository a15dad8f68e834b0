// Asks the sources for what an experiment's criteria name, and finds out how a metric is asked.
import { BASELINE_HOURS, foldBaseline } from '../experiment/baseline.ts';
import type { Window } from '../experiment/windows.ts';
import type { Config } from '../model/config.ts';
import type { Experiment, LockedMetric, StoredBaseline } from '../model/experiment.ts';
import type { Criterion, MetricRef } from '../model/hypothesis.ts';
import type { MetricReader, MetricReading } from '../ports.ts';

const HOUR = 3600;
/** Five minutes: what sources keep for a month, and fine enough for "for more than 5m". */
const STEP = 300;
/** Judging has time; a pull request that merges has less. */
const JUDGING_PATIENCE_MS = 120_000;
const LOCKING_PATIENCE_MS = 20_000;

/** Every metric that the criteria need, as it will be asked; those that the catalogue doesn't know, and a person's, are left out. */
export function lockMetrics(criteria: readonly Criterion[], config: Config, metrics: MetricReader | null): readonly LockedMetric[] {
  if (metrics === null) return [];
  const refs = criteria.flatMap(refsOf);
  const locked = refs.flatMap((ref) => metrics.lock(ref, config) ?? []);
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
export async function readEvidence(experiment: Experiment, { reader, config, window, now }: { readonly reader: MetricReader | null; readonly config: Config; readonly window: Window; readonly now: number }): Promise<ReadonlyMap<string, MetricReading>> {
  const asked = experiment.metrics.map((metric) => withQueries(metric, { reader, config }));
  if (reader === null || asked.length === 0) return new Map();
  const readings = await reader.read(asked, config.sources, { from: window.effectAt - BASELINE_HOURS * HOUR, to: window.to, step: STEP, now, patienceMs: JUDGING_PATIENCE_MS });
  return new Map(asked.flatMap(({ name }, i) => (readings[i] === undefined ? [] : [[name, readings[i]] as const])));
}

/** What the record may not hold is taken from the catalogue again. */
function withQueries(metric: LockedMetric, { reader, config }: { readonly reader: MetricReader | null; readonly config: Config }): LockedMetric {
  if (metric.queries !== null || reader === null) return metric;
  return { ...metric, queries: reader.lock(parseName(metric.name), config)?.queries ?? null };
}

function parseName(name: string): MetricRef {
  const open = name.indexOf('(');
  return open === -1 ? { name, args: [] } : { name: name.slice(0, open), args: name.slice(open + 1, -1).split(',').map((arg) => arg.trim()) };
}

/** True while a source fails in a way that may pass. */
export function isPending(readings: ReadonlyMap<string, MetricReading>): boolean {
  return [...readings.values()].some(({ kind }) => kind === 'failed');
}

