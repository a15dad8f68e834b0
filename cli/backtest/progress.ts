// A progress line on a terminal; nothing at all elsewhere.
import type { Desk } from '../desk.ts';

/** Redrawn at most this often, in seconds: drawing must not cost what it measures. */
const interval = 0.1;

export interface Progress {
  readonly step: (read: number, inScope: number) => void;
  readonly end: () => void;
}

/** `goal`: how many are to be read, null while nobody knows: then it counts without a bar. */
export function createProgress(desk: Desk, goal: number | null): Progress {
  if (!desk.errIsTerminal) return { step: () => undefined, end: () => undefined };
  const started = desk.spent().seconds;
  let drawn = -1;
  return {
    step: (read, inScope) => {
      const { seconds } = desk.spent();
      if (seconds - drawn < interval) return;
      drawn = seconds;
      const rate = Math.round(read / Math.max(seconds - started, 0.001));
      desk.complain(`\r\u001B[K${bar(read, goal)} ${read} read, ${inScope} in scope, ${rate}/s`);
    },
    end: () => desk.complain('\r\u001B[K'),
  };
}

function bar(read: number, goal: number | null): string {
  if (goal === null) return '…';
  const done = Math.round((20 * Math.min(read, goal)) / goal);
  return `[${'#'.repeat(done)}${'.'.repeat(20 - done)}]`;
}
