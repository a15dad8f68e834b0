// A record out of the history of its comments: who can edit a comment cannot edit what GitHub keeps of it.
import type { Revision } from '../model/change.ts';
import type { Amendment, Experiment } from '../model/experiment.ts';
import { decodeRecord } from './record-text.ts';
import { recordBlock } from './resolve.ts';
import type { SigningKey } from './signature.ts';

/** The newest revision that we wrote ourselves and that is whole, with an amendment for each who wrote over it; null where there is none. */
export function recoverRecord(revisions: readonly Revision[], { of, key }: { readonly of: string; readonly key: SigningKey }): Experiment | null {
  const newestFirst = revisions.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  for (const [index, { text, mine }] of newestFirst.entries()) {
    const experiment = mine ? readRevision(text, key) : null;
    if (experiment?.key === of) return { ...experiment, amendments: [...experiment.amendments, ...tampering(newestFirst.slice(0, index))] };
  }
  return null;
}

function readRevision(text: string, key: SigningKey): Experiment | null {
  const block = recordBlock(text);
  const reading = block === null ? null : decodeRecord(block, key);
  return reading?.kind === 'intact' ? reading.experiment : null;
}

/** Once for each name, at its last edit, in the order of time. */
function tampering(since: readonly Revision[]): readonly Amendment[] {
  const last = new Map(since.filter(({ mine }) => !mine).toReversed().map((revision) => [revision.editor, revision]));
  return [...last.values()].map(({ editor, at }) => ({ at, text: `${editor ?? 'a deleted account'} edited this record; it was restored from what GitHub keeps of it` }));
}
