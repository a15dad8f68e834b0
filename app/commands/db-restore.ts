// `db restore FILE`: fills an empty database; also the way from the embedded database to PostgreSQL.
import { inspectBackup, restoreBackup } from '../backup/restore.ts';
import { STANDARD } from '../backup/target.ts';
import type { Command } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { withNewStore } from './with-store.ts';

export const run: Command = async (input) => {
  const [file = STANDARD] = input.args;
  // A file that will not do makes no database. What is read once only is found out by the restore itself, which then leaves the database empty.
  if (file !== STANDARD) await inspectBackup(file);
  return withNewStore(input, async ({ database, name }) => {
    const counts = await restoreBackup(database, file);
    input.say(`Restored ${name}: ${tellCounts(counts)} from ${file === STANDARD ? 'standard input' : file}.`);
    return 0;
  });
};
