// Events of checks and of the merge queue.
import type { Pressed } from '../model/trigger.ts';
import { parseHint, parseNumber, parseSha, parseWhy } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { at, list, record, text } from './json.ts';

/** The branches that GitHub's merge queue makes. */
const QUEUE = /^gh-readonly-queue\//;

export function onMergeGroup({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  const headSha = parseSha(at(payload, 'merge_group', 'head_sha'));
  const headRef = text(at(payload, 'merge_group', 'head_ref'));
  if (action !== 'checks_requested') return `"${action}" of a merge group asks for no check`;
  if (headSha === null || headRef === null) return 'the payload names no merge group';
  return { kind: 'merge-group', repo, headSha, headRef: headRef.slice(0, 500) };
}

/** GitHub's "Re-run", and our own buttons by their identifiers. Checks of forks and of merge groups name no pull request: they are told by their commit. */
export function onCheck({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  const button = at(payload, 'requested_action', 'identifier');
  const pressed = action === 'requested_action' ? parsePressed(button, at(payload, 'sender', 'login')) : null;
  if (action !== 'rerequested' && !(action === 'requested_action' && (button === 'check' || pressed !== null))) return `"${action}" of a check asks for nothing`;
  const check = record(at(payload, 'check_run') ?? at(payload, 'check_suite'));
  const headSha = parseSha(check['head_sha']);
  const repoId = at(payload, 'repository', 'id');
  const pulls = list(check['pull_requests']).filter((candidate) => at(candidate, 'base', 'repo', 'id') === repoId);
  const [pull] = pulls;
  const number = parseNumber(at(pull, 'number'));
  // One check of several pull requests: they are told by their commit too.
  if (number !== null && (pulls.length === 1 || headSha === null)) return { kind: 'gate', change: { ...repo, number }, hint: { ...parseHint(pull), headSha }, ownCheck: true, pressed };
  if (headSha === null) return 'the payload names no commit';
  const branch = text(at(check, 'check_suite', 'head_branch') ?? check['head_branch']) ?? '';
  return QUEUE.test(branch) ? { kind: 'merge-group', repo, headSha, headRef: `refs/heads/${branch.slice(0, 500)}` } : { kind: 'head', repo, headSha, pressed };
}

function parsePressed(button: unknown, sender: unknown): Pressed | null {
  const by = text(sender);
  return by !== null && (button === 'draft' || button === 'waive') ? { button, by: by.slice(0, 100) } : null;
}
