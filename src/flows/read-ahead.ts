// Starts the first round of reads from the payload's hint, so that the network works while the engine is loaded.
import type { ChangeRef, FileDiff } from '../model/change.ts';
import type { ChangeHint } from '../model/trigger.ts';
import type { ChangePage, ForgeReader } from '../ports/forge.ts';

/** Reads under way. */
export interface ReadAhead {
  readonly page: Promise<ChangePage>;
  /** Pages of files from 1 on, as many as the hint promises. */
  readonly files: readonly Promise<readonly FileDiff[]>[];
}

/** GitHub's pages of 100, and its limit of 3,000 listed files. */
const PAGES_MAX = 30;

/** Begins to read; a read that fails is told where it is awaited, never here. */
export function readAhead(forge: ForgeReader, ref: ChangeRef, options: { readonly configPath: string; readonly hint: ChangeHint | null }): ReadAhead {
  const page = forge.readChange(ref, options);
  const pages = Math.min(PAGES_MAX, Math.ceil((options.hint?.changedFiles ?? 0) / 100));
  const files = Array.from({ length: pages }, (_, index) => forge.readFiles(ref, index + 1));
  for (const read of [page, ...files]) read.catch(() => undefined);
  return { page, files };
}
