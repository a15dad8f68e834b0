// What our own comment remembers of earlier runs: believed only as we wrote it, for whoever may edit it may write anything.
import type { Comment } from '../model/change.ts';
import type { GateState } from '../model/gate.ts';
import type { ChangePage } from '../ports/forge.ts';
import { parseMarker, type Marker } from '../report/marker.ts';
import type { NeedReader } from './needs.ts';

/** Clocks of two machines differ by less. */
const SKEW_MS = 5 * 60_000;

/** Our comments on this change: written by us, beginning with the marker for it, whoever edited them since. Oldest first. */
export function ownComments({ change, comments }: Pick<ChangePage, 'change' | 'comments'>): readonly Comment[] {
  return comments.filter((comment) => comment.mine && isFor(parseMarker(comment.body), change.ref.number)).sort((a, b) => a.id - b.id);
}

/** What earlier runs left. */
export interface Remembered {
  /** null: no run left any. */
  readonly state: GateState | null;
  /** When the last one evaluated, ISO 8601; null where nobody knows. */
  readonly at: string | null;
}

const NOTHING: Remembered = { state: null, at: null };
/** Somebody wrote over it, and what we wrote is gone: no scope counts as waived, else whoever ended a waiver's memory would renew it. */
const LOST: Remembered = { state: { waived: {}, seen: [] }, at: null };

/** What the oldest of them remembers; of one that somebody else edited what we wrote in it last. `now`, ISO 8601: no evaluation lies ahead of it. */
export async function readRemembered(page: ChangePage, { read, now }: { readonly read: NeedReader; readonly now: string }): Promise<Remembered> {
  const [own] = ownComments(page);
  if (own === undefined) return NOTHING;
  const words = isUntouched(own, page) ? own.body : await read({ kind: 'own-words', nodeId: own.nodeId });
  const marker = words === null ? null : parseMarker(words);
  if (marker === null || !isFor(marker, page.change.ref.number)) return LOST;
  return { state: marker.state, at: Date.parse(marker.at) > Date.parse(now) + SKEW_MS ? null : marker.at };
}

function isUntouched({ editor, author }: Comment, { viewer }: ChangePage): boolean {
  return editor === null || [viewer.login, author?.login].some((login) => login?.toLowerCase() === editor.toLowerCase());
}

/** A marker copied from another pull request is not ours to edit. The repository may have had another name when it was written; the number stays. */
function isFor(marker: Marker | null, number: number): boolean {
  return marker !== null && marker.change.number === number;
}
