// The text of a configuration file → what it says, or every problem with its place.
import type { Parsed, Place, Problem } from '../model/problem.ts';
import { checkTogether } from './checks.ts';
import { describeFound, locateIssue, type Located } from './issues.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { createPlaces, nodeAt, offsetOfKey, toPlain, type Node, type Path } from './node.ts';
import { remarkOn } from './remarks.ts';
import { configSchema, type ConfigText } from './schema.ts';
import { parseYaml } from './yaml.ts';

/**
 * Reads a configuration. `file` names it in places. An empty file says nothing, so that every default holds.
 * All problems of meaning are told at once, in the order of the text; of syntax errors the first is.
 */
export function parseConfig(text: string, file: string): Parsed<ConfigText> {
  return parse(text, file, () => []);
}

/** Reads a configuration that another one extends: it may not extend a third. */
export function parseBaseline(text: string, file: string): Parsed<ConfigText> {
  return parse(text, file, (root) => {
    const node = nodeAt(root, ['extends']);
    if (node === null) return [];
    const problem = { code: 'nested-extends', found: describeFound(node), expected: 'no `extends` in a file that is extended itself (one level)', remedy: 'remove it, and bring what it said into this file' };
    return [{ path: ['extends'], offset: offsetOfKey(root, ['extends']), kind: 'check', explain: () => problem }];
  });
}

const EMPTY: Node = { kind: 'mapping', offset: 0, entries: new Map() };

function parse(text: string, file: string, extra: (root: Node) => readonly Located[]): Parsed<ConfigText> {
  const yaml = parseYaml(text, file);
  if (!yaml.whole) return { ok: false, problems: yaml.problems };
  const root = withoutEmptySections(yaml.root ?? EMPTY);
  const parsed = configSchema.safeParse(toPlain(root));
  const bySchema = parsed.success ? [] : parsed.error.issues.flatMap((issue) => locateIssue(issue, root));
  const together = root.kind === 'mapping' ? notCovered(checkTogether(root), bySchema) : [];
  const located = [...bySchema, ...together, ...extra(root)];
  if (parsed.success && located.length + yaml.problems.length === 0) return { ok: true, value: parsed.data, notes: remarkOn(parsed.data) };
  return { ok: false, problems: tell(located, yaml.problems, createPlaces(text, file)) };
}

/** `metrics:` with nothing below it (all commented out) is as good as not written. */
function withoutEmptySections(root: Node): Node {
  if (root.kind === 'scalar' && root.value === null) return EMPTY;
  if (root.kind !== 'mapping') return root;
  return { ...root, entries: new Map([...root.entries].filter(([, { value }]) => value.kind !== 'scalar' || value.value !== null)) };
}

/** Without what concerns a value that the schema has objected to, or that holds such a value. */
function notCovered(found: readonly Located[], bySchema: readonly Located[]): readonly Located[] {
  const covered = new Set(bySchema.filter(({ kind }) => kind === 'value').flatMap(({ path }) => path.map((_, index) => keyOf(path.slice(0, index + 1)))));
  return found.filter(({ path }) => !covered.has(keyOf(path)));
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));

/** In the order of the text; the first hundred in words, the others as a number. */
function tell(located: readonly Located[], syntax: readonly Problem[], place: (offset: number) => Place): readonly Problem[] {
  const first = located.toSorted((left, right) => left.offset - right.offset).slice(0, MAX_PROBLEMS);
  const told = [...syntax, ...first.map(({ offset, explain }): Problem => ({ ...explain(), place: place(offset) }))].sort(byPlace).slice(0, MAX_PROBLEMS);
  const rest = located.length + syntax.length - told.length;
  if (rest === 0) return told;
  return [...told, { code: 'more-problems', place: told.at(-1)?.place ?? null, found: `${rest} more problems`, expected: 'a configuration without problems', remedy: 'mend the ones above first' }];
}

function byPlace(left: Problem, right: Problem): number {
  return (left.place?.line ?? 0) - (right.place?.line ?? 0) || (left.place?.column ?? 0) - (right.place?.column ?? 0);
}
