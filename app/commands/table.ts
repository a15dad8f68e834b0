// What the App's program can do, one row a command: each is loaded when it is asked for, so that serving starts at once.

export interface CommandInput {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
  /** Beside what is said: to standard error. */
  readonly note: (text: string) => void;
}

/** Resolves with the exit code once the command is done; null: it goes on. */
export type Command = (input: CommandInput) => Promise<number | null>;

export interface Row {
  /** The words that call it. */
  readonly name: string;
  readonly about: string;
  /** As commander writes it, and what it is. */
  readonly argument?: readonly [term: string, about: string];
  readonly load: () => Promise<{ readonly run: Command }>;
}

export const SERVE: Row = { name: 'serve', about: 'serves the App (also without any word)', load: () => import('./serve.ts') };

export const COMMANDS: readonly Row[] = [
  SERVE,
  { name: 'doctor', about: 'says what is in place and what is missing, and how to mend it', load: () => import('./doctor.ts') },
  { name: 'db backup', about: 'writes all that is not on GitHub into one file', argument: ['<file>', 'its name, or - for standard output'], load: () => import('./db-backup.ts') },
  { name: 'db restore', about: 'fills an empty database from such a file', argument: ['<file>', 'its name, or - for standard input'], load: () => import('./db-restore.ts') },
  { name: 'db verify', about: 'checks the database, or whether a file could be restored', argument: ['[file]', 'its name, or - for standard input; without it the database'], load: () => import('./db-verify.ts') },
  { name: 'reindex', about: 'rebuilds from GitHub what can be read there', load: () => import('./reindex.ts') },
];
