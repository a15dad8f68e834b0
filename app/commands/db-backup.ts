// `db backup FILE`: all that is not on GitHub, in one file that either store can be restored from.
import { resolve } from 'node:path';
import { writeBackup } from '../backup/write.ts';
import { createJournalledInbox } from '../inbox/inbox.ts';
import { storeDeliveries } from '../inbox/store.ts';
import { decodeFrame } from '../inbox/frame.ts';
import { openQueue } from '../jobs/queue.ts';
import { migrate } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { Command } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { fileOf, withStore } from './with-store.ts';

export const run: Command = async (input) => {
  const file = fileOf(input.args, 'yardstick db backup');
  return withStore(input, async ({ database, journal, name }) => {
    await migrate(database.db);
    if (journal !== null) await replayJournal(database, journal, (file) => input.say(`A part of the journal cannot be read: what is lost with it is kept in ${file}.`));
    const counts = await writeBackup(database.db, resolve(file), new Date().toISOString());
    input.say(`Backed up ${name}: ${tellCounts(counts)} in ${file}.`);
    return 0;
  });
};

/** What a process that was killed had acknowledged is in the journal alone. */
async function replayJournal(database: Database, folder: string, onDamage: (file: string) => void): Promise<void> {
  const queue = await openQueue(database, () => undefined);
  const store = (frames: readonly Buffer[]): Promise<void> => database.db.transaction().execute((trx) => storeDeliveries(trx, queue, frames.flatMap(decodeFrame)));
  const inbox = await createJournalledInbox({ folder, store, settle: () => database.settle?.() ?? Promise.resolve(), onTrouble: () => undefined, onDamage });
  await inbox.close();
  await queue.stop();
}
