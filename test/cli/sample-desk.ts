// A desk for tests: what a command reads is given, what it prints is kept.
import { Buffer } from 'node:buffer';
import { runCli } from '../../cli/program.ts';
import type { Desk } from '../../cli/desk.ts';

export interface DeskResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface SampleDesk {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly terminal?: 'out' | 'both';
}

/** Runs one command line on a desk of its own. */
export async function runAtDesk(args: readonly string[], { cwd = '/', env = {}, stdin = '', terminal }: SampleDesk = {}): Promise<DeskResult> {
  const printed = { out: '', err: '' };
  let seconds = 0;
  const desk: Desk = {
    cwd,
    env,
    now: () => '2026-03-01T10:00:00.000Z',
    stdin: async () => Buffer.from(stdin),
    print: (text) => void (printed.out += text),
    complain: (text) => void (printed.err += text),
    drained: async () => undefined,
    outIsTerminal: terminal !== undefined,
    errIsTerminal: terminal === 'both',
    columns: 100,
    spent: () => ({ seconds: (seconds += 1), peakMemory: 50 }),
  };
  const code = await runCli(args, desk);
  return { code, ...printed };
}
