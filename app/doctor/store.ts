// The doctor at the database: whether it answers, is of this version, and whether work lies in it.
import { NoStore, withStore } from '../commands/with-store.ts';
import type { OpenStore } from '../commands/with-store.ts';
import type { CommandInput } from '../commands/table.ts';
import { FolderInUse } from '../inbox/lock-file.ts';
import { asRefusal } from '../refusal.ts';
import { isMigrated, newerStepOf } from '../store/database.ts';
import { fine, missing, unknown } from './finding.ts';
import type { Finding } from './finding.ts';

/** Work that lies longer than this is looked at. */
const OLD_S = 600;

export async function examineStore(input: Pick<CommandInput, 'env'>): Promise<Finding> {
  try {
    return await withStore(input, examine);
  } catch (error) {
    if (error instanceof NoStore) return fine('database', `${error.message}: the first start of the App makes what it needs`);
    if (error instanceof FolderInUse) return fine('database', `the embedded one in ${error.folder} is in use by an App that runs: ask its /readyz`);
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    return missing('database', refusal.message, refusal.remedy);
  }
}

async function examine({ database: { db }, name }: OpenStore): Promise<Finding> {
  const newer = await newerStepOf(db);
  if (newer !== null) return missing('database', `${name} was written by a newer Yardstick (step ${newer})`, 'Start that version, or restore a backup of this one: migrations only go forward.');
  if (!(await isMigrated(db))) return unknown('database', `${name} is of an older version`, 'The next start brings it forward.');
  const open = await db.selectFrom('delivery').where('done_at', 'is', null).select(({ fn }) => [fn.countAll<string>().as('waiting'), fn.min('received_at').as('oldest')]).executeTakeFirst();
  const seconds = open?.oldest ? Math.round((Date.now() - new Date(open.oldest).getTime()) / 1000) : 0;
  const text = `${name} answers; ${open?.waiting ?? 0} deliveries wait${seconds > 0 ? `, the oldest for ${seconds} s` : ''}`;
  return seconds > OLD_S ? missing('database', text, 'See `turn failed` in the log; without an App that runs nothing is worked off.') : fine('database', text);
}
