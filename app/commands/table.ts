// What the App's program can do, one row a command: each is loaded when it is asked for, so that serving starts at once.
import { existsSync } from 'node:fs';
import { SetupError } from '../../src/errors.ts';
import { nearestName } from '../../src/spelling.ts';
import { createRedaction } from '../redaction.ts';
import { asRefusal } from '../refusal.ts';

export interface CommandInput {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
}

/** Resolves with the exit code once the command is done; null: it goes on. */
export type Command = (input: CommandInput) => Promise<number | null>;

interface Row {
  readonly usage: string;
  readonly about: string;
  readonly load: () => Promise<{ readonly run: Command }>;
}

const COMMANDS: Readonly<Record<string, Row>> = {
  serve: { usage: 'serve', about: 'serves the App (also without any word)', load: () => import('./serve.ts') },
  doctor: { usage: 'doctor', about: 'says what is in place and what is missing, and how to mend it', load: () => import('./doctor.ts') },
  'db backup': { usage: 'db backup FILE', about: 'writes all that is not on GitHub into one file', load: () => import('./db-backup.ts') },
  'db restore': { usage: 'db restore FILE', about: 'fills an empty database from such a file', load: () => import('./db-restore.ts') },
  'db verify': { usage: 'db verify [FILE]', about: 'checks the database, or whether a file could be restored', load: () => import('./db-verify.ts') },
  reindex: { usage: 'reindex', about: 'rebuilds from GitHub what can be read there', load: () => import('./reindex.ts') },
};

/** Runs the command that the words name, and sets the exit code: 0 done, 1 something is wrong with what was checked, 2 it could not be done, 3 a bug of ours. */
export async function runCommand(words: readonly string[]): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    if (words[0] === 'help' || words.includes('--help')) return say(usage());
    const { row, args } = find(words);
    const code = await (await row.load()).run({ args, env: process.env, say });
    if (code !== null) process.exitCode = code;
  } catch (error) {
    const refusal = asRefusal(error);
    process.stderr.write(refusal === null ? tellBug(error) : `${refusal.message}\n${refusal.remedy}\n`);
    process.exitCode = refusal === null ? 3 : 2;
  }
}

function find(words: readonly string[]): { readonly row: Row; readonly args: readonly string[] } {
  if (words.length === 0) return find(['serve']);
  for (const count of [2, 1]) {
    const row = COMMANDS[words.slice(0, count).join(' ')];
    if (row !== undefined) return { row, args: words.slice(count) };
  }
  const given = words.slice(0, 2).join(' ').slice(0, 60);
  const near = nearestName(given, Object.keys(COMMANDS));
  throw new SetupError(`There is no command "${given}"${near ? `: did you mean "${near}"?` : ''}`, usage());
}

function tellBug(error: unknown): string {
  return createRedaction([])(`This is a bug of Yardstick; please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

function usage(): string {
  const rows = Object.values(COMMANDS);
  const width = Math.max(...rows.map((row) => row.usage.length));
  return ['Commands of the App:', ...rows.map((row) => `  ${row.usage.padEnd(width)}  ${row.about}`)].join('\n');
}
