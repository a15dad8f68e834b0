// Whoever answers in the story: the Action, run for each event, or the App, which hears of it by itself. Each deed resolves when it was answered.
import type { PullSeed } from '../seed/pull.ts';

export interface Host {
  /** Returns the number, and the check's line. */
  readonly open: (pull: Omit<PullSeed, 'expects'>) => Promise<{ readonly number: number; readonly check: string }>;
  /** A new description; returns the check's line. */
  readonly edit: (number: number, body: string) => Promise<string>;
  readonly merge: (number: number) => Promise<void>;
  /** `main` to production; a line for each record that moved. */
  readonly deploy: () => Promise<readonly string[]>;
  /** Time passes. */
  readonly goTo: (instant: string) => Promise<void>;
  /** What is done by the clock: a line for each record that moved, and how many writes it took. */
  readonly tick: () => Promise<{ readonly lines: readonly string[]; readonly writes: number }>;
  /** A comment of a person; a line for each record that moved. */
  readonly say: (number: number, by: string, body: string) => Promise<readonly string[]>;
}
