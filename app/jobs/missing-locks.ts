// Merged pull requests whose merge nobody told us: a lock is missing, and the baseline of their promise fades with each day.
import type { RepoRef } from '../../src/model/change.ts';
import { createForgeReader } from '../../src/github/reader.ts';
import type { Transport } from '../../src/github/transport.ts';
import { nameOf } from '../ledger/write.ts';
import type { Db } from '../store/database.ts';
import type { Errand } from './queue.ts';
import { keyOfRepo } from './work-key.ts';

/** Failed deliveries are sent again for three days; an event that is older than that is nobody's any more. */
const BACK_MS = 3 * 86_400_000;

/** One request, and only for a repository that we worked in before; what merged before that is left alone. */
export async function findMissingLocks(transport: Transport, repo: RepoRef, { db, installation, now }: { readonly db: Db; readonly installation: number; readonly now: Date }): Promise<readonly Errand[]> {
  const known = await knownSince(db, repo);
  if (known === null) return [];
  const since = new Date(Math.max(now.getTime() - BACK_MS, known.getTime())).toISOString();
  const merged = (await createForgeReader(transport, { home: null }).readMergedSince(repo, since)).map(({ ref }) => ref.number);
  if (merged.length === 0) return [];
  const looked = await db.selectFrom('merged_change').where('repo', '=', nameOf(repo)).where('number', 'in', merged).select('number').execute();
  const done = new Set(looked.map(({ number }) => number));
  const numbers = merged.filter((number) => !done.has(number));
  return numbers.length === 0 ? [] : [{ key: keyOfRepo(repo), installation, urgent: false, look: { kind: 'merges', ...repo, numbers, because: 'sweep' } }];
}

/** Since when we have worked in a repository; null: never. */
async function knownSince(db: Db, repo: RepoRef): Promise<Date | null> {
  const { checked } = await db.selectFrom('check_run').where('repo', '=', keyOfRepo(repo)).select(({ fn }) => fn.min('posted_at').as('checked')).executeTakeFirstOrThrow();
  const { locked } = await db.selectFrom('bet').where('repo', '=', nameOf(repo)).select(({ fn }) => fn.min('locked_at').as('locked')).executeTakeFirstOrThrow();
  const known = [checked, locked].flatMap((at) => (at === null ? [] : [at.getTime()]));
  return known.length === 0 ? null : new Date(Math.min(...known));
}
