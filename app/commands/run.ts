// Runs what the program is told to, and turns what becomes of it into words and an exit code.
import { SetupError, TransientError } from '../../src/errors.ts';
import { loadEnvFile } from '../env-file.ts';
import { createRedaction } from '../redaction.ts';
import { asRefusal } from '../refusal.ts';
import { SERVE } from './table.ts';
import type { Row } from './table.ts';

/** Sets the exit code: 0 done, 1 something is wrong with what was checked, 2 it could not be done, 3 a bug of ours. */
export async function runCommand(words: readonly string[]): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const run = async ({ load }: Row, args: readonly string[]): Promise<number | null> => (await load()).run({ args, env: process.env, say, note });
  try {
    loadEnvFile();
    const code = words.length === 0 ? await run(SERVE, []) : await (await import('./program.ts')).runWords(words, run);
    if (code !== null) process.exitCode = code;
  } catch (error) {
    const refusal = error instanceof TransientError ? new SetupError(error.message, 'Nothing is wrong here: try again in a few minutes.') : asRefusal(error);
    note(refusal === null ? tellBug(error) : `${refusal.message}\n${refusal.remedy}`);
    process.exitCode = refusal === null ? 3 : 2;
  }
}

function tellBug(error: unknown): string {
  return createRedaction([])(`This is a bug of Yardstick; please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
