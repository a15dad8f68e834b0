// `yardstick judge --jsonl`: one trial a line in, one verdict a line out, with no more than a line in memory.
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { judgeCriterion } from '../../src/judge/judge.ts';
import type { Desk } from '../desk.ts';
import { parseTrialLine } from './trial-line.ts';

/** Judges every line; a line that can't be read gets an `error` verdict, and the run goes on. */
export async function judgeLines(desk: Desk, file: string): Promise<void> {
  const input: Readable = file === '-' ? process.stdin : createReadStream(resolve(desk.cwd, file));
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    desk.print(`${JSON.stringify(judgeLine(text))}\n`);
    await desk.drained();
  }
}

/** The verdict of one line, with its id. */
export function judgeLine(text: string): object {
  const parsed = parseTrialLine(text);
  if (!parsed.ok) return { id: parsed.id, verdict: 'error', reason: 'bad-trial', estimate: null, interval: null, mde: null, independentWindows: 0, text: parsed.found };
  const { verdict, reason, estimate, interval, mde, independentWindows, text: words, probability, control, remarks } = judgeCriterion(parsed.trial);
  return { id: parsed.id, verdict, reason, estimate, interval, mde, independentWindows, text: words, probability, control, remarks };
}
