// The last approval of a change, with the body as it stood then: what reviewers agreed to.
import { TransientError } from '../errors.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Approval } from '../ports/forge.ts';
import { parseAccount } from './account.ts';
import { askGraph, graphFault, parseViewer } from './graph.ts';
import { at, list, record, text } from './json.ts';
import { changeName } from './paths.ts';
import { APPROVAL_QUERY } from './queries.ts';
import { parseRevisions } from './revisions.ts';
import type { Transport } from './transport.ts';

/** Reads the newest approval that stands; null where there is none, where the token may not see it, or where the text of that time was deleted from the history. One request. */
export async function readApproval(transport: Transport, ref: ChangeRef): Promise<Approval | null> {
  const { owner, repo, number } = ref;
  const ask = { query: APPROVAL_QUERY, variables: { owner, repo, number }, subject: `the reviews of ${changeName(ref)}`, permissions: '`pull-requests: read`' };
  const body = await askGraph(transport, ask);
  const change = record(at(body, 'data', 'repository', 'pullRequest'));
  const reviews = at(change, 'reviews', 'nodes');
  if (!Array.isArray(reviews)) {
    const fault = graphFault(body, ask);
    if (fault instanceof TransientError) throw fault;
    return null;
  }
  const when = text(at(reviews.at(-1), 'submittedAt'));
  if (when === null) return null;
  const then = list(at(change, 'userContentEdits', 'nodes')).length === 0 ? text(change['body']) : (parseRevisions(change, parseViewer(body)).find((revision) => Date.parse(revision.at) <= Date.parse(when))?.text ?? null);
  return then === null ? null : { by: parseAccount(at(reviews.at(-1), 'author'))?.login ?? null, at: when, body: then };
}
