// How often bets came true, and how well their authors knew it.
import type { LedgerEntry } from '../model/experiment.ts';
import { cameTrue } from './outcome-words.ts';

export interface HitRate {
  readonly hits: number;
  /** Those that could be decided; what the data couldn't tell is neither hit nor miss. */
  readonly decided: number;
  readonly open: number;
  /** Wilson's 95 % interval of the share, 0..1. */
  readonly interval: readonly [number, number];
}

/** Null where nothing was decided. */
export function hitRate(entries: readonly LedgerEntry[]): HitRate | null {
  const truths = entries.map(truthOf);
  const decided = truths.filter((truth) => truth !== null);
  if (decided.length === 0) return null;
  const hits = decided.filter(Boolean).length;
  const open = entries.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'not exercised').length;
  return { hits, decided: decided.length, open, interval: wilson(hits, decided.length) };
}

export interface Calibration {
  /** Stated odds in bands of a fifth, with what came true. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly hits: number; readonly bets: number }[];
  /** Mean squared distance of odds and truth: 0 is a seer, 0.25 a coin. */
  readonly brier: number;
  readonly bets: number;
}

/** Null where no decided bet had odds. */
export function calibration(entries: readonly LedgerEntry[]): Calibration | null {
  const told = entries.flatMap((entry) => {
    const truth = truthOf(entry);
    return truth === null || entry.odds === null ? [] : [{ odds: entry.odds, truth }];
  });
  if (told.length === 0) return null;
  const bands = [0, 1, 2, 3, 4].map((band) => {
    const inside = told.filter(({ odds }) => Math.min(4, Math.floor(odds * 5 + 1e-9)) === band);
    return { from: band / 5, to: (band + 1) / 5, hits: inside.filter(({ truth }) => truth).length, bets: inside.length };
  });
  return { bands: bands.filter(({ bets }) => bets > 0), bets: told.length, brier: told.reduce((sum, { odds, truth }) => sum + (odds - (truth ? 1 : 0)) ** 2, 0) / told.length };
}

function truthOf({ outcome }: LedgerEntry): boolean | null {
  return outcome === null || outcome === 'withdrawn' ? null : cameTrue(outcome);
}

/** Honest for few: 3 of 3 is 44% to 100%. */
function wilson(hits: number, bets: number): readonly [number, number] {
  const z = 1.96;
  const share = hits / bets;
  const centre = (share + z ** 2 / (2 * bets)) / (1 + z ** 2 / bets);
  const half = (z / (1 + z ** 2 / bets)) * Math.sqrt((share * (1 - share)) / bets + z ** 2 / (4 * bets ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
