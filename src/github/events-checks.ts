// Events of checks and of the merge queue.
import { gate, parseHint, parseNumber, parseSha, parseWhy } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { at, list, record, text } from './json.ts';

/** What asks for the check again: GitHub's "Re-run", and our own button by its identifier. */
function asksAgain(action: string, button: unknown): boolean {
  return action === 'rerequested' || (action === 'requested_action' && button === 'check');
}

export function onMergeGroup({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  const headSha = parseSha(at(payload, 'merge_group', 'head_sha'));
  const headRef = text(at(payload, 'merge_group', 'head_ref'));
  if (action !== 'checks_requested') return `"${action}" of a merge group asks for no check`;
  if (headSha === null || headRef === null) return 'the payload names no merge group';
  return { kind: 'merge-group', repo, headSha, headRef: headRef.slice(0, 500) };
}

/** Checks of forks and of merge groups name no pull request: then every open one is looked at, the head's own among them. */
export function onCheck({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  if (!asksAgain(action, at(payload, 'requested_action', 'identifier'))) return `"${action}" of a check asks for nothing`;
  const check = record(at(payload, 'check_run') ?? at(payload, 'check_suite'));
  const headSha = parseSha(check['head_sha']);
  const repoId = at(payload, 'repository', 'id');
  const pull = list(check['pull_requests']).find((candidate) => at(candidate, 'base', 'repo', 'id') === repoId);
  const number = parseNumber(at(pull, 'number'));
  if (number !== null) return gate({ ...repo, number }, { hint: { ...parseHint(pull), headSha }, of: 'head' });
  return headSha === null ? 'the payload names no commit' : { kind: 'sweep', repo, because: `the check of ${headSha.slice(0, 7)} was asked for again`, issue: null };
}
