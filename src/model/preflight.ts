// What can be found out about a criterion before anything is merged: its data, its noise, what could be seen.
import type { Withheld } from './config.ts';
import type { Role } from './hypothesis.ts';

/** Whether the source gave the metric: `series`, or the named reason why not. */
export type PreflightData =
  /** `days` of history, of which `missing` (0..1) is not there. */
  | { readonly kind: 'series'; readonly days: number; readonly missing: number }
  | { readonly kind: 'no-data' }
  | { readonly kind: 'several-series'; readonly count: number }
  /** The source didn't answer in time, or refused; a merge never waits for it. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** The operator of the App does not let this repository ask. */
  | ({ readonly kind: 'not-offered' } & Withheld)
  /** Nothing to ask: a person gives the value, or a load test does. */
  | { readonly kind: 'not-asked'; readonly why: 'manual' | 'evidence' | 'no-source' };

/** One criterion looked at before the merge. Lengths are seconds, shares and relative changes fractions. */
export interface PreflightFinding {
  /** The line as written. */
  readonly text: string;
  readonly role: Role;
  /** As criteria name it: `p95(orders)`. */
  readonly metric: string;
  readonly unit: string | null;
  readonly data: PreflightData;
  /** Today's typical value over the hours that count, in the metric's unit; null without data. */
  readonly today: number | null;
  /** What the metric does by itself over such a window: 95 of 100 quiet windows change less. */
  readonly wobble: number | null;
  /** It holds already: then a goal proves nothing, unless it is to hold still (*insure*, *oblige*). */
  readonly alreadyTrue: boolean;
  /** The relative change that was promised, without its sign; null where no change was promised. */
  readonly promised: number | null;
  /** The planned window, and the smallest relative change it could see, without its sign. */
  readonly window: number;
  readonly mde: number | null;
  /** The window that would see what was promised; null where the planned one does, or none of two weeks or less would. */
  readonly neededWindow: number | null;
  /** For "no more events": the chance of none in the window although nothing changed. */
  readonly byLuck: number | null;
  /** The metric's effect can only show in its busiest hours, and the line doesn't say "at peak". */
  readonly onlyAtPeak: boolean;
}
