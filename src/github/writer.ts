// GitHub for writing: one function an effect. What the token may not do is an outcome; what may pass is thrown.
import { assertNever } from '../errors.ts';
import type { Effect, EffectOutcome } from '../model/effect.ts';
import type { ForgeWriter } from '../ports/forge.ts';
import { postCheck } from './check-run.ts';
import type { Remembered } from './check-run.ts';
import { createIssue } from './dashboard-issue.ts';
import { addLabel } from './label.ts';
import { commentPath, issuePath, repoPath } from './paths.ts';
import { claim, react } from './react.ts';
import { settle } from './settle.ts';
import type { Written } from './settle.ts';
import { path } from './transport.ts';
import type { Transport } from './transport.ts';

const CHECK: Written = { subject: 'the check run', permission: 'checks: write' };
const COMMENT: Written = { subject: 'the comment', permission: 'pull-requests: write' };
const LABEL: Written = { subject: 'the label', permission: 'pull-requests: write' };
const REACTION: Written = { subject: 'the reaction', permission: 'pull-requests: write', made: 'id' };
const ISSUE: Written = { subject: 'the dashboard issue', permission: 'issues: write' };
const RERUN: Written = { subject: "the re-run of the head's job", permission: 'actions: write' };

/** A forge writer over any transport. */
export function createForgeWriter(transport: Transport, checks: Remembered | null = null): ForgeWriter {
  return { perform: (effect) => (effect.kind === 'post-check' ? postCheck(transport, effect, checks).then((response) => settle(response, CHECK)) : perform(transport, effect)) };
}

async function perform(transport: Transport, effect: Exclude<Effect, { kind: 'post-check' }>): Promise<EffectOutcome> {
  switch (effect.kind) {
    case 'create-comment':
      return settle(await transport({ method: 'POST', path: `${issuePath(effect.change)}/comments`, body: { body: effect.body } }), { ...COMMENT, made: 'id' });
    case 'edit-comment':
      return settle(await transport({ method: 'PATCH', path: commentPath(effect.change, effect.commentId), body: { body: effect.body } }), COMMENT);
    case 'delete-comment':
      return settle(await transport({ method: 'DELETE', path: commentPath(effect.change, effect.commentId) }), { ...COMMENT, goneIsDone: 'yes' });
    case 'add-label':
      return settle(await addLabel(transport, effect), LABEL);
    case 'remove-label':
      return settle(await transport({ method: 'DELETE', path: issuePath(effect.change) + path`/labels/${effect.name}` }), { ...LABEL, goneIsDone: 'yes' });
    case 'react':
      return settle(await react(transport, effect), { ...REACTION, goneIsDone: 'yes' });
    case 'claim':
      return settle(await claim(transport, effect), REACTION);
    case 'create-issue':
      return settle(await createIssue(transport, effect), { ...ISSUE, made: 'number' });
    case 'edit-issue':
      return settle(await transport({ method: 'PATCH', path: issuePath(effect.issue), body: { body: effect.body } }), ISSUE);
    case 'rerun':
      return settle(await transport({ method: 'POST', path: `${repoPath(effect.repo)}/actions/jobs/${effect.jobId}/rerun` }), RERUN);
    default:
      return assertNever(effect);
  }
}
