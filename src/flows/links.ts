// The issues that a change is linked with: as its hypothesis, as the programme it is a step of, or because it closes them.
import { findClosing } from '../hypothesis/closing.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import type { Change, ChangeRef, RepoRef } from '../model/change.ts';
import type { IssueText } from '../ports/forge.ts';

/** A change that names more of them is told of the first ones. */
const LINKS_MAX = 20;

/** What the body of a change of `repo` names, told as a whole. Once each. */
export function namedIssues(body: string, repo: RepoRef): readonly ChangeRef[] {
  const { references, step } = findHypothesis(body, 'pull request body');
  const named = [...references, ...(step ? [step] : []), ...findClosing(body, 'pull request body')];
  return once(named.flatMap((reference) => (reference.kind === 'issue' ? [{ owner: reference.owner ?? repo.owner, repo: reference.repo ?? repo.repo, number: reference.number }] : [])));
}

/** What a look through the open changes of an edited issue's repository does not find: issues of other repositories, and those that only the sidebar links. */
export function distantIssues({ ref, body }: Pick<Change, 'ref' | 'body'>, closing: readonly Pick<IssueText, 'repo' | 'number'>[]): readonly ChangeRef[] {
  const named = namedIssues(body, ref);
  const found = new Set(named.filter(({ owner, repo }) => issueKey({ owner, repo, number: 0 }) === issueKey({ ...ref, number: 0 })).map(issueKey));
  return once([...named, ...closing.map(({ repo, number }) => ({ ...repo, number }))]).filter((issue) => !found.has(issueKey(issue))).slice(0, LINKS_MAX);
}

/** The same for every spelling of an issue's repository. */
export function issueKey({ owner, repo, number }: ChangeRef): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}

function once(issues: readonly ChangeRef[]): readonly ChangeRef[] {
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}
