// Pre-flight: what the metric sources say of each criterion before anything is merged, in a few seconds or not at all.
import { BASELINE_HOURS } from '../experiment/baseline.ts';
import { foresee, type Foresight } from '../judge/foresight.ts';
import type { Trial } from '../judge/trial.ts';
import type { Config } from '../model/config.ts';
import type { LockedMetric } from '../model/experiment.ts';
import type { Criterion, Hypothesis, MetricCriterion } from '../model/hypothesis.ts';
import type { PreflightData, PreflightFinding } from '../model/preflight.ts';
import type { MetricReader, MetricReading } from '../ports/metrics.ts';
import { judgedMetric, othersOf, withFullNames } from './judging.ts';
import { lockMetrics } from './reading.ts';
import { renderMetric } from '../metric-name.ts';

/** All sources together; a merge never waits for a metrics server. */
const PATIENCE_MS = 5_000;
/** Coarser than the judge's five minutes: enough for days and hours, and a third of the answer. */
const STEP = 900;

export interface PreflightRequest {
  readonly hypothesis: Hypothesis;
  readonly config: Config;
  readonly reader: MetricReader;
  /** The instant of the run, ISO 8601. */
  readonly at: string;
}

/** One finding a criterion, in their order. A source that does not answer is a finding too. */
export async function preflight({ hypothesis, config, reader, at }: PreflightRequest): Promise<readonly PreflightFinding[]> {
  const now = Math.floor(Date.parse(at) / 1000);
  const window = hypothesis.schedule.window ?? config.defaults.window;
  const metrics = await lockMetrics(hypothesis.criteria, config, reader);
  const range = { from: now - BASELINE_HOURS * 3600, to: now, step: STEP, now, patienceMs: PATIENCE_MS };
  const read = metrics.length === 0 ? [] : await reader.read(metrics, config.sources, range);
  const readings = new Map(metrics.flatMap(({ name }, i) => (read[i] === undefined ? [] : [[name, read[i]] as const])));
  return hypothesis.criteria.map((criterion) => find(criterion, { metrics, readings, now, window, withheld: config.withheld }));
}

interface Seen {
  readonly metrics: readonly LockedMetric[];
  readonly readings: ReadonlyMap<string, MetricReading>;
  readonly now: number;
  readonly window: number;
  readonly withheld: Config['withheld'];
}

const BLIND: Omit<Foresight, 'days'> = { today: null, wobble: null, alreadyTrue: false, mde: null, neededWindow: null, byLuck: null, onlyAtPeak: false };

function find(criterion: Criterion, seen: Seen): PreflightFinding {
  const name = renderMetric(criterion.metric);
  const metric = seen.metrics.find((candidate) => candidate.name === name) ?? null;
  const reading = seen.readings.get(name);
  const promised = promisedChange(criterion);
  const known = { text: criterion.text, role: criterion.role, metric: name, unit: metric?.unit ?? null, promised, window: seen.window };
  const withheld = criterion.kind === 'metric' && !criterion.manual ? seen.withheld.get(criterion.metric.name) : undefined;
  const data: PreflightData = withheld === undefined ? dataOf(criterion, metric, reading) : { kind: 'not-offered', ...withheld };
  if (criterion.kind !== 'metric' || metric === null || reading?.kind !== 'series' || data.kind !== 'series') return { ...known, data, ...BLIND };
  const { days, ...foresight } = foresee(trialOf(criterion, { metric, reading, seen }));
  return { ...known, data: { ...data, days }, ...foresight };
}

function dataOf(criterion: Criterion, metric: LockedMetric | null, reading: MetricReading | undefined): PreflightData {
  if (criterion.kind === 'evidence') return { kind: 'not-asked', why: 'evidence' };
  if (criterion.manual) return { kind: 'not-asked', why: 'manual' };
  if (metric === null || reading === undefined) return { kind: 'not-asked', why: 'no-source' };
  if (reading.kind === 'failed') return { kind: 'unreachable', message: reading.message };
  const several = reading.conditions.find((condition) => condition.kind === 'several-series');
  if (several?.kind === 'several-series') return { kind: 'several-series', count: several.count };
  if (reading.points.length === 0) return { kind: 'no-data' };
  const expected = reading.points.length + (reading.missing ?? 0);
  return { kind: 'series', days: 0, missing: (reading.missing ?? 0) / expected };
}

function trialOf(criterion: MetricCriterion, { metric, reading, seen }: { readonly metric: LockedMetric; readonly reading: MetricReading & { kind: 'series' }; readonly seen: Seen }): Trial {
  return {
    metric: judgedMetric(metric), criterion: withFullNames(criterion), series: reading.points, deployedAt: seen.now, settle: 0, window: seen.window,
    others: othersOf(criterion, seen.readings), history: [], exclude: [], deployments: [],
  };
}

/** The size of the promised change; null where a level is promised. */
function promisedChange(criterion: Criterion): number | null {
  if (criterion.kind !== 'metric' || criterion.role === 'guardrail') return null;
  return criterion.expects.kind === 'relative-change' ? Math.abs(criterion.expects.by) : null;
}
