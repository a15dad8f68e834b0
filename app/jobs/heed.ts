// What notices of an installation ask for: a look around where the App came, and that rows follow a repository that moved.
import type { Notice } from '../inbox/notice.ts';
import { followFormer } from '../ledger/moves.ts';
import type { HealTools } from './heal.ts';
import type { Log } from '../log.ts';
import { createIsolation } from './isolate.ts';
import type { Errand } from './queue.ts';
import { welcome } from './sweep.ts';

/** @throws TransientError where GitHub cannot be read: tried again */
export async function heed(notices: readonly Notice[], installation: number, { db, of, now, log }: Omit<HealTools, 'app' | 'queue'> & { readonly log: Log }): Promise<readonly Errand[]> {
  const { isolate, failed } = createIsolation();
  for (const notice of notices) if (notice.kind === 'moved') await followFormer(notice.from, { db, transport: of(installation), installation, isolate: (_, part) => part() });
  const errands: Errand[] = [];
  if (isThere(notices)) for await (const found of welcome(installation, { db, of, now, isolate })) errands.push(...found);
  for (const what of failed) log.warn({ err: what }, 'could not look there, left to the sweep');
  return errands;
}

/** The App came, and was not taken away again since: then it could read nothing. */
function isThere(notices: readonly Notice[]): boolean {
  const gone = notices.findLastIndex((notice) => notice.kind === 'left' && notice.repositories === null);
  return notices.slice(gone + 1).some(({ kind }) => kind === 'arrived');
}
