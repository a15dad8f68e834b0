// The issues that a change is linked with: as its hypothesis, as the programme it is a step of, or because it closes them.
import { findClosing } from '../hypothesis/closing.ts';
import { findHypothesis } from '../hypothesis/find.ts';
import type { ChangeRef, RepoRef } from '../model/change.ts';

/** What the body of a change of `repo` names, told as a whole. Once each. */
export function namedIssues(body: string, repo: RepoRef): readonly ChangeRef[] {
  const { references, step } = findHypothesis(body, 'pull request body');
  const named = [...references, ...(step ? [step] : []), ...findClosing(body, 'pull request body')];
  const issues = named.flatMap((reference) => (reference.kind === 'issue' ? [{ owner: reference.owner ?? repo.owner, repo: reference.repo ?? repo.repo, number: reference.number }] : []));
  return [...new Map(issues.map((issue) => [issueKey(issue), issue])).values()];
}

/** The same for every spelling of an issue's repository. */
export function issueKey({ owner, repo, number }: ChangeRef): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}
