// `db verify [FILE]`: whether a database holds together, or whether a backup could be restored.
import { inspectBackup } from '../backup/restore.ts';
import { verifyDatabase } from '../backup/verify.ts';
import type { Command } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { fileOf, withStore } from './with-store.ts';

export const run: Command = async (input) => {
  if (input.args.length > 0) {
    const file = fileOf(input.args, 'yardstick db verify');
    const { head, counts } = await inspectBackup(file);
    input.say(`${file} is whole: ${tellCounts(counts)}, written ${head.writtenAt}.`);
    return 0;
  }
  return withStore(input, async ({ database, name }) => {
    const { counts, findings } = await verifyDatabase(database.db);
    input.say(`Looked at ${name}: ${tellCounts(counts)}.`);
    for (const { what, remedy } of findings) input.say(`- ${what}. ${remedy}`);
    if (findings.length === 0) input.say('It holds together.');
    return findings.length === 0 ? 0 : 1;
  });
};
