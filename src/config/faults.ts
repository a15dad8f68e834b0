// What can be wrong with a YAML document before its meaning is looked at, each with its remedy.
import { MAX_NODES } from './limits.ts';

/** A problem whose place is still a character offset. */
export interface Fault {
  readonly code: string;
  readonly offset: number;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

type At = (offset: number, word: string) => Fault;

const short = (word: string): string => (word.length > 40 ? `${word.slice(0, 40)}…` : word);

export const duplicateKey: At = (offset, word) => ({
  code: 'duplicate-key', offset, found: `the key \`${short(word)}\` a second time`, expected: 'each key once',
  remedy: 'remove one of the two, or bring them together under one key',
});

export const forbiddenKey: At = (offset, word) => ({
  code: 'forbidden-key', offset, found: `\`${short(word)}\``, expected: 'the name of an option, metric or source', remedy: 'remove this key',
});

export const mergeKey: At = (offset) => ({
  code: 'merge-key', offset, found: 'a merge key `<<`', expected: 'every key written out (YAML 1.2 has no merge keys)',
  remedy: 'copy the keys here; a whole value may be repeated by an alias',
});

export const complexKey: At = (offset) => ({
  code: 'invalid-key', offset, found: 'a mapping or list as a key', expected: 'a word as key, then a colon', remedy: 'put text that starts with `{` or `[` in quotes',
});

export const unknownAlias: At = (offset, word) => ({
  code: 'unknown-alias', offset, found: `\`*${short(word)}\``, expected: 'an alias of an anchor (`&name`) above it',
  remedy: `put text that starts with \`*\` in quotes: \`"*${short(word)}"\``,
});

export const aliasCycle: At = (offset, word) => ({
  code: 'alias-cycle', offset, found: `\`*${short(word)}\` inside the value that it stands for`, expected: 'values that end', remedy: 'remove this alias',
});

export const tag: At = (offset, word) => ({
  code: 'yaml-tag', offset, found: `the tag \`${short(word)}\``, expected: 'plain values without tags', remedy: 'remove the tag; put text that starts with `!` in quotes',
});

export const severalDocuments: At = (offset) => ({
  code: 'several-documents', offset, found: 'a second YAML document', expected: 'one document in the file', remedy: 'remove the line `---` before it, and what doesn’t belong here',
});

export const tooManyValues: At = (offset) => ({
  code: 'too-many-values', offset, found: `more than ${MAX_NODES} values, aliases counted in full`, expected: `at most ${MAX_NODES} values`,
  remedy: 'remove aliases that repeat each other, or use metric templates with parameters',
});
