// The grammar of docs/criteria.md and the parser, held together in both directions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCriterion } from '../../src/hypothesis/criterion/read.ts';
import { renderWordTable } from '../../src/hypothesis/criterion/word-table.ts';
import { WORDS, type Meaning } from '../../src/hypothesis/criterion/words.ts';
import { makeSentence, namesIn, nodesOf, parseEbnf, type Ebnf } from './ebnf.ts';

const docs = readFileSync(join(import.meta.dirname, '../../docs/criteria.md'), 'utf8');
const rules = parseEbnf(/```ebnf\n([\s\S]*?)```/.exec(docs)?.[1] ?? '');

/** `AT MOST` is the meaning `atMost`. */
const meaningOf = (name: string): string => name.replace(/ WORD$/, '').toLowerCase().replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());

/** Of `ABOVE WORD` those in letters. */
function synonyms(name: string): readonly string[] {
  const phrases = (WORDS.get(meaningOf(name) as Meaning) ?? []).map((phrase) => phrase.join(' '));
  return name.endsWith(' WORD') ? phrases.filter((phrase) => /^\p{L}/u.test(phrase)) : phrases;
}

const isMeaning = (name: string): boolean => /^[A-Z][A-Z ]+$/.test(name);

test('every name of the grammar is a rule, or a meaning with synonyms', () => {
  const names = new Set([...rules.values()].flatMap(namesIn));
  expect([...names].filter((name) => !rules.has(name) && !(isMeaning(name) && synonyms(name).length > 0))).toEqual([]);
});

/** Meanings that are read only to be refused with a remedy. */
const REFUSED = ['reach', 'slower', 'about'];

test('every meaning is in the grammar, and its synonyms are in the table (npm run schema writes it)', () => {
  const named = new Set([...rules.values()].flatMap(namesIn).filter(isMeaning).map(meaningOf));
  expect([...WORDS.keys()].filter((meaning) => !named.has(meaning))).toEqual(REFUSED);
  expect(/<!-- words -->\n([\s\S]*?)\n<!-- \/words -->/.exec(docs)?.[1]).toBe(renderWordTable());
});

/** Whole sentences, and shorter ones of the same grammar, so that its corners come up often enough. */
const STARTS: readonly Ebnf[] = [['line'], ['statement'], ['metric', 'predicate'], ['metric', 'comparison'], ['metric', 'predicate', 'condition'], ['noun first']].map((names) => ({ kind: 'all', parts: names.map((name) => ({ kind: 'name', name })) }));

/** Refused for what it says: two conditions of a kind, a fall to a higher value, more of what has two readings. */
const BY_MEANING = new Set(['ambiguous', 'contradiction', 'two-conditions', 'two-criteria', 'vague', 'evidence-form', 'unknown-unit']);

test('every sentence of the grammar is read, or refused for its meaning; no part of it is left out', () => {
  let seed = 11;
  const choose = (count: number): number => (seed = (seed * 48_271) % 2_147_483_647) % count;
  const read = new Map<Ebnf, number>();
  // Every other time the way that was read least, so that the far corners are reached too.
  const pick = (parts: readonly Ebnf[]): Ebnf => (choose(2) === 0 ? parts[choose(parts.length)]! : parts.toSorted((a, b) => (read.get(a) ?? 0) - (read.get(b) ?? 0))[0]!);
  const leaf = (name: string): string => synonyms(name)[choose(synonyms(name).length)] ?? '';
  const wrong: string[] = [];
  for (let round = 0; round < 9_000; round++) {
    const nodes: Ebnf[] = [];
    const line = makeSentence(STARTS[round % STARTS.length]!, { rules, pick, leaf, chance: () => choose(3) === 0, took: (part) => void nodes.push(part) }).replaceAll(/ (?=\.\.)/g, '');
    const reading = readCriterion({ text: line, place: { file: 'x', line: 1, column: 1 }, role: null });
    if (reading.ok) for (const node of nodes) read.set(node, (read.get(node) ?? 0) + 1);
    else if (!BY_MEANING.has(reading.problem.code)) wrong.push(`${line} · ${reading.problem.code}`);
  }
  const text = (node: Ebnf): string => JSON.stringify(node);
  expect(wrong.slice(0, 40)).toEqual([]);
  expect([...rules.values()].flatMap(nodesOf).filter((node) => !read.has(node)).map(text)).toEqual([]);
});
