// What the shell gets to know: the four exit codes, and which of them an error means.
import { SetupError, TransientError } from '../src/errors.ts';
import type { Verdict } from '../src/model/decision.ts';

/** 0 pass or neutral · 1 fail · 2 bad input or set-up · 3 could not evaluate. An interface: keep them. */
export const exitCodes = { pass: 0, fail: 1, setup: 2, unable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOfVerdict(verdict: Verdict): ExitCode {
  return verdict === 'fail' ? exitCodes.fail : exitCodes.pass;
}

/** An error as it is told: one sentence of what is wrong, one of how to mend it. */
export interface ToldError {
  readonly code: ExitCode;
  readonly kind: 'set-up' | 'could-not-evaluate';
  readonly message: string;
  readonly remedy: string;
}

/** Words for an error. What is neither ours to expect nor the user's to mend is told as a bug, with its stack's first lines left out. */
export function tellError(error: unknown): ToldError {
  if (error instanceof SetupError) return { code: exitCodes.setup, kind: 'set-up', message: error.message, remedy: error.remedy };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TransientError) {
    const when = error.retryAfter === null ? 'Try again in a few minutes.' : `Try again in ${Math.ceil(error.retryAfter)} seconds.`;
    return { code: exitCodes.unable, kind: 'could-not-evaluate', message, remedy: when };
  }
  return { code: exitCodes.unable, kind: 'could-not-evaluate', message: `a fault of yardstick itself: ${message}`, remedy: 'Run it again with YARDSTICK_DEBUG=1 and report what it prints.' };
}
