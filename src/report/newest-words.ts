// Of what was answered to many commands, what is shown.

const SHOWN = 3;

/** Each once, where it was said last; the newest three. */
export function newestWords(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => words.lastIndexOf(word) === index).slice(-SHOWN);
}
