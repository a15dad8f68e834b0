// A statement of a brace format while it is read: its key, its value so far, and what names the block it opens.
import type { Token } from './brace-tokens.ts';
import { newOwner, type Owner, type Step } from './setting.ts';
import type { SourceLine } from './side.ts';

/** The beginning of a statement that is not finished yet. */
export interface Statement {
  words: Token[];
  key: Step | null;
  /** Value as written, and where it began. */
  value: Token[];
  compound: boolean;
}

/** A statement of which nothing was read. */
export function empty(): Statement {
  return { words: [], key: null, value: [], compound: false };
}

/** A key or item that stands on a line. */
export function stepAt(name: string, index: number | null, line: SourceLine): Step {
  return { name, label: null, index, line: line.number, changed: line.changed };
}

/** A Terraform address leaves out the word `resource`; the other blocks keep theirs, and `locals` is read as `local.name`. */
export function blockOwner(kind: string, labels: readonly string[], fresh: boolean): Owner {
  const resource = kind === 'resource';
  const address = resource ? labels : [kind === 'locals' ? 'local' : kind, ...labels];
  return { ...newOwner(address), type: resource ? (labels[0] ?? kind) : kind, name: labels.at(-1) ?? null, fresh };
}

/** The value as it stood on its lines, without comments: what a reader sees of an expression. */
export function rawText(tokens: readonly Token[]): string {
  const parts: string[] = [];
  for (let at = 0; at < tokens.length && parts.length < 20; ) {
    const first = tokens[at] as Token;
    let last = first;
    while (at < tokens.length && (tokens[at] as Token).line === first.line) last = tokens[at++] as Token;
    parts.push(first.line.text.slice(first.column, last.end));
  }
  return parts.join(' ').slice(0, 400);
}
