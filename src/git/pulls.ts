// The merged pull requests of a clone, newest first, as far as its commits tell of them.
import type { Account } from '../model/change.ts';
import { parseAuthor } from './author.ts';
import { readHistory, type HistoryCommit, type HistoryOptions } from './history.ts';
import { mergeMentions, parseMerge, type MergedPull } from './merge.ts';
import type { ObjectReader } from './objects.ts';

/** A merged pull request: what merged it, who wrote it, what it changed on the main line. */
export interface ClonedPull {
  readonly sha: string;
  /** The main line before it; null for a root commit. */
  readonly baseSha: string | null;
  /** null for a commit that was pushed or rebased onto the main line. */
  readonly number: number | null;
  readonly title: string;
  readonly body: string;
  readonly author: Account;
  readonly branch: string | null;
  readonly mergedAt: string;
  readonly diff: string;
  /** Only the beginning of a very long diff is there. */
  readonly cut: boolean;
}

export interface PullOptions extends Omit<HistoryOptions, 'mentions'> {
  /** `merged`: commits that name their pull request. `every-commit`: those pushed or rebased onto the main line too, each as a change of its own. */
  readonly take: 'merged' | 'every-commit';
}

/** Commits whose authors are asked for in one go, as long as their diffs together stay small. */
const batchCount = 32;
const batchLength = 1024 * 1024;

/** @throws SetupError on a partial clone, TransientError when git breaks off */
export async function* readPulls(dir: string, objects: ObjectReader, options: PullOptions): AsyncGenerator<ClonedPull> {
  let batch: Promise<ClonedPull>[] = [];
  let length = 0;
  for await (const commit of readHistory(dir, { ...options, mentions: options.take === 'merged' ? mergeMentions : [] })) {
    const merged = parseMerge(commit.message);
    if (merged === null && options.take === 'merged') continue;
    const pull = completePull(commit, merged, objects);
    // Told where it is awaited, which may be later than it fails.
    pull.catch(() => undefined);
    batch.push(pull);
    length += commit.diff.length;
    if (batch.length < batchCount && length < batchLength) continue;
    const full = batch;
    [batch, length] = [[], 0];
    for (const each of full) yield await each;
  }
  for (const each of batch) yield await each;
}

async function completePull(commit: HistoryCommit, merged: MergedPull | null, objects: ObjectReader): Promise<ClonedPull> {
  const { number, title, body, branch } = merged ?? { number: null, branch: null, ...splitMessage(commit.message) };
  const author = await readAuthor(commit, objects);
  return { sha: commit.sha, baseSha: commit.parents[0] ?? null, number, title, body, branch, author, mergedAt: commit.committedAt, diff: commit.diff, cut: commit.cut };
}

function splitMessage(message: string): { readonly title: string; readonly body: string } {
  const [title = '', ...rest] = message.trim().split('\n');
  return { title, body: rest.join('\n').trim() };
}

/** Commits of a branch that are looked at, from its tip back, for one by its author. */
const branchDepth = 5;
/** Formatters and the like commit onto other people's branches under these names. */
const commitForOthers = new Set(['github-actions[bot]', 'pre-commit-ci[bot]']);

/** A merge commit bears the name of whoever pressed the button; the pull request's author is that of the merged branch. */
async function readAuthor(commit: HistoryCommit, objects: ObjectReader): Promise<Account> {
  const fallback = parseAuthor(commit.name, commit.email);
  let found: Account | null = null;
  let sha = commit.parents[1];
  for (let depth = 0; sha !== undefined && depth < branchDepth; depth += 1) {
    const reading = await objects.read(sha);
    const parsed = reading.kind === 'text' ? parseCommitObject(reading.text) : null;
    // What was merged as a pull request of its own is no longer this branch.
    if (parsed === null || (found !== null && parseMerge(parsed.message) !== null)) break;
    if (!commitForOthers.has(parsed.author.login)) return parsed.author;
    found ??= parsed.author;
    sha = parsed.parent;
  }
  return found ?? fallback;
}

interface CommitObject {
  readonly author: Account;
  readonly parent: string | undefined;
  readonly message: string;
}

/** Reads a commit as git stores it: headers, an empty line, the message. */
function parseCommitObject(text: string): CommitObject | null {
  const end = text.indexOf('\n\n');
  const head = text.slice(0, Math.min(end < 0 ? text.length : end, 4_000));
  const author = /^author (.{0,300}) <([^>\n]{0,300})> \d/m.exec(head);
  if (author === null) return null;
  return { author: parseAuthor(author[1] ?? '', author[2] ?? ''), parent: /^parent ([0-9a-f]{40,64})$/m.exec(head)?.[1], message: end < 0 ? '' : text.slice(end + 2) };
}
