// The records of a repository, read from where they stand: the dashboard issue's copies, the pull requests' own comments.
import { resolveRecord, type Copy, type CopyState } from '../experiment/resolve.ts';
import type { SigningKey } from '../experiment/signature.ts';
import { isEnded } from '../experiment/stage.ts';
import type { Account, ChangeRef, Comment, RepoRef } from '../model/change.ts';
import type { Experiment, Ledger, LedgerEntry, RecordPlace } from '../model/experiment.ts';
import type { Dashboard, ForgeReader } from '../ports/forge.ts';
import { decodeLedger } from '../experiment/ledger.ts';
import { recover, type LostRecord } from './recover.ts';
import { parseOutcomeMarker } from '../report/outcome-marker.ts';

/** A comment that holds a record, where it stands and what it says now. */
export interface Standing {
  readonly place: RecordPlace;
  readonly body: string;
  readonly state: CopyState;
}

/** An experiment with its two comments; null where one is gone (or, for the silent, never was). */
export interface StoredRecord {
  readonly experiment: Experiment;
  readonly home: Standing | null;
  readonly copy: Standing | null;
}

/** Everything that is written down about a repository's experiments. */
export interface Records {
  readonly dashboard: Dashboard | null;
  readonly ledger: Ledger;
  readonly records: readonly StoredRecord[];
  /** Both copies are gone or broken, and their history helps no further. */
  readonly lost: readonly LostRecord[];
}

export interface RecordsQuery {
  readonly reader: ForgeReader;
  readonly repo: RepoRef;
  readonly key: SigningKey;
  /** Label of what waits for its outcome: finds what the dashboard has lost. null: only what the dashboard knows is read. */
  readonly pendingLabel: string | null;
  readonly dashboard: Dashboard | null;
}

/** Reads all open records. Neither a lost label nor a lost line of the dashboard loses a record: each finds what the other forgot. */
export async function readRecords(query: RecordsQuery): Promise<Records> {
  const { reader, repo, dashboard } = query;
  const [conversation, labelled] = await Promise.all([dashboard === null ? null : reader.readConversation({ ...repo, number: dashboard.number }), query.pendingLabel === null ? [] : reader.readLabelled(repo, query.pendingLabel)]);
  const ledger = ledgerOf(dashboard);
  const copies = new Map(conversation === null || dashboard === null ? [] : standingsOf(conversation.comments, { kind: 'copy', number: dashboard.number }));
  const homes = await readHomes(query, { ledger, labelled });
  const keys = new Set([...copies.keys(), ...homes.keys(), ...ledger.entries.filter(isOpen).map(({ key }) => key)]);
  const records: StoredRecord[] = [];
  const lost: LostRecord[] = [];
  for (const key of keys) {
    const [home, copy] = [homes.get(key) ?? null, copies.get(key) ?? null];
    const resolved = resolveRecord({ home: home && copyOf(home, conversation?.viewer ?? null), copy: copy && copyOf(copy, conversation?.viewer ?? null) }, query.key);
    const entry = ledger.entries.find((candidate) => candidate.key === key);
    const standings = { home: home && { ...home.standing, state: resolved.home }, copy: copy && { ...copy.standing, state: resolved.copy } };
    if (resolved.kind === 'record') records.push({ ...standings, experiment: resolved.experiment });
    else if (entry !== undefined && isOpen(entry)) lost.push({ ...standings, entry, why: [resolved.home, resolved.copy].flatMap((state) => (state.kind === 'broken' ? [state.why] : state.kind === 'gone' ? ['deleted'] : [])).join('; ') });
  }
  const recovered = await recover(lost, query);
  return { dashboard, ledger, records: [...records, ...recovered.records], lost: recovered.lost };
}

/** The index in the dashboard's body; an empty one where it is damaged, for the copies below it say the same. */
export function ledgerOf(dashboard: Dashboard | null): Ledger {
  const decoded = dashboard === null ? null : decodeLedger(dashboard.body);
  return decoded?.ok === true ? decoded.ledger : { entries: [], mergesSeenUntil: null };
}

/** The experiments that still have something to wait for. */
export function openRecords({ records }: Records): readonly StoredRecord[] {
  return records.filter(({ experiment }) => !isEnded(experiment));
}

interface Found {
  readonly comment: Comment;
  readonly standing: Omit<Standing, 'state'>;
}

async function readHomes({ reader, repo }: RecordsQuery, { ledger, labelled }: { readonly ledger: Ledger; readonly labelled: readonly number[] }): Promise<ReadonlyMap<string, Found>> {
  const known = ledger.entries.filter((entry) => isOpen(entry) && entry.home !== null);
  const places = known.flatMap(({ home }) => (home === null ? [] : [home]));
  const listed = new Set(known.flatMap(({ changes }) => changes));
  const forgotten = labelled.filter((number) => !listed.has(number)).slice(0, 50);
  const [comments, conversations] = await Promise.all([
    places.length === 0 ? [] : reader.readCommentsById(repo, places.map(({ nodeId }) => nodeId)),
    Promise.all(forgotten.map(async (number) => ({ number, comments: (await reader.readConversation({ ...repo, number })).comments }))),
  ]);
  const byId = comments.flatMap((comment, i): readonly [string, Found][] => (comment === null ? [] : [[known[i]!.key, { comment, standing: { place: places[i]!, body: comment.body } }]]));
  return new Map([...conversations.flatMap(({ number, comments: all }) => standingsOf(all, { kind: 'record', number })), ...byId]);
}

/** Our own comments that begin with the marker of a record, by the experiment's key; the oldest where there are twins. */
export function standingsOf(comments: readonly Comment[], { kind, number }: { readonly kind: 'record' | 'copy'; readonly number: number }): readonly (readonly [string, Found])[] {
  return comments.toReversed().flatMap((comment): readonly (readonly [string, Found])[] => {
    const marker = comment.mine ? parseOutcomeMarker(comment.body) : null;
    return marker?.kind !== kind ? [] : [[marker.key, { comment, standing: { place: { number, commentId: comment.id, nodeId: comment.nodeId }, body: comment.body } }]];
  });
}

function copyOf({ comment }: Found, viewer: Account | null): Copy {
  const own = comment.editor === null || comment.editor.toLowerCase() === viewer?.login.toLowerCase() || comment.editor === comment.author?.login;
  return { body: comment.body, mine: comment.mine, editedBy: own ? null : comment.editor };
}

function isOpen({ stage }: LedgerEntry): boolean {
  return stage !== 'withdrawn' && stage !== 'decided';
}

/** The pull request whose comment is the record's home. */
export function homeChange(experiment: Experiment): ChangeRef | null {
  return experiment.members[0]?.change ?? null;
}
