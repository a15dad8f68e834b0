// The ways in which the judge looks at a metric: whole days, quarters of a day, two hours; and what each assumes.
import type { Blocks } from './blocks.ts';
import { fitEffect, type Assumptions } from './fit.ts';
import type { Mixture } from './mixture.ts';
import type { Fold } from './prepare.ts';

/** Variance a day of a random walk against the noise of a block: from "always returns" to "never looks back". */
const walks = [0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].map((perDay) => ({ perDay, memory: Infinity }));

/** A level that is drawn back to its mean within `memory` days. */
function returning(memory: number): Assumptions['wanders'] {
  return [0.1, 0.3, 1, 3, 10, 30].map((perDay) => ({ perDay, memory }));
}

export interface View {
  readonly perDay: number;
  /** Its share of the belief. */
  readonly share: number;
  readonly assumptions: Assumptions;
}

const weekdays = [0, 0.3, 1, 3];

/**
 * Each view errs in its own way: whole days are blind to when the effect came, short blocks are fooled by what wanders within a day. Where they
 * agree the belief is narrow, where they don't it is wide: the mixture is better calibrated than any of them.
 */
export const views: readonly View[] = [
  { perDay: 1, share: 4, assumptions: { wanders: [...walks, ...returning(1), ...returning(4)], weekdays, weekly: 'block' } },
  { perDay: 4, share: 1, assumptions: { wanders: [...walks, ...returning(1), ...returning(4)], weekdays, weekly: 'day' } },
  { perDay: 12, share: 1, assumptions: { wanders: [...walks, ...returning(0.25), ...returning(1), ...returning(4)], weekdays, weekly: 'day' } },
];

/** Only whole days: for what has a value or two a day (peak hours, conditions, daily cost). */
export const wholeDays: readonly View[] = views.slice(0, 1);

export interface Looked {
  /** The belief about the mean effect over the window; null when no view has enough to go by. */
  readonly belief: Mixture | null;
  /** The metric by whole days, from which everything else is told. */
  readonly days: Blocks;
}

/** Looks at a metric through several views. */
export function look(fold: Fold, through: readonly View[]): Looked {
  const seen = through.flatMap((view) => {
    const blocks = fold(view.perDay);
    const belief = blocks === null ? null : fitEffect(blocks, view.assumptions);
    return belief === null ? [] : [{ belief, share: view.share }];
  });
  const all = seen.reduce((sum, { share }) => sum + share, 0);
  const belief = seen.flatMap(({ belief, share }) => belief.map((part) => ({ ...part, weight: (part.weight * share) / all })));
  return { belief: belief.length === 0 ? null : belief, days: fold(1)! };
}
