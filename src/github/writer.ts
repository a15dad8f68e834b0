// GitHub for writing: one function an effect. What the token may not do is an outcome; what may pass is thrown.
import { assertNever, SetupError } from '../errors.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Effect, EffectOutcome } from '../model/effect.ts';
import type { ForgeWriter } from '../ports.ts';
import { message, missingPermission, refusal, succeeded } from './answers.ts';
import { postCheck } from './check-run.ts';
import { addLabel } from './label.ts';
import { issuePath, repoPath } from './paths.ts';
import { path } from './transport.ts';
import type { ApiRequest, ApiResponse, Transport } from './transport.ts';

/** A forge writer over any transport. */
export function createForgeWriter(transport: Transport): ForgeWriter {
  return { perform: (effect) => perform(transport, effect) };
}

async function perform(transport: Transport, effect: Effect): Promise<EffectOutcome> {
  switch (effect.kind) {
    case 'post-check':
      return settle(await postCheck(transport, effect), { subject: 'the check run', permission: 'checks: write' });
    case 'create-comment':
      return send(transport, { method: 'POST', path: `${issuePath(effect.change)}/comments`, body: { body: effect.body } }, COMMENT);
    case 'edit-comment':
      return send(transport, { method: 'PATCH', path: commentPath(effect.change, effect.commentId), body: { body: effect.body } }, COMMENT);
    case 'delete-comment':
      return send(transport, { method: 'DELETE', path: commentPath(effect.change, effect.commentId) }, { ...COMMENT, goneIsDone: 'yes' });
    case 'add-label':
      return settle(await addLabel(transport, effect), LABEL);
    case 'remove-label':
      return send(transport, { method: 'DELETE', path: issuePath(effect.change) + path`/labels/${effect.name}` }, { ...LABEL, goneIsDone: 'yes' });
    case 'react':
      return send(transport, { method: 'POST', path: `${commentPath(effect.change, effect.commentId)}/reactions`, body: { content: effect.content } }, { ...COMMENT, goneIsDone: 'yes' });
    case 'rerun':
      return send(transport, { method: 'POST', path: `${repoPath(effect.repo)}/actions/jobs/${effect.jobId}/rerun` }, { subject: "the re-run of the head's job", permission: 'actions: write' });
    default:
      return assertNever(effect);
  }
}

/** What is written, in words, and the permission that it takes. */
interface Written {
  readonly subject: string;
  readonly permission: string;
  /** Whether a thing that is gone already is as good as done. */
  readonly goneIsDone?: 'yes';
}

const COMMENT: Written = { subject: 'the comment', permission: 'pull-requests: write' };
const LABEL: Written = { subject: 'the label', permission: 'pull-requests: write' };

function commentPath(change: ChangeRef, commentId: number): string {
  return `${repoPath(change)}/issues/comments/${commentId}`;
}

async function send(transport: Transport, request: ApiRequest, written: Written): Promise<EffectOutcome> {
  return settle(await transport(request), written);
}

/** A refusal is told with its reason; a locked conversation is no missing permission. A bad token and faults are thrown. */
function settle(response: ApiResponse, { subject, permission, goneIsDone }: Written): EffectOutcome {
  if (succeeded(response) || (goneIsDone && (response.status === 404 || response.status === 410))) return { kind: 'done' };
  const error = refusal(response, subject);
  if (!(error instanceof SetupError) || response.status === 401) throw error;
  const said = message(response);
  if (/\blocked\b/i.test(said)) return { kind: 'refused', reason: `${subject} could not be written: the conversation is locked`, permission: null };
  if (response.status !== 403) return { kind: 'refused', reason: `${subject} could not be written (${response.status}: ${said})`, permission: null };
  return { kind: 'refused', reason: `${subject} could not be written: the token lacks \`${missingPermission(response) ?? permission}\``, permission: missingPermission(response) ?? permission };
}
