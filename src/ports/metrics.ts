// The doors to measurements: series, many metrics at once, and the one value of a load test.
import type { RepoRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { LockedMetric } from '../model/experiment.ts';
import type { MetricRef, Quantity } from '../model/hypothesis.ts';

/** What a source is asked: one bound query over [from, to]; all instants and lengths in epoch seconds and seconds. */
export interface SeriesQuery {
  readonly query: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** The instant of the run: a bucket that ends after it is not whole yet. */
  readonly now: number;
}

/** What is to be told of a series besides its points. None of these is an error: they are answers. */
export type SeriesCondition =
  | { readonly kind: 'no-data' }
  /** Refused: the points of several series are never mixed. `examples`: how they differ. */
  | { readonly kind: 'several-series'; readonly count: number; readonly examples: readonly string[] }
  /** NaN, ±Inf and null values, left out. */
  | { readonly kind: 'dropped'; readonly count: number }
  /** Values that the source repeated where it had no sample, left out. */
  | { readonly kind: 'repeated'; readonly count: number }
  /** The newest bucket was not over yet and is left out. */
  | { readonly kind: 'partial-newest'; readonly at: number }
  /** The series begins at `from`, more than a day later than was asked. */
  | { readonly kind: 'truncated-history'; readonly from: number }
  /** The source answered with a wider step than was asked. */
  | { readonly kind: 'coarser-step'; readonly step: number }
  /** Holes of more than two steps, and the longest of them. They stay holes. */
  | { readonly kind: 'gaps'; readonly count: number; readonly from: number; readonly to: number }
  /** Bad events without their total, or the other way about, left out of a rate. */
  | { readonly kind: 'unpaired'; readonly count: number }
  /** Refused: the source states another unit than the catalogue. */
  | { readonly kind: 'wrong-unit'; readonly found: string; readonly expected: string }
  /** The source's own warning, e.g. that a part of it did not answer. */
  | { readonly kind: 'warning'; readonly text: string };

/** One series in time order, finite values only: `[epochSeconds, value]`. */
export interface Series {
  readonly points: readonly (readonly [number, number])[];
  /** Seconds between two points as the source gives them. */
  readonly step: number;
  /** Whether a point tells of the bucket that begins at its time, or of its instant. */
  readonly stands: 'for-bucket' | 'for-instant';
  readonly conditions: readonly SeriesCondition[];
  /** As the source states it; most state none. */
  readonly unit?: string | null;
}

/** What was asked of a metric: the series, or the named reason why there is none. */
export type MetricReading =
  | {
      readonly kind: 'series';
      /** `[t, value]`, or `[t, bad, total]` for a rate with its two halves. */
      readonly points: readonly (readonly number[])[];
      readonly step: number;
      readonly conditions: readonly SeriesCondition[];
      /** Points that the range should have and that are missing; null where the source can't tell. */
      readonly missing: number | null;
      /** The queries as they were sent. */
      readonly queries: readonly string[];
    }
  | { readonly kind: 'failed'; readonly lasting: 'transient' | 'setup'; readonly message: string; readonly remedy: string | null };

/** When to look, in epoch seconds and seconds; `patienceMs` is all the time there is for all of them together. */
export interface MeasuringRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly now: number;
  readonly patienceMs: number;
}

/** The metrics of a repository. Never throws and never waits longer than it is given: a failure is an answer. */
export interface MetricReader {
  /** Metrics with their queries as they will be sent, in their order; null where the catalogue doesn't know one. */
  readonly lock: (refs: readonly MetricRef[], config: Pick<Config, 'metrics' | 'sources'>) => Promise<readonly (LockedMetric | null)[]>;
  /** Reads metrics as they were locked, in their order. Sources are those of the configuration in force: their addresses and secrets may move. */
  readonly read: (metrics: readonly LockedMetric[], sources: Config['sources'], range: MeasuringRange) => Promise<readonly MetricReading[]>;
}

/** Where the one value of an `evidence:` criterion is to be found. */
export interface EvidenceQuery {
  readonly repo: RepoRef;
  /** Commits at which a check or an artefact may be, the best first: the merge commit, then the head. */
  readonly commits: readonly string[];
  /** As the criterion writes it: the name of a check or an artefact, or a URL. */
  readonly source: string;
  readonly metric: MetricRef;
  /** Hosts from which a URL is fetched (`evidence-hosts`). */
  readonly hosts: readonly string[];
}

export type EvidenceReading =
  /** `passed`: how the check ended that told it; null where no check did. */
  | { readonly kind: 'value'; readonly value: Quantity; readonly from: string; readonly passed: boolean | null }
  /** Nothing there yet, or nothing of this metric in it. */
  | { readonly kind: 'absent'; readonly why: string }
  /** A URL that is not fetched: people look at it, and its owner gives the value. */
  | { readonly kind: 'owner'; readonly why: string }
  | { readonly kind: 'failed'; readonly lasting: 'transient' | 'setup'; readonly message: string; readonly remedy: string | null };

/** Load tests and drills: one value, no series. Never throws: a failure is an answer. */
export interface EvidenceReader {
  readonly readEvidence: (query: EvidenceQuery) => Promise<EvidenceReading>;
}

/** A source of metrics. Throws TransientError for what may pass, SetupError for what a person has to mend. */
export interface MetricProvider {
  readonly readSeries: (query: SeriesQuery) => Promise<Series>;
}
