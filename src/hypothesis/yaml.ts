// The same content as YAML: front matter, a fenced block, or a file.
import { FAILSAFE_SCHEMA, YAMLException, load } from 'js-yaml';
import type { Role } from '../model/hypothesis.ts';
import type { Place } from '../model/problem.ts';
import { addCriterion, takeSentence, takeSetting, type Content } from './content.ts';
import { quoteLine } from './criterion/quote.ts';
import { parseMeasure, parseStart } from './settings.ts';

/** A YAML text inside another: its first line's number there, and how far its lines are indented. */
export interface YamlText {
  readonly text: string;
  readonly firstLine: number;
  readonly file: string;
}

interface Context {
  readonly content: Content;
  readonly place: (words: string) => Place;
}

type Reader = (value: unknown, context: Context) => boolean;

const KEYS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...['claim', 'hypothesis', 'expectation'].map((key) => [key, prose('claims')] as const),
  ...['because', 'why', 'reason'].map((key) => [key, prose('reasons')] as const),
  ...['criteria', 'success_criteria', 'criterion', 'goals', 'metrics'].map((key) => [key, criteria(null)] as const),
  ['guardrails', criteria('guardrail')],
  ...['measure', 'measure_over', 'window'].map((key) => [key, sentence((text) => `Measure ${/^(?:over|for|during)\b/i.test(text) ? '' : 'over '}${text}`)] as const),
  ...['starting', 'start', 'settle'].map((key) => [key, starting] as const),
  ...['odds', 'my_odds', 'confidence'].map((key) => [key, sentence((text) => `My odds: ${text}`)] as const),
  ['intent', sentence((text) => `Intent: ${text}`)],
  ...['until', 'scale_back'].map((key) => [key, sentence((text) => `Until: ${text}`)] as const),
  ['starts_with', sentence((text) => `starts with ${text}`)],
  ['step_of', sentence((text) => `Step of ${text}`)],
]);

/** What a text must hold to be a hypothesis in YAML, and not other metadata. */
export function speaksOfHypothesis(text: string): boolean {
  return /^\s{0,9}["']?(?:claim|hypothesis|criteria|success[-_ ]criteria|goals|guardrails)["']?\s{0,3}:/im.test(text);
}

/** Adds what the YAML says, or its problem. Aliases are refused: nothing in a hypothesis needs them. */
export function gatherYaml(content: Content, yaml: YamlText): void {
  const place = placeFinder(yaml);
  let root: unknown;
  try {
    root = load(yaml.text, { schema: FAILSAFE_SCHEMA, maxDepth: 12, maxAliases: 0 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = yaml.firstLine + (error.mark?.line ?? 0);
    content.problems.push({ code: 'yaml-syntax', place: { file: yaml.file, line, column: (error.mark?.column ?? 0) + 1 }, found: error.reason, expected: 'YAML 1.2', remedy: 'indent with spaces, and put text that holds `: ` or ` #` in quotes' });
    return;
  }
  if (!isMapping(root)) {
    content.problems.push({ code: 'yaml-form', place: place(''), found: 'YAML that is no mapping', expected: '`claim:` and `criteria:`', remedy: 'write `claim: …` and below it `criteria:` with a list' });
    return;
  }
  gatherMapping(root, { content, place });
}

function gatherMapping(root: Readonly<Record<string, unknown>>, context: Context): void {
  for (const [written, value] of Object.entries(root)) {
    const key = written.toLowerCase().replaceAll(/[- ]/g, '_');
    if (key === 'hypothesis' && isMapping(value)) {
      gatherMapping(value, context);
      continue;
    }
    const reader = KEYS.get(key);
    if (value === null || value === '') continue;
    if (reader?.(value, context) !== true) {
      const expected = reader === undefined ? `one of ${['claim', 'because', 'criteria', 'guardrails', 'measure', 'odds', 'intent', 'until', 'starts_with', 'step_of'].map((name) => `\`${name}\``).join(', ')}` : 'text, or a list of texts';
      context.content.problems.push({ code: reader === undefined ? 'unknown-key' : 'yaml-form', place: context.place(written), found: quoteLine(written), expected, remedy: reader === undefined ? 'remove or correct the key' : 'write plain text, or a list of it' });
    }
  }
}

function prose(part: 'claims' | 'reasons'): Reader {
  return (value, { content }) => {
    if (typeof value !== 'string') return false;
    content[part].push(value.replaceAll(/\s+/g, ' ').trim());
    return true;
  };
}

function sentence(say: (text: string) => string): Reader {
  return (value, { content, place }) => {
    if (typeof value !== 'string') return false;
    if (!takeSentence(content, say(value.trim()), place(value))) {
      takeSetting(content, { code: 'yaml-form', expected: 'a value as in `Measure over 7 days, starting 1 day after deploy to production. My odds: 80%.`', remedy: 'write it as in that sentence' }, { text: value, place: place(value) });
    }
    return true;
  };
}

function starting(value: unknown, { content, place }: Context): boolean {
  if (typeof value !== 'string') return false;
  const start = parseStart(value.trim()) ?? parseMeasure(`Measure over 1 day, starting ${value.trim()} after deploy`);
  const setting = start === null || 'code' in start ? { code: 'unreadable-schedule', expected: 'when measuring starts', remedy: 'write `1 day after deploy to production`' } : { settle: start.settle ?? 0, ...(start.start === undefined ? {} : { start: start.start }) };
  takeSetting(content, setting, { text: value, place: place(value) });
  return true;
}

function criteria(role: Role | null): Reader {
  return (value, { content, place }) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.every((item) => {
      const text = criterionText(item);
      if (text !== null) addCriterion(content, text, { place: place(text), role });
      return text !== null;
    });
  };
}

/** `- guardrail: error_rate stays below 0.5%` is a mapping for YAML and a line for people. */
function criterionText(item: unknown): string | null {
  if (typeof item === 'string') return item.replaceAll(/\s+/g, ' ').trim();
  if (!isMapping(item)) return null;
  const [entry, second] = Object.entries(item);
  return entry === undefined || second !== undefined || typeof entry[1] !== 'string' ? null : `${entry[0]}: ${entry[1]}`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Finds where words were written, from the last find on, since values come in the order of the text. */
function placeFinder({ text, firstLine, file }: YamlText): (words: string) => Place {
  const lines = text.split('\n');
  let from = 0;
  return (words) => {
    const start = words.trim().split(/\s{2,}|\n/)[0]?.slice(0, 60) ?? '';
    for (let index = start === '' ? lines.length : from; index < lines.length; index++) {
      const column = lines[index]?.indexOf(start) ?? -1;
      if (column < 0) continue;
      from = index;
      return { file, line: firstLine + index, column: column + 1 };
    }
    return { file, line: firstLine + from, column: 1 };
  };
}
