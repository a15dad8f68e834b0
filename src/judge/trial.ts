// What the judge is given: one criterion, one metric's points before and after, and what else happened. All instants are epoch seconds.
import type { Metric, MetricKind } from '../model/config.ts';
import type { MetricCriterion } from '../model/hypothesis.ts';

/** `[t, value]`; for kind `rate` `[t, bad, total]`, for kind `events` `[t, new events in the bucket that begins at t]`. */
export type Point = readonly number[];

export interface JudgedMetric {
  readonly name: string;
  readonly unit: string | null;
  readonly better: 'lower' | 'higher' | null;
  readonly kind: MetricKind;
  /** What an hour's points become; null: the median for gauges, the mean where they are counts. */
  readonly aggregate: Metric['aggregate'];
}

export interface Trial {
  readonly metric: JudgedMetric;
  /** Its bounds are in the metric's unit. */
  readonly criterion: MetricCriterion;
  readonly series: readonly Point[];
  readonly deployedAt: number;
  /** Seconds after the deployment that count neither as before nor as after. */
  readonly settle: number;
  /** Seconds. */
  readonly window: number;
  /** Series of the metrics that the criterion names (condition, control), by name. */
  readonly others: ReadonlyMap<string, readonly Point[]>;
  /** The hourly baseline stored at lock: stands in where the series begins later. */
  readonly history: readonly Point[];
  /** Stretches that are neither data nor missing. */
  readonly exclude: readonly (readonly [number, number])[];
  /** Other deployments on the service. */
  readonly deployments: readonly number[];
}
