// Events of pull requests, issues and their comments.
import { parseAccount } from './account.ts';
import { gate, parseHint, parseNumber, parseWhy } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { at, count, text } from './json.ts';

/** Edits of an issue that may change a hypothesis which pull requests link. */
const ISSUE_ACTIONS = new Set(['edited', 'labeled', 'unlabeled', 'closed', 'reopened', 'deleted', 'transferred']);

/**
 * Every action but `closed` is gated, also those that change nothing for the gate: the job is the check of this head,
 * and one that ended green without looking would let an unjustified change merge.
 */
export function onPull({ payload, repo }: EventParts): Why {
  const pull = at(payload, 'pull_request');
  const number = parseNumber(at(pull, 'number')) ?? parseNumber(at(payload, 'number'));
  if (number === null) return 'the payload names no pull request';
  if (at(payload, 'action') === 'closed') return `pull request #${number} was closed: there is nothing left to gate`;
  return gate({ ...repo, number }, { hint: parseHint(pull), of: 'head' });
}

export function onIssue({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  const number = parseNumber(at(payload, 'issue', 'number'));
  if (number === null) return 'the payload names no issue';
  if (at(payload, 'issue', 'pull_request')) return `#${number} is a pull request, whose own events are worked on`;
  if (!ISSUE_ACTIONS.has(action)) return `"${action}" of an issue changes no hypothesis`;
  return { kind: 'sweep', repo, because: `issue #${number} was ${action}`, issue: number };
}

/** Comments matter where they carry a command, or a bot's cost report; a deleted one may have been ours. */
export function onIssueComment({ payload, repo }: EventParts): Why {
  const issue = at(payload, 'issue');
  const number = parseNumber(at(issue, 'number'));
  if (number === null) return 'the payload names no issue';
  if (!at(issue, 'pull_request')) return `#${number} is an issue, and comments on issues change no hypothesis`;
  const author = parseAccount(at(payload, 'comment', 'user'));
  const words = text(at(payload, 'comment', 'body')) ?? '';
  const before = text(at(payload, 'changes', 'body', 'from')) ?? '';
  const matters = author?.type === 'Bot' || at(payload, 'action') === 'deleted' || words.includes('/yardstick') || before.includes('/yardstick');
  if (!matters) return `the comment on #${number} holds no command`;
  // The payload of a comment says nothing of the branches: only what was counted can be read ahead.
  const hint = { headSha: null, baseRef: null, baseSha: null, body: text(at(issue, 'body')), changedFiles: null, comments: count(at(issue, 'comments')) };
  return gate({ ...repo, number }, { hint, of: 'elsewhere' });
}
