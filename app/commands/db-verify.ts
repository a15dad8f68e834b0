// `db verify [FILE]`: whether a database holds together, or whether a backup could be restored.
import { nameOf } from '../backup/format.ts';
import { inspectBackup } from '../backup/restore.ts';
import { verifyDatabase } from '../backup/verify.ts';
import type { Command, CommandInput } from './table.ts';
import { tellCounts } from './tell-counts.ts';
import { withStore } from './with-store.ts';

export const run: Command = (input) => {
  const [file] = input.args;
  return file === undefined ? verifyStore(input) : verifyFile(file, input);
};

async function verifyFile(file: string, { say }: CommandInput): Promise<number> {
  const { head, counts } = await inspectBackup(file);
  say(`${nameOf(file)} is whole: ${tellCounts(counts)}, written ${head.writtenAt}.`);
  return 0;
}

function verifyStore(input: CommandInput): Promise<number> {
  return withStore(input, async ({ database, name }) => {
    const { counts, findings } = await verifyDatabase(database.db);
    input.say(`Looked at ${name}: ${tellCounts(counts)}.`);
    for (const { what, remedy } of findings) input.say(`- ${what}. ${remedy}`);
    if (findings.length === 0) input.say('It holds together.');
    return findings.length === 0 ? 0 : 1;
  });
}
