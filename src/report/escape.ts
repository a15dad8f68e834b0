// Makes text of strangers inert in Markdown: it shows as written, and mentions, links and marks nothing.

/** Stands between the characters that GitHub would make a link of; it has no width. */
const WORD_JOINER = '\u2060';

// Control characters, and those that turn the direction of writing.
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Foreign text as plain words on one line. */
export function escapeText(text: string): string {
  if (text === '') return '';
  return text
    .replace(UNPRINTABLE, ' ')
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('@', `@${WORD_JOINER}`)
    .replaceAll('://', `:${WORD_JOINER}//`)
    .replace(/\bwww\./gi, `$&${WORD_JOINER}`)
    .replace(/#(?=\d)/g, `#${WORD_JOINER}`)
    .replace(/\bGH-(?=\d)/gi, `$&${WORD_JOINER}`);
}

/** Foreign text in a code span that it can't leave. */
export function code(text: string): string {
  const line = text.replace(UNPRINTABLE, ' ').replace(/[\n\t\u2028\u2029`]+/g, ' ').trim();
  return line === '' ? '` `' : `\`${line}\``;
}

/** A sentence of ours: its code spans stay, everything else is escaped. */
export function inline(sentence: string): string {
  const parts = sentence.split('`');
  // An odd mark at the end opens nothing: what follows it is text.
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return parts.map((part, index) => (index % 2 === 1 && index < closed && part.trim() !== '' ? code(part) : escapeText(part))).join('');
}

/** A code block whose fence is longer than any run of backticks inside. GitHub gives it a button that copies it. */
export function fence(text: string, language: string): string {
  let longest = 2;
  for (const run of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run[0].length);
  const mark = '`'.repeat(longest + 1);
  return `${mark}${language}\n${text.replace(UNPRINTABLE, ' ').trimEnd()}\n${mark}`;
}
