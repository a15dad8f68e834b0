// The table of all options for the documentation, generated from the schema.
import * as z from 'zod/mini';
import { DEFAULTS } from './defaults.ts';
import { exampleOf, isGroup, listOptions, wordsOf, type OptionEntry } from './describe.ts';
import { renderExample } from './issues.ts';

/** Markdown: one row an option, with its sentence, its default and an example. */
export function renderOptionTable(): string {
  const rows = listOptions().map((option) => `| ${cells(option).join(' | ')} |`);
  return ['| Option | What it says | Default | Example |', '|---|---|---|---|', ...rows].join('\n');
}

function cells(option: OptionEntry): readonly string[] {
  const { description = '' } = z.globalRegistry.get(option.schema) ?? {};
  const words = wordsOf(option.schema);
  const allowed = words.length === 0 ? '' : ` One of ${words.map((word) => `\`${word}\``).join(', ')}.`;
  const group = isGroup(option.schema);
  const example = group ? '' : code(renderExample(exampleOf(option.schema)));
  return [code(option.path.join('.')), escapeCell(description + allowed), group ? '' : defaultOf(option), example];
}

function defaultOf({ path, required }: OptionEntry): string {
  if (required) return 'required';
  let value: unknown = DEFAULTS;
  for (const step of path) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  if (value === undefined) return '';
  if (Array.isArray(value) && value.length > 8) return `${value.slice(0, 5).map((entry) => code(String(entry))).join(', ')} and ${value.length - 5} more`;
  return code(renderExample(value));
}

const code = (text: string): string => `\`${text.replaceAll('|', String.raw`\|`)}\``;
const escapeCell = (text: string): string => text.replaceAll('|', String.raw`\|`);
