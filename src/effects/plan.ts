// The difference between what is wanted and what is there, as the fewest effects. Pure.
import type { Effect } from '../model/effect.ts';
import type { Desired, Observed } from './desired.ts';

/**
 * Plans the gate's writes. Running it on the state that its own effects lead to gives an empty plan.
 * Nothing is planned over a newer evaluation (`at` older than the stored one): concurrent runs end in order.
 */
export function planGate(observed: Observed, desired: Desired, at: string): readonly Effect[] {
  const check: Effect[] = desired.check ? [{ kind: 'post-check', repo: repoOf(desired), ...desired.check }] : [];
  if (observed.evaluatedAt !== null && observed.evaluatedAt > at) return check;
  return [...check, ...planComment(observed, desired), ...planLabels(observed, desired), ...planReactions(observed, desired), ...planRerun(observed, desired)];
}

function planComment(observed: Observed, desired: Desired): readonly Effect[] {
  const [kept, ...surplus] = observed.own;
  const removed = surplus.map((comment): Effect => ({ kind: 'delete-comment', change: desired.change, commentId: comment.id }));
  const wanted = desired.comment;
  if (wanted === null) return removed;
  if (kept === undefined) {
    return wanted.create === 'never' ? [] : [{ kind: 'create-comment', change: desired.change, body: wanted.body }];
  }
  if (sameBody(kept.body, wanted.body)) return removed;
  return [{ kind: 'edit-comment', change: desired.change, commentId: kept.id, body: wanted.body }, ...removed];
}

/** GitHub normalises line ends and trims; the marker's evaluation time alone is no reason to write. */
function sameBody(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(/"at":"[^"]{0,40}"/, '').trim();
}

function planLabels(observed: Observed, desired: Desired): readonly Effect[] {
  const present = new Set(observed.labels.map((name) => name.toLowerCase()));
  const { change, labels } = desired;
  return [
    ...labels.add.filter((label) => !present.has(label.name.toLowerCase())).map((label): Effect => ({ kind: 'add-label', change, label })),
    ...labels.remove.filter((name) => present.has(name.toLowerCase())).map((name): Effect => ({ kind: 'remove-label', change, name })),
  ];
}

function planReactions(observed: Observed, { change, reactions }: Desired): readonly Effect[] {
  return reactions
    .filter(({ commentId, content }) => !observed.reactions.get(commentId)?.includes(content))
    .map(({ commentId, content }): Effect => ({ kind: 'react', change, commentId, content }));
}

/** A job that shows the wanted conclusion already, or still runs, is left alone. */
function planRerun({ ownCheck }: Observed, desired: Desired): readonly Effect[] {
  if (desired.ownConclusion === null || !ownCheck || ownCheck.jobId === null) return [];
  if (ownCheck.conclusion === 'running' || ownCheck.conclusion === desired.ownConclusion) return [];
  return [{ kind: 'rerun', repo: repoOf(desired), jobId: ownCheck.jobId }];
}

function repoOf({ change }: Desired): { owner: string; repo: string } {
  return { owner: change.owner, repo: change.repo };
}
