// Text for a terminal of 100 columns: wrapping, styles only where somebody looks, Markdown made readable.

export const WIDTH = 100;

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const plain = (text: string): string => text;
const escape = (code: number) => (text: string): string => `\u001b[${code}m${text}\u001b[0m`;

/** Styles for a terminal; none where the output goes to a file, or where NO_COLOR is set. */
export function styleFor(output: { readonly isTTY?: boolean }, environment: Readonly<Record<string, string | undefined>>): Style {
  if (output.isTTY !== true || environment['NO_COLOR'] !== undefined) return { bold: plain, dim: plain, good: plain, bad: plain };
  return { bold: escape(1), dim: escape(2), good: escape(32), bad: escape(31) };
}

/** Breaks a line at blanks so that no part is wider than `width`; continuation lines keep the indent. */
export function wrap(line: string, width: number): readonly string[] {
  const indent = /^\s*(?:[-*] |\d+\. |> )?/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const cut = blank > indent ? blank : width;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}

/** GitHub's Markdown as a person would see it: no comments, no tags, headings marked, code and lists as they are; diagrams only named, since they are drawn there. */
export function readMarkdown(text: string, style: Style, width = WIDTH - 4): readonly string[] {
  const visible = text.replace(/<!--[\s\S]*?-->/g, '').replace(/```mermaid\n[\s\S]*?```/g, '(a chart, drawn on GitHub)').replace(/<br>/g, ' ').replace(/<summary>([\s\S]*?)<\/summary>/g, '▸ $1').replace(/<\/?(?:details|summary|sub|sup|br|kbd|b|i|h[1-6]|table|t[hrd]|thead|tbody|img|a|p|div)(?: [^>\n]*)?\/?>/gi, '').replace(/\n{3,}/g, '\n\n').trim();
  let code = false;
  return visible.split('\n').flatMap((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) {
      code = !code;
      return [style.dim('┄'.repeat(24))];
    }
    if (code) return wrap(line, width - 2).map((part) => `  ${part}`);
    const heading = /^#{1,6} (?<words>.*)$/.exec(line)?.groups?.['words'];
    if (heading !== undefined) return [style.bold(heading)];
    return wrap(line.replaceAll('**', '').replaceAll('&nbsp;', ' ').replace(/\\([\\`*_{}[\]()#+.!|<>~-])/g, '$1'), width);
  });
}
