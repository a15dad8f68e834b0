// The text of a configuration file → what it says, or every problem with its place.
import type { Parsed, Problem } from '../model/problem.ts';
import { checkTogether } from './checks.ts';
import { describeFound, explainIssue, type Located } from './issues.ts';
import { MAX_PROBLEMS } from './limits.ts';
import { createPlaces, nodeAt, offsetOfKey, toPlain, type Node } from './node.ts';
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
    return [{ path: ['extends'], offset: offsetOfKey(root, ['extends']), code: 'nested-extends', found: describeFound(node), expected: 'no `extends` in a file that is extended itself (one level)', remedy: 'remove it, and bring what it said into this file' }];
  });
}

const EMPTY: Node = { kind: 'mapping', offset: 0, entries: new Map() };

interface Extra extends Omit<Problem, 'place'> {
  readonly path: readonly string[];
  readonly offset: number;
}

function parse(text: string, file: string, extra: (root: Node) => readonly Extra[]): Parsed<ConfigText> {
  const yaml = parseYaml(text, file);
  if (!yaml.whole) return { ok: false, problems: yaml.problems };
  const root = withoutEmptySections(yaml.root ?? EMPTY);
  const place = createPlaces(text, file);
  const written = { root, place };
  const parsed = configSchema.safeParse(toPlain(root));
  const bySchema = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explainIssue(issue, written));
  const together = root.kind === 'mapping' ? checkTogether(written).filter((found) => !isCovered(found, bySchema)) : [];
  const more = extra(root).map(({ path, offset, ...rest }) => ({ path, problem: { ...rest, place: place(offset) } }));
  const problems = [...yaml.problems, ...[...bySchema, ...together, ...more].map((located) => located.problem)].sort(byPlace);
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data, notes: remarkOn(parsed.data) };
  return { ok: false, problems: capped(problems) };
}

/** `metrics:` with nothing below it (all commented out) is as good as not written. */
function withoutEmptySections(root: Node): Node {
  if (root.kind === 'scalar' && root.value === null) return EMPTY;
  if (root.kind !== 'mapping') return root;
  return { ...root, entries: new Map([...root.entries].filter(([, { value }]) => value.kind !== 'scalar' || value.value !== null)) };
}

/** The schema has already objected to the same value, or to something inside it. */
function isCovered(found: Located, bySchema: readonly Located[]): boolean {
  return bySchema.some(({ path, problem }) => problem.code !== 'unknown-key' && found.path.every((step, index) => path[index] === step));
}

function byPlace(left: Problem, right: Problem): number {
  return (left.place?.line ?? 0) - (right.place?.line ?? 0) || (left.place?.column ?? 0) - (right.place?.column ?? 0);
}

function capped(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const rest = problems.length - MAX_PROBLEMS;
  const last: Problem = { code: 'more-problems', place: problems[MAX_PROBLEMS]?.place ?? null, found: `${rest} more problems`, expected: 'a configuration without problems', remedy: 'mend the ones above first' };
  return [...problems.slice(0, MAX_PROBLEMS), last];
}
