// Reads a change with its conversation and its base's configuration: one round, however long the conversation is said to be.
import type { ChangeRef, Comment } from '../model/change.ts';
import type { ChangeHint } from '../model/trigger.ts';
import type { ChangePage, TextReading } from '../ports/forge.ts';
import { parseChangeAnswer } from './change-page.ts';
import type { ChangeAnswer } from './change-page.ts';
import { orderComments, readComments } from './comments.ts';
import { readEditors } from './editors.ts';
import { askGraph } from './graph.ts';
import { at, list } from './json.ts';
import { changeName } from './paths.ts';
import { CHANGE_QUERY, CHANGE_QUERY_WITHOUT_ISSUES } from './queries.ts';
import { readText, TEXT_MAX } from './text.ts';
import type { Transport } from './transport.ts';

/** The query brings the first and the last hundred; the pages between come by REST. Beyond 2,000 comments the middle is left out. */
const PAGE = 100;
const PAGES_MAX = 20;

/** What is asked of the base: the configuration's path, and what the payload said of the change. */
export interface ChangeOptions {
  readonly configPath: string;
  readonly hint: ChangeHint | null;
}

/** Reads a change. A second round is needed only where there was no hint of the base branch or of the number of comments, another where one between the ends holds a command. */
export async function readChange(transport: Transport, ref: ChangeRef, { configPath, hint }: ChangeOptions): Promise<ChangePage> {
  const guessed = hint?.baseRef ?? null;
  const expression = `${guessed === null ? 'HEAD' : `refs/heads/${guessed}`}:${configPath}`;
  const hinted = middlePages(hint?.comments ?? 0);
  const [answer, ...early] = await Promise.all([queryChange(transport, ref, { expression, hint }), ...hinted.map((page) => readComments(transport, ref, page))]);
  const viewer = answer.viewer;
  const missing = middlePages(answer.commentCount).filter((page) => !hinted.includes(page));
  const [config, ...late] = await Promise.all([settleConfig(transport, answer, { configPath, guessed }), ...missing.map((page) => readComments(transport, ref, page))]);
  const middle = await readEditors(transport, ref, [...early, ...late].flat().map((comment) => comment(viewer)));
  return {
    change: answer.change,
    comments: merge(answer.comments, middle),
    commentsComplete: answer.commentCount <= PAGE * PAGES_MAX,
    commentCount: answer.commentCount,
    config,
    labelers: answer.labelers,
    closing: answer.closing,
    viewer,
    dashboard: answer.dashboard,
    sameHead: answer.sameHead,
  };
}

async function queryChange(transport: Transport, ref: ChangeRef, { expression, hint }: { readonly expression: string; readonly hint: ChangeHint | null }): Promise<ChangeAnswer> {
  const variables = { owner: ref.owner, repo: ref.repo, number: ref.number, expression };
  const ask = { variables, subject: changeName(ref), permissions: '`contents: read` and `pull-requests: read`' };
  const body = await askGraph(transport, { ...ask, query: CHANGE_QUERY });
  const lacksIssues = at(body, 'data', 'repository') === null && list(at(body, 'errors')).some((error) => list(at(error, 'path')).includes('issues'));
  return parseChangeAnswer(lacksIssues ? await askGraph(transport, { ...ask, query: CHANGE_QUERY_WITHOUT_ISSUES }) : body, ref, hint);
}

/** Pages of 100 that neither end of the conversation holds: none up to 200 comments, the second page up to 300 … */
function middlePages(comments: number): readonly number[] {
  const last = Math.min(PAGES_MAX, Math.ceil((comments - PAGE) / PAGE));
  return Array.from({ length: Math.max(0, last - 1) }, (_, index) => index + 2);
}

/** GraphQL tells more of a comment (its editor) than REST does: where both have it, GraphQL's is kept. */
function merge(ends: readonly Comment[], middle: readonly Comment[]): readonly Comment[] {
  return middle.length === 0 ? ends : orderComments([...middle, ...ends]);
}

/** The configuration as the query had it, or read again where the base was guessed wrongly or the text was cut. */
async function settleConfig(transport: Transport, answer: ChangeAnswer, { configPath, guessed }: { readonly configPath: string; readonly guessed: string | null }): Promise<TextReading> {
  const base = answer.change.base.ref;
  const asked = guessed ?? answer.defaultBranch ?? base;
  if (asked === base && answer.config.kind !== 'cut') return answer.config;
  return readText(transport, { repo: answer.change.ref, file: configPath }, { ref: base, max: TEXT_MAX });
}
