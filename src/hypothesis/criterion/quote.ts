// Foreign text for a message: one line, cut short, in code marks.

/** Quotes what somebody wrote. */
export function quoteLine(text: string): string {
  const flat = text.slice(0, 400).replaceAll(/\s+/g, ' ').trim();
  return `\`${(flat.length > 120 ? `${flat.slice(0, 117)}…` : flat).replaceAll('`', "'")}\``;
}
