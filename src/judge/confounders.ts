// Does the metric shift at another deployment inside the window?
import type { Fold } from './prepare.ts';
import { createScene, fitEffect } from './fit.ts';
import { cdf, meanOf } from './mixture.ts';
import { views } from './views.ts';

/** Below 5 % of the level a shift changes no verdict. */
const leastShift = 0.05;

/** A second step at a share of the window, beside the one at its start. Where too few blocks lie on a side of it, nobody can tell: true. */
export function isShiftedAt(fold: Fold, share: number): boolean {
  const blocks = fold(4);
  if (blocks === null) return true;
  const window = blocks.values.length - blocks.before;
  const at = blocks.before + Math.round(share * window);
  const has = (from: number, to: number): boolean => blocks.values.subarray(from, to).some(Number.isFinite);
  if (!has(blocks.before, at) || !has(at, blocks.values.length)) return true;
  const first = Float64Array.from(blocks.values, (_, i) => (i >= blocks.before ? 1 : 0));
  const walks = views[0]!.assumptions.wanders.filter(({ memory }) => memory === Infinity);
  const second = fitEffect({ ...createScene({ ...blocks, before: at }), beside: [first] }, { wanders: walks, weekdays: [0], weekly: 'day' });
  if (second === null) return true;
  const below = cdf(second, 0);
  return Math.min(below, 1 - below) < 0.05 && Math.abs(meanOf(second)) > leastShift;
}
