// The metrics of a repository: locked with their queries, and read together within the time there is. A failure is an answer.
import { SetupError, TransientError } from '../errors.ts';
import { bindMetric } from '../hypothesis/bind.ts';
import type { Config } from '../model/config.ts';
import type { LockedMetric } from '../model/experiment.ts';
import type { MetricRef } from '../model/hypothesis.ts';
import type { MeasuringRange, MetricReader, MetricReading } from '../ports/metrics.ts';
import { readMetric } from './read-metric.ts';
import type { Surroundings } from './registry.ts';
import { resolveMetric } from './resolve.ts';
import { renderMetric } from '../metric-name.ts';

/** Readings under way at once: a metrics server has other users. */
const AT_ONCE = 8;

export function createMetricReader(surroundings: Surroundings): MetricReader {
  return { lock: async (refs, config) => refs.map((ref) => lock(ref, config)), read: (metrics, sources, range) => readAll(metrics, { sources, range, surroundings }) };
}

function lock(ref: MetricRef, config: Pick<Config, 'metrics' | 'sources'>): LockedMetric | null {
  const binding = bindMetric(ref, config.metrics);
  if (!binding.ok) return null;
  const { unit, better, kind, aggregate, cadence, public: shown, source } = binding.metric;
  const type = config.sources.get(source ?? '')?.type ?? null;
  return { name: renderMetric(ref), unit, better, kind, aggregate, cadence, public: shown, source, sourceType: type, ...queriesOf(ref, config) };
}

/** A metric without a source, or one that people answer, has no query. */
function queriesOf(ref: MetricRef, config: Pick<Config, 'metrics' | 'sources'>): Pick<LockedMetric, 'queries' | 'samples'> {
  try {
    const { queries, samples } = resolveMetric(ref, config);
    return { queries, samples };
  } catch (error) {
    if (error instanceof SetupError) return { queries: null, samples: null };
    throw error;
  }
}

interface Reading {
  readonly sources: Config['sources'];
  readonly range: MeasuringRange;
  readonly surroundings: Surroundings;
}

/** Several criteria often name one metric: the same question is asked once. */
async function readAll(metrics: readonly LockedMetric[], reading: Reading): Promise<readonly MetricReading[]> {
  const over = AbortSignal.timeout(reading.range.patienceMs);
  const surroundings = { ...reading.surroundings, signal: over };
  const inTurn = limitTo(AT_ONCE);
  const asked = new Map<string, Promise<MetricReading>>();
  const readings = metrics.map((metric) => {
    const key = JSON.stringify([metric.source, metric.queries, metric.samples, metric.cadence, metric.unit]);
    const known = asked.get(key) ?? inTurn(() => readOne(metric, { ...reading, surroundings }).catch(asFailure));
    asked.set(key, known);
    return known;
  });
  const late = new Promise<MetricReading>((resolve) => over.addEventListener('abort', () => resolve({ kind: 'failed', lasting: 'transient', message: `no answer within ${reading.range.patienceMs / 1000} s`, remedy: null })));
  return Promise.all(readings.map((one) => Promise.race([one, late])));
}

async function readOne(metric: LockedMetric, { sources, range, surroundings }: Reading): Promise<MetricReading> {
  const source = sources.get(metric.source ?? '');
  if (source === undefined) throw new SetupError(metric.source === null ? `the metric \`${metric.name}\` has no source` : `the source \`${metric.source}\` is not in the configuration any more`, 'Add it below `sources` of the configuration.');
  if (metric.queries === null) throw new SetupError(`the metric \`${metric.name}\` has no query that could be sent`, 'Add `query:` to it in the metric catalogue.');
  const { from, to, step, now } = range;
  const { points, step: given, conditions, missing } = await readMetric({ ...metric, source, queries: metric.queries }, surroundings, { from, to, step, now });
  const foreign = conditions.find((condition) => condition.kind === 'wrong-unit');
  if (foreign?.kind === 'wrong-unit') throw new SetupError(`the source \`${source.name}\` gives \`${metric.name}\` in ${foreign.found}, and ${foreign.expected} was agreed`, 'Convert in the query, or correct `unit` in the metric catalogue.');
  return { kind: 'series', points, step: given, conditions, missing, queries: metric.queries };
}

/** Bugs stay loud. */
function asFailure(error: unknown): MetricReading {
  if (error instanceof TransientError) return { kind: 'failed', lasting: 'transient', message: error.message, remedy: null };
  if (error instanceof SetupError) return { kind: 'failed', lasting: 'setup', message: error.message, remedy: error.remedy };
  throw error;
}

/** Runs what it is given, so many at once, in order. */
function limitTo(count: number): <Value>(run: () => Promise<Value>) => Promise<Value> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free === 0) await new Promise<void>((go) => waiting.push(go));
    else free -= 1;
    return run().finally(() => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    });
  };
}
