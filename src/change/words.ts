// Keys as words, so that `replicaCount`, `replica_count` and `replica-count` are one.

/** Lower-case words of a key: parted at anything that is no letter or digit, and at humps. */
export function wordsOf(key: string): readonly string[] {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const words = key
    .slice(0, 200)
    .replace(/IOPS/g, 'Iops')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  // Keys repeat by the million; the bound keeps the memory flat.
  if (cache.size > 20_000) cache.clear();
  cache.set(key, words);
  return words;
}

const cache = new Map<string, readonly string[]>();

/** Whether `words` ends with `tail`. */
export function endsWithWords(words: readonly string[], tail: readonly string[]): boolean {
  if (tail.length > words.length) return false;
  return tail.every((word, index) => words[words.length - tail.length + index] === word);
}
