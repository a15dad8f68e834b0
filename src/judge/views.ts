// The ways in which the judge looks at a metric: whole days, quarters of a day, two hours, hour by hour; and what each assumes.
import type { Blocks } from './blocks.ts';
import { createScene, fitEffect, type Assumptions, type Scene } from './fit.ts';
import type { Mixture } from './mixture.ts';
import type { Fold } from './prepare.ts';
import type { Wander } from './whiten.ts';

/** Variance a day of a random walk against the noise of a block: from "always returns" to "never looks back". */
const walks = [0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].map((perDay): Wander => ({ perDay, memory: Infinity }));

/** A level that is drawn back to its mean within `memory` days. */
function returning(memory: number): readonly Wander[] {
  return [0.1, 0.3, 1, 3, 10, 30].map((perDay) => ({ perDay, memory }));
}

export interface View {
  readonly perDay: number;
  /** Its share of the belief. */
  readonly share: number;
  readonly assumptions: Assumptions;
}

const weekdays = [0, 0.3, 1, 3];
const slow: readonly Wander[] = [...walks, ...returning(1), ...returning(4)];
/** Short blocks are many and tell the ways apart by themselves: every other one will do, and costs half. */
const fast = [...walks, ...returning(0.25), ...returning(1), ...returning(4)].filter((_, i) => i % 2 === 1);

const days: View = { perDay: 1, share: 4, assumptions: { wanders: slow, weekdays, weekly: 'block' } };
const hours: Assumptions = { wanders: fast, weekdays, weekly: 'day' };

/**
 * Each view errs in its own way: whole days are blind to when the effect came, short blocks are fooled by what wanders within a day. Where they
 * agree the belief is narrow, where they don't it is wide: the mixture is better calibrated than any of them.
 */
export const views: readonly View[] = [days, { perDay: 4, share: 1, assumptions: { wanders: slow, weekdays, weekly: 'day' } }, { perDay: 12, share: 1, assumptions: hours }];

/** Only whole days: for what has a value or two a day. */
export const wholeDays: readonly View[] = [days];

/** Some hours count: their days, and one by one. */
export const chosenHours: readonly View[] = [{ ...days, share: 1 }, { perDay: 24, share: 1, assumptions: hours }];

export interface Looked {
  /** The belief about the mean effect over the window; null when no view has enough to go by. */
  readonly belief: Mixture | null;
  /** The metric by whole days, from which everything else is told. */
  readonly days: Blocks;
}

export interface Sight {
  readonly fold: Fold;
  readonly views: readonly View[];
  /** The hours that count beside all the others: one view more; null where all count. */
  readonly clock: Scene | null;
}

/** Looks at a metric through several views. */
export function look({ fold, views: through, clock }: Sight): Looked {
  const scenes = through.flatMap(({ perDay, share, assumptions }) => {
    const blocks = fold(perDay);
    return blocks === null ? [] : [{ scene: createScene(blocks), share, assumptions }];
  });
  const all = clock === null ? scenes : [...scenes, { scene: clock, share: 1, assumptions: hours }];
  return { belief: mix(all.map(({ scene, share, assumptions }) => ({ belief: fitEffect(scene, assumptions), share }))), days: fold(1)! };
}

/** Beliefs in their shares; those that could not be formed leave theirs to the others. Null of none. */
export function mix(seen: readonly { readonly belief: Mixture | null; readonly share: number }[]): Mixture | null {
  const formed = seen.flatMap(({ belief, share }) => (belief === null ? [] : [{ belief, share }]));
  const all = formed.reduce((sum, { share }) => sum + share, 0);
  return formed.length === 0 ? null : formed.flatMap(({ belief, share }) => belief.map((part) => ({ ...part, weight: (part.weight * share) / all })));
}
