// What a plain YAML word means: YAML 1.2 core rules, so that `off`, `no` and dates stay text.

const INTEGER = /^[-+]?\d{1,15}$/;
const DECIMAL = /^[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][-+]?\d{1,3})?$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['', null], ['~', null], ['null', null], ['Null', null], ['NULL', null],
  ['true', true], ['True', true], ['TRUE', true],
  ['false', false], ['False', false], ['FALSE', false],
]);

/** Null, a boolean or a number where the word is one; otherwise the word itself. */
export function resolveScalar(word: string): string | number | boolean | null {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  if (word.length > 40) return word;
  return INTEGER.test(word) || DECIMAL.test(word) ? Number(word) : word;
}
