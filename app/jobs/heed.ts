// What notices of an installation ask for: a look around where the App came, and that rows follow a repository that moved.
import type { Notice } from '../inbox/notice.ts';
import { followFormer } from '../ledger/moves.ts';
import type { HealTools } from './heal.ts';
import { createIsolation } from './isolate.ts';
import type { Errand } from './queue.ts';
import { welcome } from './sweep.ts';

/** @throws TransientError where GitHub cannot be read: tried again */
export async function heed(notices: readonly Notice[], installation: number, { db, of, now }: Omit<HealTools, 'app' | 'queue'>): Promise<readonly Errand[]> {
  const { isolate } = createIsolation();
  for (const notice of notices) if (notice.kind === 'moved') await followFormer(notice.from, { db, transport: of(installation), installation, isolate: (_, part) => part() });
  const errands: Errand[] = [];
  if (isThere(notices)) for await (const found of welcome(installation, { db, of, now, isolate })) errands.push(...found);
  return errands;
}

/** The App came, and was not taken away again since: then it could read nothing. */
function isThere(notices: readonly Notice[]): boolean {
  const gone = notices.findLastIndex((notice) => notice.kind === 'left' && notice.repositories === null);
  return notices.slice(gone + 1).some(({ kind }) => kind === 'arrived');
}
