// The parts of one line of YAML: where its content starts, its key, its value without comment and quotes.

/** Column of the first character that means something; -1 for blank lines, comments, directives and lines that are only a template. */
export function contentStart(text: string, from = 0): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  const first = text[at];
  if (first === undefined || first === '#' || first === '%') return -1;
  if (first === '{' && (text[at + 1] === '{' || text[at + 1] === '%' || text[at + 1] === '#')) return templatedKey(text, at) ? at : -1;
  return at;
}

/** `{{ .name }}: value` is a key; `{{- if … }}` is not. */
function templatedKey(text: string, at: number): boolean {
  const end = text.indexOf('}}', at);
  return end > 0 && text[end + 2] === ':';
}

/** The key that starts at `column` and the place where its value starts; null if the text is no `key: value`. */
export function splitKey(text: string, column: number): { readonly key: string; readonly valueAt: number } | null {
  const quote = text[column];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, column + 1);
    return close > 0 && text[close + 1] === ':' ? { key: text.slice(column + 1, close), valueAt: close + 2 } : null;
  }
  if (quote === '{' && text[column + 1] !== '{') return null;
  if (quote === '[') return null;
  for (let at = text.indexOf(':', column); at >= 0; at = text.indexOf(':', at + 1)) {
    const next = text[at + 1];
    if (next !== undefined && next !== ' ' && next !== '\t') continue;
    const key = text.slice(column, at).trimEnd();
    return key.length > 200 || key.includes(' #') ? null : { key, valueAt: at + 1 };
  }
  return null;
}

/** A scalar as written, without anchor, tag of a plain type, quotes and trailing comment. */
export function splitValue(text: string): { readonly value: string; readonly quoted: boolean } {
  let rest = text.trim();
  while (/^(?:&\S{1,100}|!!\w{1,20})(?:\s|$)/.test(rest)) rest = rest.slice(rest.search(/\s|$/)).trimStart();
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    const close = closing(rest, quote);
    if (close > 0) return { value: rest.slice(1, close), quoted: true };
  }
  if (quote === '#') return { value: '', quoted: false };
  const comment = rest.search(/\s#/);
  const value = comment < 0 ? rest : rest.slice(0, comment).trimEnd();
  return { value: value === '~' || value === 'null' ? '' : value, quoted: false };
}

function closing(text: string, quote: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at;
    }
  }
  return -1;
}
