// The writes of a record: its comment and its second copy, its labels, the dashboard. Pure; nothing is planned where nothing differs.
import type { ChangeRef } from '../model/change.ts';
import type { Effect, LabelStyle, Reaction } from '../model/effect.ts';

/** A comment that should read like this. */
export interface DesiredComment {
  readonly on: ChangeRef;
  readonly body: string;
  /** The comment as it stands; null: it is to be made. */
  readonly standing: { readonly commentId: number; readonly body: string } | null;
}

export interface DesiredLabels {
  readonly on: ChangeRef;
  readonly present: readonly string[];
  readonly add: readonly LabelStyle[];
  readonly remove: readonly string[];
}

export interface DesiredReaction {
  readonly on: ChangeRef;
  readonly commentId: number;
  readonly content: Reaction;
  readonly present: readonly Reaction[];
}

/** What differs, as effects. */
export function planRecord({ comments, labels, reactions }: { readonly comments: readonly DesiredComment[]; readonly labels: readonly DesiredLabels[]; readonly reactions: readonly DesiredReaction[] }): readonly Effect[] {
  return [...comments.flatMap(planComment), ...labels.flatMap(planLabels), ...reactions.flatMap(planReaction)];
}

function planComment({ on, body, standing }: DesiredComment): readonly Effect[] {
  if (standing === null) return [{ kind: 'create-comment', change: on, body }];
  return sameRecord(standing.body, body) ? [] : [{ kind: 'edit-comment', change: on, commentId: standing.commentId, body }];
}

/** Compression may differ from one machine to another; the digest below it says whether the content does. */
function sameRecord(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(/^yardstick-record\/1\n(?:[A-Za-z0-9_-]+\n)+/m, 'yardstick-record/1\n').trim();
}

function planLabels({ on, present, add, remove }: DesiredLabels): readonly Effect[] {
  const there = new Set(present.map((name) => name.toLowerCase()));
  return [
    ...add.filter(({ name }) => !there.has(name.toLowerCase())).map((label): Effect => ({ kind: 'add-label', change: on, label })),
    ...remove.filter((name) => there.has(name.toLowerCase())).map((name): Effect => ({ kind: 'remove-label', change: on, name })),
  ];
}

function planReaction({ on, commentId, content, present }: DesiredReaction): readonly Effect[] {
  return present.includes(content) ? [] : [{ kind: 'react', change: on, commentId, content }];
}
