// `db backup FILE`: all that is not on GitHub, in one file that either store can be restored from.
import { STANDARD } from '../backup/target.ts';
import { writeBackup } from '../backup/write.ts';
import type { Command } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { withStore } from './with-store.ts';

export const run: Command = (input) => {
  const [file = STANDARD] = input.args;
  const onDamage = (segment: string): void => input.note(`A part of the journal cannot be read and is not in the backup: ${segment} keeps it.`);
  return withStore(input, async ({ database, journal, name }) => {
    const counts = await writeBackup(database.db, file, { now: new Date().toISOString(), journal: journal === null ? null : { folder: journal, onDamage } });
    const told = `Backed up ${name}: ${tellCounts(counts)} in`;
    // What is read there is the backup.
    if (file === STANDARD) input.note(`${told} standard output.`);
    else input.say(`${told} ${file}.`);
    return 0;
  });
};
