// What an effect does to the hand-made GitHub, and what it answers.
import type { Change, Comment } from '../../src/model/change.ts';
import type { Effect, EffectOutcome } from '../../src/model/effect.ts';
import { allComments, commentsOf, ME, nodeId } from './fake-world.ts';
import type { World } from './fake-world.ts';

/** Carries out an effect in this world. */
export function perform(world: World, effect: Effect): EffectOutcome {
  switch (effect.kind) {
    case 'create-comment':
      return createComment(world, effect);
    case 'edit-comment':
      return edit(world, effect, ME);
    case 'delete-comment':
      return forEachThread(world, (comments) => comments.filter((comment) => comment.id !== effect.commentId));
    case 'add-label':
      return relabel(world, effect.change.number, (labels) => [...labels.filter((name) => name !== effect.label.name), effect.label.name]);
    case 'remove-label':
      return relabel(world, effect.change.number, (labels) => labels.filter((name) => name !== effect.name));
    case 'react':
      world.reactions.set(effect.commentId, [...(world.reactions.get(effect.commentId) ?? []), effect.content]);
      return DONE;
    case 'claim':
      return claim(world, effect);
    case 'create-issue':
      return openDashboard(world, effect);
    case 'edit-issue':
      if (world.dashboard?.number === effect.issue.number) world.dashboard = { ...world.dashboard, body: effect.body, editor: ME };
      return DONE;
    case 'rerun':
      world.ownCheck = { conclusion: 'running', jobId: effect.jobId };
      return DONE;
    case 'post-check':
      return DONE;
  }
}

const DONE: EffectOutcome = { kind: 'done', made: null };

function createComment(world: World, { change, body }: Effect & { kind: 'create-comment' }): EffectOutcome {
  if (world.locked.has(change.number)) return { kind: 'refused', reason: 'the comment could not be written: the conversation is locked', permission: null };
  const id = 1000 + allComments(world).length;
  commentsOf(world, change.number).push({ id, nodeId: nodeId(id), author: { login: ME, type: 'Bot' }, mine: true, body, createdAt: world.now, editor: null });
  return { kind: 'done', made: { id, nodeId: nodeId(id), at: world.now, fresh: true } };
}

/** Anybody's edit of a comment: GitHub keeps what it said before, from its first words on. */
export function edit(world: World, { commentId, body }: { readonly commentId: number; readonly body: string }, editor: string): EffectOutcome {
  const before = allComments(world).find(({ id }) => id === commentId);
  if (before === undefined) return DONE;
  const history = world.revisions.get(before.nodeId) ?? [{ text: before.body, at: before.createdAt, editor: before.author?.login ?? null, mine: before.mine }];
  world.revisions.set(before.nodeId, [{ text: body, at: world.now, editor, mine: editor === ME }, ...history]);
  return forEachThread(world, (comments) => comments.map((comment) => (comment.id === commentId ? { ...comment, body, editor } : comment)));
}

function forEachThread(world: World, change: (comments: readonly Comment[]) => Comment[]): EffectOutcome {
  world.comments = change(world.comments);
  for (const [number, comments] of world.threads) world.threads.set(number, change(comments));
  return DONE;
}

function relabel(world: World, number: number, change: (labels: readonly string[]) => readonly string[]): EffectOutcome {
  const relabelled = (one: Change): Change => (one.ref.number === number ? { ...one, labels: change(one.labels) } : one);
  world.change = relabelled(world.change);
  world.others = world.others.map(relabelled);
  for (const [key, issue] of world.issues) if (issue.number === number) world.issues.set(key, { ...issue, labels: change(issue.labels) });
  return DONE;
}

/** GitHub makes one reaction of a kind for one account, and answers everybody with it. */
function claim(world: World, { commentId, stale }: Effect & { kind: 'claim' }): EffectOutcome {
  if (stale !== null && world.claims.get(commentId)?.id === stale) world.claims.delete(commentId);
  const there = world.claims.get(commentId);
  const made = there ?? { id: 5000 + world.effects.length, at: world.now };
  world.claims.set(commentId, made);
  return { kind: 'done', made: { ...made, nodeId: `REA_${made.id}`, fresh: there === undefined } };
}

function openDashboard(world: World, { body }: Effect & { kind: 'create-issue' }): EffectOutcome {
  const number = world.dashboard?.number ?? 500;
  world.dashboard = { number, body, editor: null };
  return { kind: 'done', made: { id: number, nodeId: `I_${number}`, at: world.now, fresh: true } };
}
