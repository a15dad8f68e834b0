// Quotes text of strangers inside our sentences: one line, cut short, in code marks that it can't leave.

/** The text as a code span of at most `max` characters (60 unless said). */
export function quote(text: string, max = 60): string {
  return `\`${shorten(text, max)}\``;
}

/** One line of at most `max` characters without control characters and backticks. */
export function shorten(text: string, max: number): string {
  // Cut first: what is far too long is never walked through.
  // oxlint-disable-next-line no-control-regex
  const line = text.slice(0, max * 4).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069`]+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= max ? line : `${letters.slice(0, max - 1).join('').trimEnd()}…`;
}
