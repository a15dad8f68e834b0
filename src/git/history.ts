// Streams the first-parent history of a clone, each commit with its message and its diff against the first parent.
import { gitFailure, runGit, startGit } from './process.ts';

/** One commit of the main line. */
export interface HistoryCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly name: string;
  readonly email: string;
  /** When it was committed, ISO 8601. */
  readonly committedAt: string;
  readonly message: string;
  /** Unified diff against the first parent. */
  readonly diff: string;
  /** The diff was longer than `diffLimit`, and only its beginning was kept. */
  readonly cut: boolean;
}

export interface HistoryOptions {
  /** A commit id; the history is read from there backwards. */
  readonly head: string;
  /** Whatever `git log --since` understands; null for all. */
  readonly since: string | null;
  /** Extended regular expressions; commits whose message holds none of them are passed over. Empty for all commits. */
  readonly mentions: readonly string[];
}

/** Bytes of one commit's diff that are kept: vendored trees and generated files go beyond it, hand-written changes don't. */
export const diffLimit = 4 * 1024 * 1024;

/**
 * Opens a commit. In git's output a line of a diff begins with a letter, a sign or a space, and a message cannot hold a NUL,
 * so this marker at the start of a line is never anything else.
 */
const marker = Buffer.from('\n\0\0');
const fields = ['%H', '%P', '%an', '%ae', '%cI', '%B', ''];
const format = `--format=%x00%x00${fields.join('%x00')}`;

const logArguments = [
  'log', '--first-parent', '--diff-merges=first-parent', '--encoding=UTF-8', '--no-show-signature', '--no-mailmap', '--no-notes', '--no-color',
  '--no-ext-diff', '--no-textconv', '--patch', '--unified=3', '--inter-hunk-context=0', '--find-renames', '--src-prefix=a/', '--dst-prefix=b/',
  '--diff-algorithm=myers', '--submodule=short', '--ignore-submodules=none', '-O/dev/null', format,
];

/** A damaged clone lacks a file here and there; one that lacks more than this is no use. */
const gapLimit = 200;

/**
 * Reads commits newest first. Git waits while the caller is busy, and ends when the caller stops. A commit whose files the
 * clone lacks comes with the diff up to there, cut.
 * @throws SetupError on a partial clone, TransientError when git breaks off
 */
export async function* readHistory(dir: string, options: HistoryOptions): AsyncGenerator<HistoryCommit> {
  let from: string | undefined = options.head;
  for (let gaps = 0; from !== undefined; gaps++) {
    const broken: BrokenLog | null = yield* readUnbroken(dir, { ...options, head: from });
    if (broken === null) return;
    if (!broken.forWantOfFile || gaps >= gapLimit) throw gitFailure(broken.complaint);
    // Looking for renames, git may stop before it has written anything of the commit.
    const at: HistoryCommit | null = broken.last ?? (await readHeader(dir, { ...options, head: from }));
    if (at === null) throw gitFailure(broken.complaint);
    yield { ...at, cut: !(await isWhole(dir, at.sha)) };
    from = at.parents[0];
  }
}

/** A log that ended badly; `last` is the commit it was writing, null if it had not begun one. */
interface BrokenLog {
  readonly last: HistoryCommit | null;
  readonly forWantOfFile: boolean;
  readonly complaint: string;
}

/** The last commit is held back until git has ended well: only then is its diff known to be whole. */
async function* readUnbroken(dir: string, options: HistoryOptions): AsyncGenerator<HistoryCommit, BrokenLog | null> {
  const { child, done } = startGit(dir, [...logArguments, ...limitsOf(options), options.head, '--']);
  child.stdin.end();
  let last: HistoryCommit | null = null;
  let finished = false;
  try {
    for await (const piece of splitCommits(child.stdout, diffLimit)) {
      if (last !== null) yield last;
      last = parseCommit(piece);
    }
    finished = true;
  } finally {
    if (!finished) child.kill();
  }
  const { code, complaint } = await done;
  if (code !== 0) return { last, forWantOfFile: /unable to read [0-9a-f]{40}/.test(complaint), complaint };
  if (last !== null) yield last;
  return null;
}

/** Git itself passes over what is not wanted: half of a log's time goes into diffs. */
function limitsOf({ since, mentions }: HistoryOptions): readonly string[] {
  return [...(since === null ? [] : [`--since=${since}`]), '--extended-regexp', ...mentions.map((pattern) => `--grep=${pattern}`)];
}

async function readHeader(dir: string, options: HistoryOptions): Promise<HistoryCommit | null> {
  const text = await runGit(dir, ['log', '-1', '--first-parent', '--no-patch', '--no-show-signature', '--no-notes', '--encoding=UTF-8', format, ...limitsOf(options), options.head, '--']);
  return text === null || text === '' ? null : parseCommit({ bytes: Buffer.from(text.slice(2)), cut: false });
}

/** Git may also have stopped at the commit after this one, before it wrote anything of that. */
async function isWhole(dir: string, sha: string): Promise<boolean> {
  return (await runGit(dir, [...logArguments, '-1', sha, '--'])) !== null;
}

interface Piece {
  readonly bytes: Buffer;
  readonly cut: boolean;
}

/** Cuts a stream at the markers, holding at most `limit` bytes (and one chunk) of a commit. */
export async function* splitCommits(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Piece> {
  let parts: Buffer[] = [];
  let size = 0;
  let cut = false;
  const keep = (part: Buffer): void => {
    if (size < limit) parts.push(part);
    else cut ||= part.length > 0;
    size += part.length;
  };
  // The first commit has no line before it; pretend one.
  let carry: Buffer = Buffer.from('\n');
  for await (const chunk of chunks) {
    const window = Buffer.concat([carry, chunk]);
    let from = 0;
    for (let at = window.indexOf(marker); at >= 0; at = window.indexOf(marker, from)) {
      // The line break that the marker begins with ends the diff before it.
      keep(window.subarray(from, at + 1));
      if (size > 1) yield { bytes: Buffer.concat(parts), cut };
      [parts, size, cut, from] = [[], 0, false, at + marker.length];
    }
    // The marker may lie across two chunks: hold back what could be its beginning.
    const held = Math.max(from, window.length - (marker.length - 1));
    keep(window.subarray(from, held));
    carry = window.subarray(held);
  }
  keep(carry);
  if (size > 1) yield { bytes: Buffer.concat(parts), cut };
}

function parseCommit({ bytes, cut }: Piece): HistoryCommit {
  const text = bytes.toString('utf8');
  const values: string[] = [];
  let from = 0;
  for (let field = 0; field < fields.length - 1; field++) {
    const end = text.indexOf('\0', from);
    values.push(text.slice(from, end));
    from = end + 1;
  }
  const [sha = '', parents = '', name = '', email = '', committedAt = '', message = ''] = values;
  const start = text.indexOf('diff --git ', from);
  return { sha, parents: parents.split(' ').filter(Boolean), name, email, committedAt, message, diff: start < 0 ? '' : text.slice(start), cut };
}
