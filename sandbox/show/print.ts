// What both demonstrations print: lines, and the chapters of the story.
import type { Chapter } from '../life/play.ts';
import { readMarkdown, styleFor, wrap, WIDTH } from '../terminal.ts';

export const style = styleFor(process.stdout, process.env);

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** One thing that happened: when, what, and what is seen of it. `brief`: of a comment its first paragraph, since the page has it whole. */
export function showChapter({ at, title, lines, comments }: Chapter, comment: 'whole' | 'brief'): void {
  const day = new Date(at).toUTCString().slice(0, 22).replace(' 2026', '').replace(',', '');
  print(`${style.dim(day)}  ${style.bold(title)}`);
  for (const line of lines.flatMap((text) => wrap(text, WIDTH - 4))) print(`    ${line}`);
  for (const body of comments) {
    const text = comment === 'whole' ? body : firstParagraph(body);
    for (const line of readMarkdown(text, style)) print(`  │ ${line}`);
    if (comment === 'whole') print();
  }
}

/** Without its marker and its heading. */
function firstParagraph(body: string): string {
  return body.replace(/^<!--.*-->\s*/, '').replace(/^#+ .*\n+/, '').split(/\n\s*\n/)[0] ?? '';
}
