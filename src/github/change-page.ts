// The answer to the one GraphQL query, read into the nouns of the engine.
import type { Account, Change, ChangeRef, Comment } from '../model/change.ts';
import type { ChangeHint } from '../model/trigger.ts';
import type { ChangePage, Dashboard, IssueText, TextReading } from '../ports/forge.ts';
import { parseAccount } from './account.ts';
import { orderComments, parseCommentNode } from './comments.ts';
import { parseDashboard } from './dashboard.ts';
import { graphFault, parseViewer } from './graph.ts';
import { at, count, list, record, text, texts } from './json.ts';
import type { Json } from './json.ts';
import { changeName } from './paths.ts';
import { TEXT_MAX } from './text.ts';

/** What the query's answer says, and what it leaves open. */
export interface ChangeAnswer {
  readonly change: Change;
  readonly comments: readonly Comment[];
  readonly commentCount: number;
  /** `cut`: longer than GraphQL hands out, to be read by REST. */
  readonly config: TextReading | { readonly kind: 'cut' };
  readonly labelers: ChangePage['labelers'];
  readonly closing: readonly IssueText[];
  readonly viewer: Account;
  readonly defaultBranch: string | null;
  readonly dashboard: Dashboard | null;
  readonly sameHead: ChangePage['sameHead'];
}

/**
 * Reads the answer's body. Data may come with errors (a linked issue that the token may not see): what is there is used,
 * and only a missing pull request is an error. The hint fills in what an older server doesn't know.
 */
export function parseChangeAnswer(body: unknown, ref: ChangeRef, hint: ChangeHint | null): ChangeAnswer {
  const repository = record(at(body, 'data', 'repository'));
  const pull = record(repository['pullRequest']);
  if (count(pull['number']) === null) throw graphFault(body, { subject: changeName(ref), permissions: '`contents: read` and `pull-requests: read`' });
  const viewer = parseViewer(body);
  const change = parseChange({ ref, pull, repository }, hint);
  return {
    change,
    comments: parseConversation(pull, viewer),
    commentCount: count(at(pull, 'head', 'totalCount')) ?? 0,
    config: parseBlob(repository['object']),
    labelers: new Map(list(at(pull, 'timelineItems', 'nodes')).flatMap(parseLabeling)),
    closing: list(at(pull, 'closingIssuesReferences', 'nodes')).flatMap((node) => parseIssue(node) ?? []),
    viewer,
    defaultBranch: text(at(repository, 'defaultBranchRef', 'name')),
    dashboard: parseDashboard(repository, viewer),
    sameHead: parseSameHead(repository['pullRequests'], change),
  };
}

function parseChange({ ref, pull, repository }: { readonly ref: ChangeRef; readonly pull: Json; readonly repository: Json }, hint: ChangeHint | null): Change {
  const headOwner = text(at(pull, 'headRepository', 'owner', 'login'));
  const headName = text(at(pull, 'headRepository', 'name'));
  return {
    ref: { owner: ref.owner, repo: ref.repo, number: ref.number },
    title: text(pull['title']) ?? '',
    body: text(pull['body']) ?? '',
    author: parseAccount(pull['author']),
    labels: texts(at(pull, 'labels', 'nodes'), 'name'),
    state: parseState(pull['state']),
    merged: parseMerge(pull),
    draft: pull['isDraft'] === true,
    base: { ref: text(pull['baseRefName']) ?? hint?.baseRef ?? '', sha: text(pull['baseRefOid']) ?? hint?.baseSha ?? '' },
    head: {
      ref: text(pull['headRefName']) ?? '',
      sha: text(pull['headRefOid']) ?? hint?.headSha ?? '',
      repo: headOwner !== null && headName !== null ? { owner: headOwner, repo: headName } : null,
      pushedAt: text(at(list(at(pull, 'commits', 'nodes'))[0], 'commit', 'committedDate')),
    },
    visibility: parseVisibility(repository['visibility']),
    changedFiles: count(pull['changedFiles']) ?? hint?.changedFiles ?? 0,
  };
}

/** null where it was refused: then it is not known. GitHub leaves out nothing that is asked for; a server that does keeps no such list. */
function parseSameHead(open: unknown, { ref, head }: Change): ChangePage['sameHead'] {
  if (open === undefined) return { numbers: [], complete: true };
  const heads = list(at(open, 'nodes'));
  const same = heads.filter((node) => at(node, 'headRefOid') === head.sha).flatMap((node) => count(at(node, 'number')) ?? []);
  return { numbers: same.filter((number) => number !== ref.number).sort((a, b) => a - b), complete: (count(at(open, 'totalCount')) ?? Infinity) <= heads.length };
}

function parseState(state: unknown): Change['state'] {
  if (state === 'MERGED') return 'merged';
  return state === 'CLOSED' ? 'closed' : 'open';
}

function parseMerge(pull: Json): Change['merged'] {
  const mergedAt = text(pull['mergedAt']);
  return mergedAt === null ? null : { at: mergedAt, by: parseAccount(pull['mergedBy'])?.login ?? null, sha: text(at(pull, 'mergeCommit', 'oid')) };
}

/** Where GitHub doesn't say, the answer that tells least to strangers: public. */
function parseVisibility(visibility: unknown): Change['visibility'] {
  if (visibility === 'PRIVATE') return 'private';
  return visibility === 'INTERNAL' ? 'internal' : 'public';
}

/** Both ends of the conversation, each comment once, oldest first. */
function parseConversation(pull: Json, viewer: Account): readonly Comment[] {
  const nodes = [...list(at(pull, 'head', 'nodes')), ...list(at(pull, 'tail', 'nodes'))];
  return orderComments(nodes.flatMap((node) => parseCommentNode(node, viewer) ?? []));
}

/** The later of two settings of one label wins: they come in the order of time. */
function parseLabeling(node: unknown): readonly (readonly [string, Account | null])[] {
  const label = text(at(node, 'label', 'name'));
  return label === null ? [] : [[label.toLowerCase(), parseAccount(at(node, 'actor'))]];
}

function parseIssue(node: unknown): IssueText | null {
  const number = count(at(node, 'number'));
  const [owner, repo] = (text(at(node, 'repository', 'nameWithOwner')) ?? '').split('/');
  if (number === null || !owner || !repo) return null;
  return {
    repo: { owner, repo },
    number,
    title: text(at(node, 'title')) ?? '',
    body: text(at(node, 'body')) ?? '',
    state: at(node, 'state') === 'CLOSED' ? 'closed' : 'open',
    labels: texts(at(node, 'labels', 'nodes'), 'name'),
  };
}

/** GraphQL hands out text only, and cuts it near half a megabyte. */
function parseBlob(object: unknown): ChangeAnswer['config'] {
  if (object === null || object === undefined) return { kind: 'absent' };
  const body = text(at(object, 'text'));
  const size = count(at(object, 'byteSize')) ?? 0;
  if (size > TEXT_MAX) return { kind: 'unreadable', why: `it has ${size} bytes, more than ${TEXT_MAX}` };
  if (at(object, 'isTruncated') === true) return { kind: 'cut' };
  if (body !== null) return { kind: 'text', text: body };
  return at(object, '__typename') === 'Tree' ? { kind: 'unreadable', why: 'it is a folder' } : { kind: 'unreadable', why: 'it is no UTF-8 text' };
}
