// The doctor at the database: whether it answers, is of this version, and whether work lies in it.
import { existsSync } from 'node:fs';
import { withStore } from '../commands/with-store.ts';
import type { CommandInput } from '../commands/table.ts';
import { asRefusal } from '../refusal.ts';
import { parseStore } from '../settings.ts';
import { isMigrated, stepsOf } from '../store/database.ts';
import { fine, missing, unknown } from './finding.ts';
import type { Finding } from './finding.ts';

/** Work that lies longer than this is looked at. */
const OLD_S = 600;

export async function examineStore(input: CommandInput): Promise<Finding> {
  const { databaseUrl, dataFolder } = parseStore(input.env);
  if (databaseUrl === null && !existsSync(dataFolder)) return fine('database', `the embedded one will be made in ${dataFolder} at the first start`);
  try {
    return await withStore(input, async ({ database: { db }, name }) => {
      if ((await stepsOf(db)).length === 0) return fine('database', `${name} answers and is empty: the first start fills it`);
      if (!(await isMigrated(db))) return unknown('database', `${name} is of an older version`, 'The next start brings it forward.');
      const open = await db.selectFrom('delivery').where('done_at', 'is', null).select(({ fn }) => [fn.countAll<string>().as('waiting'), fn.min('received_at').as('oldest')]).executeTakeFirst();
      const seconds = open?.oldest ? Math.round((Date.now() - new Date(open.oldest).getTime()) / 1000) : 0;
      const text = `${name} answers; ${open?.waiting ?? 0} deliveries wait${seconds > 0 ? `, the oldest for ${seconds} s` : ''}`;
      return seconds > OLD_S ? missing('database', text, 'See `turn failed` in the log; without an App that runs nothing is worked off.') : fine('database', text);
    });
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    return databaseUrl === null && refusal.message.startsWith('Another Yardstick') ? fine('database', `the embedded one in ${dataFolder} is in use by an App that runs: ask its /readyz`) : missing('database', refusal.message, refusal.remedy);
  }
}
