// The lines of a comment that its author speaks: not code, not a quotation, not an HTML comment.

/** Lines in order, each looked at once: linear on any text. */
export function* spokenLines(body: string): Generator<string> {
  let fence: string | null = null;
  let hidden = false;
  for (const line of body.split(/\r\n|\n|\r/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null) {
      if (mark !== null && mark.startsWith(fence) && line.trim() === mark) fence = null;
      continue;
    }
    if (hidden) {
      hidden = line.lastIndexOf('-->') === -1;
      continue;
    }
    if (mark !== null) {
      fence = mark;
      continue;
    }
    const open = line.lastIndexOf('<!--');
    hidden = open !== -1 && line.indexOf('-->', open) === -1;
    if (isSpoken(line)) yield line;
  }
}

/** Four spaces or a tab make code, `>` a quotation. */
function isSpoken(line: string): boolean {
  return !/^(?: {4}|\t| {0,3}>)/.test(line);
}

/** A cheap first look: whether any word of a text may be a command. A phone writes the first letter as a capital. */
export function mayCommand(body: string): boolean {
  return /\/yardstick/i.test(body);
}
