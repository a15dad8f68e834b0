// A YAML text against a schema and its checks → what it says, or every problem with its place.
import type * as z from 'zod/mini';
import type { Parsed, Place, Problem } from '../model/problem.ts';
import { locateIssue, type Located } from './issues.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { createPlaces, toPlain, type Node, type Path } from './node.ts';
import { parseYaml } from './yaml.ts';

/** What a file may say, and what goes across its options. */
export interface Rules<Schema extends z.ZodMiniType> {
  readonly schema: Schema;
  readonly check: (root: Node) => readonly Located[];
}

/**
 * `file` names the text in places. An empty one says nothing. All problems of meaning are told at once, in the order of the text; of syntax errors the first is.
 */
export function parseChecked<Schema extends z.ZodMiniType>(text: string, file: string, { schema, check }: Rules<Schema>): Parsed<z.infer<Schema>> {
  const yaml = parseYaml(text, file);
  if (!yaml.whole) return { ok: false, problems: yaml.problems };
  const root = withoutEmptySections(yaml.root ?? EMPTY);
  const parsed = schema.safeParse(toPlain(root));
  const bySchema = parsed.success ? [] : parsed.error.issues.flatMap((issue) => locateIssue(issue, root, schema));
  const located = [...bySchema, ...(root.kind === 'mapping' ? notCovered(check(root), bySchema) : [])];
  if (parsed.success && located.length + yaml.problems.length === 0) return { ok: true, value: parsed.data, notes: [] };
  return { ok: false, problems: tell(located, yaml.problems, createPlaces(text, file)) };
}

const EMPTY: Node = { kind: 'mapping', offset: 0, entries: new Map() };

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
