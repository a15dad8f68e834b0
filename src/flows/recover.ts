// Brings records back whose copies were both written over: what GitHub keeps of them from before counts.
import { recoverRecord } from '../experiment/recover.ts';
import type { SigningKey } from '../experiment/signature.ts';
import type { RepoRef } from '../model/change.ts';
import type { LedgerEntry, RecordPlace } from '../model/experiment.ts';
import type { ForgeReader } from '../ports/forge.ts';
import type { Standing, StoredRecord } from './records.ts';

/** A record that neither copy holds any more, and where its comments stood. */
export interface LostRecord {
  readonly entry: LedgerEntry;
  readonly why: string;
  readonly home: Standing | null;
  readonly copy: Standing | null;
}

export interface Recovery {
  readonly records: readonly StoredRecord[];
  readonly lost: readonly LostRecord[];
}

/** One run's share: two comments each, all of them in one request. */
const RECORDS_MAX = 50;

/** Asks only where something is lost. What cannot be had back stays lost; what is too much for one run, the next one looks at. */
export async function recover(lost: readonly LostRecord[], { reader, repo, key }: { readonly reader: ForgeReader; readonly repo: RepoRef; readonly key: SigningKey }): Promise<Recovery> {
  const asked = lost.slice(0, RECORDS_MAX);
  const ids = asked.flatMap((one) => placesOf(one).flatMap((place) => place?.nodeId ?? []));
  if (ids.length === 0) return { records: [], lost };
  const revisions = new Map((await reader.readRevisions(repo, ids)).map((found, i) => [ids[i], found]));
  const records: StoredRecord[] = [];
  const gone: LostRecord[] = [];
  for (const one of asked) {
    const [home, copy] = placesOf(one).map((place) => place && { place, revisions: revisions.get(place.nodeId) ?? null });
    const experiment = recoverRecord([...(home?.revisions ?? []), ...(copy?.revisions ?? [])], { of: one.entry.key, key });
    if (experiment === null) gone.push(one);
    else records.push({ experiment, home: one.home ?? overwritten(home ?? null), copy: one.copy ?? overwritten(copy ?? null) });
  }
  return { records, lost: gone };
}

/** Where the comments stand, or stood by the dashboard's index. */
function placesOf({ entry, home, copy }: LostRecord): readonly [RecordPlace | null, RecordPlace | null] {
  return [home?.place ?? entry.home, copy?.place ?? entry.copy];
}

/** A comment that is there and shows no trace of its record any more. */
function overwritten(found: { readonly place: RecordPlace; readonly revisions: readonly unknown[] | null } | null): Standing | null {
  return found === null || found.revisions === null ? null : { place: found.place, body: '', state: { kind: 'broken', why: 'it holds no record any more' } };
}
