// The table of synonyms for the documentation, generated from the words of the grammar.
import { WORDS } from './words.ts';

/** Markdown: one row a meaning, its name in capitals as the grammar writes it. */
export function renderWordTable(): string {
  const rows = [...WORDS].map(([meaning, phrases]) => `| ${capitals(meaning)} | ${phrases.map((phrase) => `\`${phrase.join(' ')}\``).join(', ')} |`);
  return ['| meaning | any of |', '|---|---|', ...rows].join('\n');
}

function capitals(meaning: string): string {
  return meaning.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
}
