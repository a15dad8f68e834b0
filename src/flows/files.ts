// The files of a change and what its diff does, read page by page and, where hunks are too short, whole.
import { readDiff } from '../change/read-diff.ts';
import { rebuildEnds } from '../change/ends.ts';
import type { DiffReading, FileDiff, FileEnds } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { Inquiry } from './inquiry.ts';
import type { Need } from './needs.ts';
import { LISTED_FILES_MAX, pagesOf } from './observed.ts';
import type { ObservedChange } from './observed.ts';

export interface Files {
  readonly files: readonly FileDiff[];
  readonly complete: boolean;
}

/** How many whole files a run reads at most to name a knob; beyond it the hunks alone decide. */
const ENDS_MAX = 20;

/** All changed files; undefined while a page has to be read. */
export function listFiles(inquiry: Inquiry, observed: ObservedChange): Files | undefined {
  if (observed.files.kind === 'whole') return { files: observed.files.files, complete: true };
  const listed = Math.min(observed.files.count, LISTED_FILES_MAX);
  const pages = inquiry.askAll(Array.from({ length: pagesOf(listed) }, (_, index): Need & { kind: 'files' } => ({ kind: 'files', page: index + 1 })));
  return pages && { files: pages.flat(), complete: observed.files.count <= LISTED_FILES_MAX };
}

/** What the diff does; `settled` is false while whole files have to be read that may still change it. */
export function readFacts(inquiry: Inquiry, observed: ObservedChange, context: { readonly files: readonly FileDiff[]; readonly config: Config }): { readonly diff: DiffReading; readonly settled: boolean } {
  const { files, config } = context;
  const { presets, production, nonProduction } = config.scope;
  const options = { presets, production, nonProduction, services: config.services };
  const first = readDiff(files, { ...options, ends: new Map() });
  const ref = observed.change.headSha;
  if (first.needsEnds.length === 0 || ref === null) return { diff: first, settled: true };
  const asked = files.filter((file) => first.needsEnds.includes(file.path)).slice(0, ENDS_MAX);
  const texts = inquiry.askAll(asked.map((file): Need & { kind: 'text' } => ({ kind: 'text', repo: null, path: file.path, ref })));
  if (texts === undefined) return { diff: first, settled: false };
  const ends = new Map<string, FileEnds>();
  for (const [index, file] of asked.entries()) {
    const text = texts[index];
    const both = text?.kind === 'text' ? rebuildEnds(text.text, file) : null;
    if (both) ends.set(file.path, both);
  }
  return { diff: readDiff(files, { ...options, ends }), settled: true };
}
