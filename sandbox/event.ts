// The payload of an event, as GitHub writes it to GITHUB_EVENT_PATH.
import type { GitHub } from './github/github.ts';
import { simpleUser } from './github/account.ts';
import { STAGEHAND } from './github/upstream.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** What every payload holds: repository and sender. */
export async function basePayload(github: GitHub, repository: string): Promise<Payload> {
  return { repository: await github.call('GET', `/repos/${repository}`), sender: simpleUser(github, { login: STAGEHAND, type: 'User' }) };
}

/** `pull_request` and `pull_request_target`. */
export async function pullPayload(github: GitHub, repository: string, at: { readonly number: number; readonly action: string }): Promise<Payload> {
  const pull = await github.call('GET', `/repos/${repository}/pulls/${at.number}`);
  return { ...(await basePayload(github, repository)), action: at.action, number: at.number, pull_request: pull };
}

/** `issue_comment`, by the comment's id. */
export async function commentPayload(github: GitHub, repository: string, at: { readonly number: number; readonly comment: number }): Promise<Payload> {
  const [issue, comment] = await Promise.all([github.call('GET', `/repos/${repository}/issues/${at.number}`), github.call('GET', `/repos/${repository}/issues/comments/${at.comment}`)]);
  const pull = await github.call('GET', `/repos/${repository}/pulls/${at.number}`).catch(() => null);
  return { ...(await basePayload(github, repository)), action: 'created', issue: pull === null ? issue : { ...issue, pull_request: { url: pull['url'], html_url: pull['html_url'], merged_at: pull['merged_at'] } }, comment };
}

/** `merge_group`: the queue asks for the checks of a group made of one pull request. */
export async function mergeGroupPayload(github: GitHub, repository: string, of: { readonly number: number; readonly sha: string; readonly base: string }): Promise<Payload> {
  const headRef = `refs/heads/gh-readonly-queue/main/pr-${of.number}-${of.base}`;
  const group = { head_sha: of.sha, head_ref: headRef, base_sha: of.base, base_ref: 'refs/heads/main', head_commit: { id: of.sha, tree_id: of.sha, message: 'Merge', timestamp: '2026-01-05T08:00:00Z', author: { name: 'x', email: 'x' }, committer: { name: 'x', email: 'x' } } };
  return { ...(await basePayload(github, repository)), action: 'checks_requested', merge_group: group };
}
