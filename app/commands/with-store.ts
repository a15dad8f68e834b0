// Opens the store for a command that is no App: its address is all that it needs to know.
import { SetupError } from '../../src/errors.ts';
import { lockFolder } from '../inbox/lock-file.ts';
import { parseStore } from '../settings.ts';
import { openEmbedded, openPostgres } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { CommandInput } from './table.ts';

export interface OpenStore {
  readonly database: Database;
  /** null for PostgreSQL. */
  readonly journal: string | null;
  /** As one would name it to a person. */
  readonly name: string;
}

/** Does the work and closes the store. The embedded one serves one process: an App on it must be stopped first. */
export async function withStore<T>({ env }: CommandInput, work: (store: OpenStore) => Promise<T>): Promise<T> {
  const { databaseUrl, dataFolder } = parseStore(env);
  const unlock = databaseUrl === null ? await lockFolder(dataFolder) : null;
  const database = databaseUrl === null ? await openEmbedded(dataFolder) : await openPostgres(databaseUrl);
  try {
    return await work({ database, journal: databaseUrl === null ? `${dataFolder}/journal` : null, name: databaseUrl === null ? `the embedded database in ${dataFolder}` : 'the PostgreSQL of DATABASE_URL' });
  } finally {
    await database.close();
    await unlock?.();
  }
}

/** The one file that a command is given. */
export function fileOf(args: readonly string[], command: string): string {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0 || file.startsWith('-')) throw new SetupError(`"${command}" takes one file`, `For example: ${command} yardstick-2026-03-02.backup`);
  return file;
}
