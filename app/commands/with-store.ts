// Opens the store for a command that is no App: its address is all that it needs to know.
import { resolve } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { lockFolder } from '../inbox/lock-file.ts';
import { parseStore } from '../settings.ts';
import { hasEmbedded, openEmbedded, openPostgres, stepsOf } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { CommandInput } from './table.ts';

export interface OpenStore {
  readonly database: Database;
  /** null for PostgreSQL. */
  readonly journal: string | null;
  /** As one would name it to a person. */
  readonly name: string;
}

/** Where a store was looked for nothing was ever stored. */
export class NoStore extends SetupError {
  constructor(message: string) {
    super(message, 'Say where the App stores: its DATA_FOLDER (one that is relative begins where the command runs) or its DATABASE_URL, in the environment or in .env. Nothing was made.');
  }
}

type Input = Pick<CommandInput, 'env'>;
type Work<T> = (store: OpenStore) => Promise<T>;

/** Does the work on a store that is there, of whatever version. @throws NoStore where there is none: none is made */
export async function withStore<T>(input: Input, work: Work<T>): Promise<T> {
  const { databaseUrl, dataFolder } = parseStore(input.env);
  if (databaseUrl === null && !hasEmbedded(dataFolder)) throw new NoStore(`There is no database in ${resolve(dataFolder)}`);
  return withNewStore(input, async (store) => {
    if ((await stepsOf(store.database.db)).length === 0) throw new NoStore(`Nothing was ever stored in ${store.name}`);
    return work(store);
  });
}

/** Does the work also on one that is empty: the embedded one is made. It serves one process: an App on it must be stopped first. */
export async function withNewStore<T>({ env }: Input, work: Work<T>): Promise<T> {
  const { databaseUrl, dataFolder } = parseStore(env);
  const unlock = databaseUrl === null ? await lockFolder(dataFolder) : null;
  try {
    const database = databaseUrl === null ? await openEmbedded(dataFolder) : await openPostgres(databaseUrl);
    const place = databaseUrl === null ? { journal: `${dataFolder}/journal`, name: `the embedded database in ${resolve(dataFolder)}` } : { journal: null, name: 'the PostgreSQL of DATABASE_URL' };
    return await work({ database, ...place }).finally(database.close);
  } finally {
    await unlock?.();
  }
}
