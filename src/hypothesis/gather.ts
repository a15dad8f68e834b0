// A part of a text → content: Markdown with the YAML fences in it.
import { emptyContent, type Content } from './content.ts';
import type { Line } from './lines.ts';
import { gatherMarkdown } from './markdown.ts';
import { gatherYaml, speaksOfHypothesis } from './yaml.ts';

/** Reads lines of Markdown; fenced `yaml` blocks that speak of a hypothesis are read as such, other code is left out. */
export function gatherLines(lines: readonly Line[], file: string): Content {
  const content = emptyContent();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line?.fenceMark !== true || !['yaml', 'yml', 'json'].includes(line.fence ?? '')) continue;
    const inside: string[] = [];
    for (index++; index < lines.length && lines[index]?.fence !== null && lines[index]?.fenceMark === false; index++) inside.push(lines[index]?.text ?? '');
    const text = inside.join('\n');
    if (speaksOfHypothesis(text) || line.fence !== 'json') gatherYaml(content, { text, firstLine: line.number + 1, file });
  }
  gatherMarkdown(content, lines, file);
  return content;
}
