// Which open changes an event that is not about one of them may concern.
import type { ChangeRef } from '../model/change.ts';
import type { Trigger } from '../model/trigger.ts';
import type { OpenChange } from '../ports/forge.ts';
import { issueKey, namedIssues } from './links.ts';

/** A sweep in one run is bounded, the newest first: the rest is looked at when it moves. */
const CHANGES_MAX = 100;

/** Those that name the issue that was edited, those of the branch that was pushed, or all. @param most where each is a job of its own there need be no bound */
export function touchedChanges(open: readonly OpenChange[], { repo, issue, base }: Trigger & { kind: 'sweep' }, most = CHANGES_MAX): readonly ChangeRef[] {
  const key = issue === null ? null : issueKey({ ...repo, number: issue });
  return open
    .filter(({ body, baseRef }) => (base === null || baseRef === base) && (key === null || namedIssues(body, repo).some((named) => issueKey(named) === key)))
    .slice(0, most)
    .map(({ ref }) => ref);
}
