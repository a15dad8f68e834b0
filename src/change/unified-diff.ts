// Splits the text of `git diff` (or plain `diff -u`) into its files, in one pass over the lines.
import type { FileDiff } from '../model/change.ts';

interface OpenFile {
  path: string | null;
  previousPath: string | null;
  status: FileDiff['status'];
  /** Where the hunks begin in the text; -1 before the first. */
  from: number;
  /** Lines that the current hunk still owes: inside a hunk `--- x` is a removed line, not a header. */
  oldLeft: number;
  newLeft: number;
  fromHeader: string | null;
}

/**
 * Reads a unified diff. Renames, new and deleted files, quoted paths, `diff.noprefix`, binary files and CRLF are understood;
 * what is before the first file header (a commit message) is passed over. Never throws; linear in the text's length.
 */
export function parseUnifiedDiff(text: string): readonly FileDiff[] {
  const files: FileDiff[] = [];
  let file: OpenFile | null = null;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (file !== null && (file.oldLeft > 0 || file.newLeft > 0)) {
      countHunkLine(file, text.charCodeAt(start), end === start);
    } else if (text.startsWith('diff --git ', start)) {
      close(files, file, { text, end: start });
      file = openFile(lineAt(text, start, end));
    } else if (text.startsWith('@@ ', start) && file !== null) {
      startHunk(file, lineAt(text, start, end), start);
    } else if (text.startsWith('--- ', start) && text.startsWith('+++ ', end + 1)) {
      if (file === null || file.from >= 0) {
        close(files, file, { text, end: start });
        file = openFile('');
      }
      readHeader(file, lineAt(text, start, end));
    } else if (file !== null && file.from < 0) {
      readHeader(file, lineAt(text, start, end));
    } else if (file !== null && file.from >= 0 && !text.startsWith('\\', start) && end > start) {
      close(files, file, { text, end: start });
      file = null;
    }
    start = end + 1;
  }
  close(files, file, { text, end: text.length });
  return files;
}

function lineAt(text: string, start: number, end: number): string {
  return text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
}

function openFile(header: string): OpenFile {
  const paths = header === '' ? null : headerPaths(header.slice('diff --git '.length));
  return { path: paths?.[1] ?? null, previousPath: paths?.[0] ?? null, status: 'modified', from: -1, oldLeft: 0, newLeft: 0, fromHeader: null };
}

/** The two paths of `diff --git a/x b/x`; with spaces unquoted they are told apart by being the same path twice. */
function headerPaths(rest: string): readonly [string, string] | null {
  if (rest.startsWith('"')) {
    const close = closingQuote(rest);
    return [stripPrefix(unquotePath(rest.slice(0, close + 1))), stripPrefix(unquotePath(rest.slice(close + 2)))];
  }
  const middle = (rest.length - 1) / 2;
  if (Number.isInteger(middle) && rest[middle] === ' ') {
    const [first, second] = [rest.slice(0, middle), rest.slice(middle + 1)];
    if (stripPrefix(first) === stripPrefix(second)) return [stripPrefix(first), stripPrefix(second)];
  }
  const split = rest.indexOf(' b/') >= 0 ? rest.indexOf(' b/') : rest.indexOf(' ');
  return split < 0 ? null : [stripPrefix(rest.slice(0, split)), stripPrefix(unquotePath(rest.slice(split + 1)))];
}

/** Reads one line between a file's header and its first hunk. */
function readHeader(file: OpenFile, line: string): void {
  if (line.startsWith('--- ')) {
    const path = fileLinePath(line);
    file.fromHeader = path;
    if (path === null) file.status = 'added';
    else if (file.status !== 'renamed') file.previousPath = path;
  } else if (line.startsWith('+++ ')) {
    const path = fileLinePath(line);
    if (path === null) {
      file.status = 'removed';
      file.path = file.fromHeader ?? file.path;
    } else {
      file.path = path;
    }
  } else if (line.startsWith('new file mode')) file.status = 'added';
  else if (line.startsWith('deleted file mode')) file.status = 'removed';
  else if (line.startsWith('rename from ')) {
    file.status = 'renamed';
    file.previousPath = unquotePath(line.slice('rename from '.length));
  } else if (line.startsWith('rename to ')) file.path = unquotePath(line.slice('rename to '.length));
  else if (line.startsWith('copy to ')) {
    file.status = 'added';
    file.path = unquotePath(line.slice('copy to '.length));
  }
}

/** The path of a `---` or `+++` line: without prefix, without the time stamp of plain `diff -u`; null for /dev/null. */
function fileLinePath(line: string): string | null {
  const tab = line.indexOf('\t');
  const path = unquotePath(line.slice(4, tab < 0 ? line.length : tab));
  return path === '/dev/null' ? null : stripPrefix(path);
}

/** git's prefixes: a/ b/, and i/ w/ c/ o/ with `diff.mnemonicPrefix`. A real first folder of one such letter is lost: so does git apply. */
function stripPrefix(path: string): string {
  return /^[abciow]\//.test(path) ? path.slice(2) : path;
}

function startHunk(file: OpenFile, line: string, start: number): void {
  const range = /^@@ -[0-9]{1,10}(?:,([0-9]{1,10}))? \+[0-9]{1,10}(?:,([0-9]{1,10}))? @@/.exec(line);
  if (range === null) return;
  if (file.from < 0) file.from = start;
  file.oldLeft = Number(range[1] ?? 1);
  file.newLeft = Number(range[2] ?? 1);
}

/** An empty line in a hunk is an empty context line whose blank was lost on the way. */
function countHunkLine(file: OpenFile, mark: number, empty: boolean): void {
  const sign = empty ? ' ' : String.fromCharCode(mark);
  if (sign === '-') file.oldLeft -= 1;
  else if (sign === '+') file.newLeft -= 1;
  else if (sign === '\\') return;
  else {
    file.oldLeft -= 1;
    file.newLeft -= 1;
  }
}

function close(files: FileDiff[], file: OpenFile | null, { text, end }: { readonly text: string; readonly end: number }): void {
  if (file === null || file.path === null) return;
  const renamed = file.status === 'renamed' || (file.status === 'modified' && file.previousPath !== null && file.previousPath !== file.path);
  files.push({
    path: file.path,
    previousPath: renamed ? file.previousPath : null,
    status: renamed ? 'renamed' : file.status,
    patch: file.from < 0 ? null : text.slice(file.from, text[end - 1] === '\n' ? end - 1 : end),
  });
}

function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length - 1;
}

/** Undoes git's C-style quoting, whose octal escapes are UTF-8 bytes. */
function unquotePath(path: string): string {
  if (!path.startsWith('"') || !path.endsWith('"') || path.length < 2) return path;
  const bytes: number[] = [];
  const inner = path.slice(1, -1);
  for (let at = 0; at < inner.length; at += 1) {
    if (inner[at] !== '\\') {
      bytes.push(...new TextEncoder().encode(inner[at] ?? ''));
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(inner.slice(at + 1, at + 4));
    bytes.push(octal === null ? escapedByte(inner[at + 1] ?? '\\') : Number.parseInt(octal[0], 8));
    at += octal === null ? 1 : 3;
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function escapedByte(letter: string): number {
  return ({ n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 } as Record<string, number>)[letter] ?? letter.charCodeAt(0);
}
