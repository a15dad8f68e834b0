// Events of pull requests, issues and their comments.
import { parseAccount } from './account.ts';
import { gate, parseHint, parseNumber, parseSha, parseWhy, tend } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { at, count, text } from './json.ts';

/** What may change a hypothesis which pull requests link: they may name an issue before it is there, too. */
const ISSUE_ACTIONS = new Set(['opened', 'edited', 'labeled', 'unlabeled', 'closed', 'reopened', 'deleted', 'transferred']);

/**
 * A closed one leaves its head to others that may end with it. Every action but `closed` is gated, also those that change nothing for the gate: the job is the check of this head,
 * and one that ended green without looking would let an unjustified change merge.
 */
export function onPull({ payload, repo }: EventParts): Why {
  const pull = at(payload, 'pull_request');
  const number = parseNumber(at(pull, 'number')) ?? parseNumber(at(payload, 'number'));
  if (number === null) return 'the payload names no pull request';
  if (at(payload, 'action') !== 'closed') return gate({ ...repo, number }, { hint: parseHint(pull), of: 'head' });
  const headSha = parseSha(at(pull, 'head', 'sha'));
  if (at(pull, 'merged') === true) return tend(repo, `pull request #${number} was merged`, { change: number, headSha });
  return headSha === null ? `pull request #${number} was closed: there is nothing left to gate` : { kind: 'head', repo, headSha, pressed: null, closed: number };
}

export function onIssue({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  const number = parseNumber(at(payload, 'issue', 'number'));
  if (number === null) return 'the payload names no issue';
  if (at(payload, 'issue', 'pull_request')) return `#${number} is a pull request, whose own events are worked on`;
  if (!ISSUE_ACTIONS.has(action)) return `"${action}" of an issue changes no hypothesis`;
  return { kind: 'sweep', repo, because: `issue #${number} was ${action}`, issue: number, base: null };
}

/** Comments matter where they carry a command, or a bot's cost report; a deleted one may have been ours. */
export function onIssueComment({ payload, repo }: EventParts): Why {
  const issue = at(payload, 'issue');
  const number = parseNumber(at(issue, 'number'));
  if (number === null) return 'the payload names no issue';
  const pull = at(issue, 'pull_request');
  if (!pull) return touchesRecord(payload) ? tend(repo, `comment on #${number}`, { issue: number }) : `the comment on issue #${number} holds no command`;
  if (text(at(pull, 'merged_at')) !== null) return touchesRecord(payload) ? tend(repo, `comment on #${number}`, { change: number }) : `the comment on the merged #${number} holds no command`;
  if (isOwnWord(payload)) return `the comment on #${number} is what was said here`;
  if (!isByBot(payload) && !isDeleted(payload) && !namesUs(payload)) return `the comment on #${number} holds no command`;
  // The payload of a comment says nothing of the branches: only what was counted can be read ahead.
  const hint = { headSha: null, baseRef: null, baseSha: null, body: text(at(issue, 'body')), changedFiles: null, comments: count(at(issue, 'comments')) };
  return gate({ ...repo, number }, { hint, of: 'elsewhere' });
}

/** A person's command, or a bot's comment that somebody else has edited or deleted: it may be a record. What the bot itself writes starts nothing. */
function touchesRecord(payload: unknown): boolean {
  if (!isByBot(payload)) return namesUs(payload);
  const author = text(at(payload, 'comment', 'user', 'login'));
  return at(payload, 'action') !== 'created' && text(at(payload, 'sender', 'login')) !== author;
}

/** What we have just said ourselves: every comment of ours would else be a reason to look again. */
function isOwnWord(payload: unknown): boolean {
  const author = text(at(payload, 'comment', 'user', 'login'));
  return isByBot(payload) && !isDeleted(payload) && text(at(payload, 'sender', 'login')) === author && text(at(payload, 'comment', 'body'))?.startsWith('<!-- yardstick:') === true;
}

function isByBot(payload: unknown): boolean {
  return parseAccount(at(payload, 'comment', 'user'))?.type === 'Bot';
}

function isDeleted(payload: unknown): boolean {
  return at(payload, 'action') === 'deleted';
}

/** A phone writes the first letter as a capital. */
function namesUs(payload: unknown): boolean {
  return [at(payload, 'comment', 'body'), at(payload, 'changes', 'body', 'from')].some((words) => /\/yardstick/i.test(text(words) ?? ''));
}
