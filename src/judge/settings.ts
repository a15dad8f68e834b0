// The judge's fixed settings: one set for every metric. Each was chosen on the bench, not per series.

import type { Role } from '../model/hypothesis.ts';

export const hour = 3600;
export const day = 86_400;

/** History further back says little about next week. Days. */
export const longestHistory = 35;
/** Fewer days cannot tell a weekday from a change. */
export const leastHistory = 7;
/** More of the observation missing than this, and nobody can tell. */
export const mostMissing = 0.1;
/** Seconds. */
export const longestGap = 6 * hour;

/**
 * Doubt allowed about a relative criterion, after the prior below has had its say. Missing a promise needs more proof than keeping it, since
 * the prior already stands against large effects.
 */
export interface Doubt {
  readonly met: number;
  readonly missed: number;
}
export const doubts: Doubt = { met: 0.22, missed: 0.12 };
/** Where what is normal is known well: from three weeks of history on, and at peak, which is seen in three ways that share little. */
const generous: Doubt = { met: 0.3, missed: 0.2 };
const longHistory = 21;
/** The prior says "no change", and so does every guardrail: that one holds has to be proven without its help. */
const mostAboutGuardrails = 0.16;

export interface Ground {
  /** Days. */
  readonly history: number;
  readonly role: Role;
  /** A control's own noise is no part of the history's. */
  readonly controlled: boolean;
  readonly atPeak: boolean;
}

export function doubtAllowed({ history, role, controlled, atPeak }: Ground): Doubt {
  const { met, missed } = !controlled && (atPeak || history >= longHistory) ? generous : doubts;
  return { met: role === 'guardrail' ? Math.min(met, mostAboutGuardrails) : met, missed };
}
/** Doubt allowed with counts. */
export const doubtCounts = 0.05;

/**
 * Before looking, an effect is believed to lie around none, with this deviation of its logarithm: two thirds of all changes move a metric by a
 * factor of less than 1.65 either way (Kohavi et al.: 66-92 % of ideas don't move theirs).
 */
export const priorDeviation = 0.5;

/** An hour is exercised when the condition held in it; a relative criterion needs this many before. */
export const leastHoursBefore = 20;
/** A level this near to its bound (as a share of it) is as good as on it. */
export const levelResolution = 0.01;
