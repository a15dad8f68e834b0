// `db restore FILE`: fills an empty database; also the way from the embedded database to PostgreSQL.
import { restoreBackup } from '../backup/restore.ts';
import type { Command } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { fileOf, withStore } from './with-store.ts';

export const run: Command = async (input) => {
  const file = fileOf(input.args, 'yardstick db restore');
  return withStore(input, async ({ database, name }) => {
    const counts = await restoreBackup(database, file);
    input.say(`Restored ${name}: ${tellCounts(counts)} from ${file}.`);
    return 0;
  });
};
