// Which of a record's two copies counts: only what we wrote ourselves, whole, and what nobody else edited.
import type { Experiment } from '../model/experiment.ts';
import { decodeRecord } from './record-text.ts';
import type { SigningKey } from './signature.ts';
import { newerOf } from './stage.ts';

/** A comment that should hold the record; null: it is gone. */
export interface Copy {
  readonly body: string;
  /** Written by the identity this run acts as. */
  readonly mine: boolean;
  /** Somebody else edited it, and who. */
  readonly editedBy: string | null;
}

export type CopyState = { readonly kind: 'intact' } | { readonly kind: 'gone' } | { readonly kind: 'broken'; readonly why: string };

export type Resolved =
  | { readonly kind: 'record'; readonly experiment: Experiment; readonly home: CopyState; readonly copy: CopyState }
  /** Both are gone or broken: nobody can say any more what was agreed. */
  | { readonly kind: 'lost'; readonly home: CopyState; readonly copy: CopyState };

/** The intact copy counts, and of two the one that is further along; a broken one is to be restored from it. */
export function resolveRecord({ home, copy }: { readonly home: Copy | null; readonly copy: Copy | null }, key: SigningKey): Resolved {
  const [first, second] = [readCopy(home, key), readCopy(copy, key)];
  const states = { home: first.state, copy: second.state };
  if (first.experiment !== null && second.experiment !== null) return { kind: 'record', experiment: newerOf(first.experiment, second.experiment), ...states };
  const experiment = first.experiment ?? second.experiment;
  return experiment === null ? { kind: 'lost', ...states } : { kind: 'record', experiment, ...states };
}

function readCopy(copy: Copy | null, key: SigningKey): { readonly state: CopyState; readonly experiment: Experiment | null } {
  if (copy === null) return { state: { kind: 'gone' }, experiment: null };
  if (!copy.mine) return { state: { kind: 'broken', why: 'it was not written by us' }, experiment: null };
  if (copy.editedBy !== null) return { state: { kind: 'broken', why: `${copy.editedBy} edited it` }, experiment: null };
  const block = recordBlock(copy.body);
  const reading = block === null ? { kind: 'broken' as const, why: 'it holds no record any more' } : decodeRecord(block, key);
  return reading.kind === 'intact' ? { state: { kind: 'intact' }, experiment: reading.experiment } : { state: { kind: 'broken', why: reading.why }, experiment: null };
}

/** The block for the machine out of a comment's body: from its head to its digest, or its signature. */
export function recordBlock(body: string): string | null {
  const lines = body.replaceAll('\r\n', '\n').split('\n');
  const head = lines.indexOf('yardstick-record/1');
  const digest = head === -1 ? -1 : lines.findIndex((line, i) => i > head && line.startsWith('sha256 '));
  if (digest === -1) return null;
  return lines.slice(head, lines[digest + 1]?.startsWith('hmac-sha256 ') === true ? digest + 2 : digest + 1).join('\n');
}
