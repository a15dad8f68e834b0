// What is wrong with a text somebody wrote: a value with its place and its remedy, never an exception.

/** Where in a text: `file` is a repository path, `pull request body`, or an issue as `owner/repo#12`; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that keeps a text from being sound. All of a text's problems are collected before any is told. */
export interface Problem {
  /** Stable kebab-case identifier, e.g. `unknown-metric`. */
  readonly code: string;
  readonly place: Place | null;
  /** What was found, quoted and cut short when it is foreign text. */
  readonly found: string;
  /** What is allowed there. */
  readonly expected: string;
  /** What to do about it, in words or as the text to write. */
  readonly remedy: string;
  /** The text to write, line by line as it goes in; unset where the remedy is words about it. */
  readonly copy?: string;
}

/** Something worth telling that blocks nothing, e.g. "not measurable yet: no metric catalogue". */
export interface Note {
  readonly code: string;
  readonly text: string;
}

/** A value read from text, or every reason why it could not be; `readable` is the part that could, where more can be checked in it. */
export type Parsed<T> = { readonly ok: true; readonly value: T; readonly notes: readonly Note[] } | { readonly ok: false; readonly problems: readonly Problem[]; readonly readable?: T };
