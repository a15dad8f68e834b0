// A bet as a host with memory keeps it: its line of the index, its record, and when time alone moves it on.
import type { Experiment, LedgerEntry } from '../model/experiment.ts';
import { dueOf, type Due } from './due.ts';

export interface Bet extends Due {
  readonly entry: LedgerEntry;
  /** null: the record is lost, or of a version that cannot be read; the line is all there is. */
  readonly experiment: Experiment | null;
}

export function betOf({ entry, experiment }: Pick<Bet, 'entry' | 'experiment'>, now: number): Bet {
  return { entry, experiment, ...(experiment === null ? { verdictAt: entry.dueAt, nextAt: null } : dueOf(experiment, now)) };
}
