// What the schema objects to → Problems with place, finding, what is allowed, nearest name and remedy.
import * as z from 'zod/mini';
import type { Problem } from '../model/problem.ts';
import { exampleOf, isList, keysOf, listOptions, schemaAt, wordsOf } from './describe.ts';
import type { CheckFinding } from './finding.ts';
import { MAX_QUOTED } from './limits.ts';
import { nearestName } from '../spelling.ts';
import { nodeAt, offsetOfKey, type Node, type Path } from './node.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** A problem with the path and the offset it is about. It is put into words only if it is told: of thousands the first hundred are. */
export interface Located {
  readonly path: Path;
  readonly offset: number;
  readonly kind: 'unknown-key' | 'value' | 'check';
  readonly explain: () => Omit<Problem, 'place'>;
}

/** One issue of the schema as the problems it stands for. */
export function locateIssue(issue: Issue, root: Node, schema: Schema): readonly Located[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], offset: offsetOfKey(root, [...path, key]), kind: 'unknown-key', explain: () => explainUnknownKey(key, path, schema) }));
  }
  const node = nodeAt(root, path);
  const isWritten = node !== null && !(node.kind === 'scalar' && node.value === null);
  return [{ path, offset: isWritten ? node.offset : offsetOfKey(root, path), kind: 'value', explain: () => (path.length === 0 ? explainRoot(root) : explainValue(issue, node, schema)) }];
}

/** What a check found, at its key or value. */
export function locateFinding({ at, remedy, ...rest }: CheckFinding, root: Node): Located {
  const node = nodeAt(root, at);
  const offset = node?.kind === 'scalar' && node.value !== null ? node.offset : offsetOfKey(root, at);
  return { path: at, offset, kind: 'check', explain: () => ({ ...rest, remedy: typeof remedy === 'string' ? remedy : remedy() }) };
}

function explainRoot(root: Node): Omit<Problem, 'place'> {
  return {
    code: 'invalid-value', found: describeFound(root), expected: 'a mapping from options to their values',
    remedy: 'write options as `mode: enforce`, or leave the file empty, so that every default holds',
  };
}

function explainValue({ path, message }: Issue, node: Node | null, schema: Schema): Omit<Problem, 'place'> {
  const key = String(path.at(-1) ?? '');
  const remedy = remedyFor(node, path, schema);
  if (node === null) return { code: 'missing-option', found: `no \`${key}\``, expected: `\`${key}\`: ${message}`, remedy };
  return { code: 'invalid-value', found: describeFound(node), expected: message, remedy };
}

function explainUnknownKey(key: string, parent: Path, schema: Schema): Omit<Problem, 'place'> {
  const allowed = keysOf(schemaAt(parent, schema)) ?? [];
  const nearest = nearestName(key, allowed);
  const elsewhere = nearest === null ? homeOf(key, schema) : null;
  return {
    code: 'unknown-key',
    found: `the unknown key \`${quote(key)}\`${parent.length > 0 ? ` below \`${nameOf(parent)}\`` : ''}`,
    expected: allowed.map((name) => `\`${name}\``).join(', '),
    remedy: nearest !== null ? `did you mean \`${nearest}\`?` : elsewhere !== null ? `write it as \`${elsewhere}\`` : 'remove it, or correct its name',
  };
}

/** The option of this name in another group: `paths` belongs to `scope.paths`. */
function homeOf(key: string, schema: Schema): string | null {
  const homes = listOptions(schema).filter((option) => option.path.at(-1) === key).map((option) => option.path.join('.'));
  return homes.length > 0 ? homes.slice(0, 3).join('` or `') : null;
}

function remedyFor(node: Node | null, path: Path, root: Schema): string {
  const schema = schemaAt(path, root);
  const key = String(path.at(-1) ?? '');
  const scalar = node?.kind === 'scalar' ? node.value : null;
  const nearest = typeof scalar === 'string' ? nearestName(scalar, wordsOf(schema)) : null;
  if (nearest !== null) return `did you mean \`${nearest}\`?`;
  const isPlainWord = typeof scalar === 'number' || typeof scalar === 'boolean';
  if (isPlainWord && schema !== null && z.safeParse(schema, String(scalar)).success) return `put it in quotes: \`"${scalar}"\``;
  if (isList(schema) && scalar !== null) return `write it as a list: \`${quote(key)}: [${typeof scalar === 'string' ? JSON.stringify(quote(scalar)) : scalar}]\``;
  return `for example ${exampleFor(path, root)}`;
}

/** The documented example, as it would be written at this path. */
function exampleFor(path: Path, root: Schema): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return `\`${quote(String(last))}: ${renderExample(exampleOf(schemaAt(path, root)))}\``;
  const list = exampleOf(schemaAt(path.slice(0, -1), root));
  return `\`- ${renderExample(Array.isArray(list) ? list[0] : list)}\``;
}

/** An example as one line of YAML. */
export function renderExample(example: unknown): string {
  if (Array.isArray(example)) return `[${example.map(renderExample).join(', ')}]`;
  if (typeof example === 'object' && example !== null) {
    return `{ ${Object.entries(example).map(([key, value]) => `${key}: ${renderExample(value)}`).join(', ')} }`;
  }
  if (typeof example !== 'string') return String(example);
  return /^[A-Za-z0-9/][A-Za-z0-9/._ -]*$/.test(example) ? example : `'${example.replaceAll("'", "''")}'`;
}

/** What stands there, in words; foreign text is cut short. */
export function describeFound(node: Node): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'mapping') return 'a mapping';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? `"${quote(node.value)}"` : `${typeof node.value === 'number' ? 'the number' : 'the word'} ${node.value}`;
}

/** One line of foreign text, cut short, without characters that would end a code span. */
export function quote(text: string): string {
  const line = text.slice(0, MAX_QUOTED + 1).replaceAll(/[\p{Cc}`]/gu, ' ');
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

const nameOf = (path: Path): string => path.map(String).map(quote).join('.');
