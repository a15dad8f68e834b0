// Rates with their counts (bad of total): the share of the window, never a mean of ratios.
import { probabilityBetween } from './belief.ts';
import { findHole, percent, type Case } from './case.ts';
import { changeBelow, changeOf, three } from './events.ts';
import { createScene, fitEffect } from './fit.ts';
import { undoesRecentShift } from './incident.ts';
import { meanOf, type Mixture } from './mixture.ts';
import { dispersion, quantileBelow, rateBelow, type Tally } from './numerics/counts.ts';
import { countFinite, median } from './numerics/statistics.ts';
import { measure } from './relative.ts';
import { day, doubtAllowed, leastHistory } from './settings.ts';
import { definite, open, type Finding } from './verdict.ts';
import { mix, views } from './views.ts';

/** From this many errors a block on, its logarithm behaves like any other metric's. */
const enoughErrors = 8;

interface Stretch {
  readonly bad: readonly number[];
  readonly total: readonly number[];
  /** The first block of the window. */
  readonly before: number;
}

/** Sums over blocks of `length` seconds, counted from the window's start; the first, incomplete one left out. */
function sumBlocks({ series, start, end }: Case, length: number): Stretch {
  const first = Math.ceil(((series.times[0] ?? start) - series.step / 2 - start) / length);
  const after = Math.floor((end - start) / length);
  const bad = Array.from({ length: after - first }, () => 0);
  const total = Array.from({ length: after - first }, () => 0);
  series.times.forEach((time, i) => {
    const block = Math.floor((time - start) / length) - first;
    if (block < 0 || block >= bad.length) return;
    bad[block]! += series.values[i]!;
    total[block]! += series.totals![i]!;
  });
  return { bad, total, before: -first };
}

function tallyOf({ values, totals }: Case['after']): Tally {
  return { count: values.reduce((sum, value) => sum + value, 0), exposure: totals!.reduce((sum, value) => sum + value, 0) };
}

/** "error_rate stays below 0.5%": `bound` as a share. Wander between days counts half, since the window's own share was promised. */
export function judgeShare(found: Case, bound: number): Finding {
  const hole = findHole(found);
  if (hole !== null) return hole;
  const { remarks } = found;
  const tally = tallyOf(found.after);
  if (tally.exposure === 0) return open('not-exercised', { remarks });
  const burst = (1 + pastBurst(found)) / 2;
  const below = (share: number): number => rateBelow(tally, share, burst);
  const known = { remarks, estimate: tally.count / tally.exposure, interval: [quantileBelow(below, 0.025, 1), quantileBelow(below, 0.975, 1)] as const };
  return three(below(bound), known, 'too-few-errors');
}

function pastBurst(found: Case): number {
  const { bad, total, before } = sumBlocks(found, day);
  return dispersion(bad.slice(0, before), total.slice(0, before));
}

/** "error_rate falls by 30%": on the logarithm of the daily share where errors are many, by their counts where they are few. */
export function judgeShareChange(found: Case, ratio: number): Finding {
  const hole = findHole(found);
  if (hole !== null) return hole;
  const { remarks } = found;
  const days = sumBlocks(found, day);
  if (days.before < leastHistory) return open('history-too-short', { remarks, detail: `${leastHistory} days are needed` });
  if (median(days.bad) >= enoughErrors) return judgeManyErrors(found, ratio);
  const counted = { after: tallyOf(found.after), before: tallyOf(found.before), burst: pastBurst(found) };
  if (counted.before.count === 0 || counted.after.exposure === 0) return open('too-few-errors', { remarks });
  return three(changeBelow(counted, ratio), { remarks, ...changeOf(counted) }, 'too-few-errors');
}

function judgeManyErrors(found: Case, ratio: number): Finding {
  const { belief, days } = lookAtShares(found);
  if (belief === null) return open('history-too-short', { remarks: found.remarks });
  const known = measure(belief, found.remarks);
  if (undoesRecentShift(days, meanOf(belief))) return open('baseline-was-an-incident', known);
  const probability = probabilityBetween(belief, -Infinity, Math.log(Math.max(ratio, 1e-9)));
  const told = { ...known, probability };
  const doubt = doubtAllowed({ history: countFinite(days.values.subarray(0, days.before)), role: found.trial.criterion.role, controlled: false, atPeak: false });
  if (probability >= 1 - doubt.met) return definite('met', 'measured', told);
  return probability <= doubt.missed ? definite('missed', 'measured', told) : open('unclear', { ...told, detail: `${percent(probability)} likely to hold` });
}

export function lookAtShares(found: Case): { readonly belief: Mixture | null; readonly days: { readonly values: Float64Array; readonly before: number; readonly perDay: number } } {
  const blocksOf = (perDay: number): { readonly values: Float64Array; readonly before: number; readonly perDay: number; readonly many: boolean } => {
    const { bad, total, before } = sumBlocks(found, day / perDay);
    // Half an error more, half a success more: the logarithm of none stays finite (Haldane, Anscombe).
    const values = Float64Array.from(bad, (count, i) => (total[i]! > 0 ? Math.log((count + 0.5) / (total[i]! + 1)) : Number.NaN));
    return { values, before, perDay, many: median(bad) >= enoughErrors };
  };
  const days = blocksOf(1);
  const seen = views.map(({ perDay, share, assumptions }) => {
    const blocks = perDay === 1 ? days : blocksOf(perDay);
    return { belief: blocks.many ? fitEffect(createScene(blocks), assumptions) : null, share };
  });
  return { belief: mix(seen), days };
}
