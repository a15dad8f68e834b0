// Prose: paragraphs cut into sentences, the claim parted from its *because*, blanks of a template found.

/** Sentences of a paragraph with their offsets. A full stop inside a number, name or URL ends nothing. */
export function cutSentences(paragraph: string): readonly { readonly text: string; readonly offset: number }[] {
  const sentences: { text: string; offset: number }[] = [];
  let start = 0;
  for (const end of paragraph.matchAll(/[.!?][)*_"']{0,2}\s{1,9}(?=[\p{Lu}*_`"'(]|[a-z]+ of #)/gu)) {
    if (/\b(?:e\.g|i\.e|vs|approx|ca|incl|etc|no)\.$/i.test(paragraph.slice(Math.max(0, end.index - 7), end.index + 1))) continue;
    const next = end.index + end[0].length;
    sentences.push({ text: paragraph.slice(start, next).trim(), offset: start });
    start = next;
  }
  const last = paragraph.slice(start).trim();
  return last === '' ? sentences : [...sentences, { text: last, offset: start }];
}

/** The claim and its reason: what stands before and after the first "because". */
export function partReason(prose: string): { readonly claim: string; readonly because: string | null } {
  const found = /[,;:]?\s{0,3}\bbecause\b:?\s{0,9}/i.exec(prose);
  if (found === null) return { claim: tidy(prose), because: null };
  const because = tidy(prose.slice(found.index + found[0].length));
  return { claim: tidy(prose.slice(0, found.index)), because: because === '' ? null : because };
}

/** The first blank that nobody filled in: `<what>`, `TODO`, `…`; null where there is none. */
export function findPlaceholder(text: string): string | null {
  const found = /<(?:your|what|why|the|a|an|number|metric|value|name|service|n|x|date|reason|link|effect|describe|fill|state|how|e\.g)\b[^<>\n]{0,80}>|<[A-Za-z]{1,30}[ -][^<>\n="]{1,80}>|<…>|<\.\.\.>|\b(?:TODO|TBD|FIXME|XXX)\b|(?:^|\s)(?:…|\.{3}|_{3,}|\?{3,})(?=\s|[.,]|$)|\[(?:your|describe|insert|fill|add)\b[^\]\n]{0,80}\](?!\()/i.exec(text);
  return found === null ? null : found[0].trim();
}

function tidy(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return plain.replace(/^\*\*(.+)\*\*$/, '$1').replace(/[.\s]$/, '').trim();
}
