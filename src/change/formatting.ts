// Whether a diff changes nothing but layout and comments.
import type { FileDiff } from '../model/change.ts';

const HASH = /\.(?:tf|tfvars|hcl|ya?ml|toml|sh|bash|py|rb|env|conf|cfg|properties|ini|tpl|gotmpl|pl|r|mk)$|(?:^|\/)(?:Dockerfile|Makefile)[\w.]{0,20}$/i;
const SLASHES = /\.(?:tf|tfvars|hcl|js|ts|jsx|tsx|go|java|kt|c|h|cpp|cs|rs|swift|php|scala|jsonnet|libsonnet|groovy|jsonc|json5)$/i;
/** There the indentation is meaning. */
const INDENTED = /\.(?:ya?ml|py|haml|pug|coffee|mk|gotmpl|tpl)$|Makefile$/i;

/** True when every file's removed and added lines are the same but for blanks and comments. Renames and binary files are more than layout. */
export function isFormattingOnly(files: readonly FileDiff[]): boolean {
  return files.length > 0 && files.every((file) => file.status === 'modified' && file.patch !== null && sameButLayout(file.path, file.patch));
}

function sameButLayout(path: string, patch: string): boolean {
  if (/\.(?:md|rst|adoc|txt)$/i.test(path)) return false;
  const removed: string[] = [];
  const added: string[] = [];
  for (const line of patch.split('\n')) {
    if (line.startsWith('-')) removed.push(line.slice(1));
    else if (line.startsWith('+')) added.push(line.slice(1));
    else if (line.startsWith('@@')) {
      removed.push('');
      added.push('');
    }
  }
  return essence(path, removed) === essence(path, added);
}

/** What is left of lines without comments and without blanks that mean nothing. */
function essence(path: string, lines: readonly string[]): string {
  const kept = lines.map((line) => withoutComment(path, line.replace(/\r$/, ''))).filter((line) => line.trim() !== '');
  if (INDENTED.test(path)) return kept.map((line) => line.slice(0, line.search(/\S/)) + squeeze(line)).join('\n');
  return squeeze(kept.join(' ')).replace(/,(?=[\])}])/g, '');
}

/** Drops blanks outside quotes but one between two words. One pass: lines may be long and quotes unclosed. */
function squeeze(text: string): string {
  const kept: string[] = [];
  let quote = '';
  let blank = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quote === '' && (char === ' ' || char === '\t')) {
      blank = true;
      continue;
    }
    if (blank && quote === '' && isWordy(char) && isWordy(kept.at(-1) ?? '')) kept.push(' ');
    blank = false;
    kept.push(char);
    if (quote !== '' && char === '\\') kept.push(text[++at] ?? '');
    else if (quote === '' ? char === '"' || char === "'" : char === quote) quote = quote === '' ? char : '';
  }
  return kept.join('');
}

function isWordy(char: string): boolean {
  return /[\w"'$]/.test(char);
}

function withoutComment(path: string, line: string): string {
  const marks = [...(HASH.test(path) ? ['#'] : []), ...(SLASHES.test(path) ? ['//'] : [])];
  const bare = line.trimStart();
  if (SLASHES.test(path) && (bare.startsWith('/*') || bare.startsWith('* ') || bare.startsWith('*/')) && (bare.endsWith('*/') || bare.startsWith('* '))) return '';
  for (const mark of marks) {
    if (bare.startsWith(mark)) return bare.startsWith('#!') ? line : '';
    const at = commentStart(line, mark);
    if (at > 0) return line.slice(0, at).trimEnd();
  }
  return line;
}

/** Where a trailing comment begins: a mark behind a blank and outside quotes; -1 if none. */
function commentStart(line: string, mark: string): number {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (line.startsWith(mark, at) && /\s/.test(line[at - 1] ?? '')) return at;
  }
  return -1;
}
