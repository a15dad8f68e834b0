// An issue that may hold a hypothesis, here or in another repository.
import { SetupError } from '../errors.ts';
import type { RepoRef } from '../model/change.ts';
import type { IssueReading } from '../ports/forge.ts';
import { expectOk, refusal } from './answers.ts';
import { at, count, list, text, texts } from './json.ts';
import { repoPath } from './paths.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** What is asked for: `forbidden` is the sentence for an issue in a repository that the token can't read, null in its own one. */
export interface IssuePlace {
  readonly repo: RepoRef;
  readonly number: number;
  readonly forbidden: string | null;
}

/** Reads an issue; a moved one is followed on the same host, a deleted one is absent. */
export async function readIssue(transport: Transport, { repo, number, forbidden }: IssuePlace): Promise<IssueReading> {
  const subject = `issue ${repo.owner}/${repo.repo}#${number}`;
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}/issues/${number}` });
  if (response.status === 404 || response.status === 403) return closedDoor(response, forbidden, subject);
  if (response.status === 410) return { kind: 'absent' };
  const body = expectOk(response, subject);
  const moved = parseRepo(text(at(body, 'repository_url')));
  return {
    kind: 'issue',
    issue: {
      repo: moved ?? repo,
      number: count(at(body, 'number')) ?? number,
      title: text(at(body, 'title')) ?? '',
      body: text(at(body, 'body')) ?? '',
      state: at(body, 'state') === 'closed' ? 'closed' : 'open',
      labels: [...texts(at(body, 'labels'), 'name'), ...list(at(body, 'labels')).flatMap((label) => text(label) ?? [])],
    },
  };
}

/** The repository in which an answer says that the issue stands: the address is followed where it was moved, perhaps to where fewer people read. */
function parseRepo(url: string | null): RepoRef | null {
  const [, owner, repo] = /\/repos\/([^/]{1,100})\/([^/]{1,100})$/.exec(url ?? '') ?? [];
  return owner === undefined || repo === undefined ? null : { owner, repo };
}

/** A rate limit also answers 403: that one passes, and is thrown. */
function closedDoor(response: ApiResponse, forbidden: string | null, subject: string): IssueReading {
  const error = refusal(response, subject);
  if (!(error instanceof SetupError)) throw error;
  if (forbidden !== null) return { kind: 'forbidden', why: forbidden };
  return response.status === 404 ? { kind: 'absent' } : { kind: 'forbidden', why: error.message };
}
