// What the schema objects to → Problems with place, finding, what is allowed, nearest name and remedy.
import type * as z from 'zod/mini';
import type { Place, Problem } from '../model/problem.ts';
import { exampleOf, keysOf, listOptions, schemaAt, wordsOf } from './describe.ts';
import { MAX_QUOTED } from './limits.ts';
import { nearestName } from './nearest.ts';
import { nodeAt, offsetOfKey, type Node, type Path } from './node.ts';

type Issue = z.core.$ZodIssue;

/** A problem and the path it is about, by which others know not to repeat it. */
export interface Located {
  readonly path: Path;
  readonly problem: Problem;
}

/** The positioned text that is being checked. */
export interface Written {
  readonly root: Node;
  readonly place: (offset: number) => Place;
}

export function explainIssue(issue: Issue, written: Written): readonly Located[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => explainUnknownKey(key, issue.path, written));
  const node = nodeAt(written.root, issue.path);
  if (issue.path.length === 0) return [{ path: [], problem: explainRoot(written) }];
  const key = String(issue.path.at(-1) ?? '');
  const missing = node === null;
  const found = missing ? `no \`${key}\`` : describeFound(node);
  const problem: Problem = {
    code: missing ? 'missing-option' : 'invalid-value',
    place: written.place(placeOfValue(node, issue.path, written.root)),
    found,
    expected: missing ? `\`${key}\`: ${issue.message}` : issue.message,
    remedy: remedyFor(node, issue.path),
  };
  return [{ path: issue.path, problem }];
}

function explainRoot({ root, place }: Written): Problem {
  return {
    code: 'invalid-value', place: place(root.offset), found: describeFound(root), expected: 'a mapping from options to their values',
    remedy: 'write options as `mode: enforce`, or leave the file empty, so that every default holds',
  };
}

function explainUnknownKey(key: string, parent: Path, { root, place }: Written): Located {
  const path = [...parent, key];
  const allowed = keysOf(schemaAt(parent)) ?? [];
  const nearest = nearestName(key, allowed);
  const elsewhere = nearest === null ? homeOf(key) : null;
  const remedy = nearest !== null ? `did you mean \`${nearest}\`?` : elsewhere !== null ? `write it as \`${elsewhere}\`` : 'remove it, or correct its name';
  const problem: Problem = {
    code: 'unknown-key',
    place: place(offsetOfKey(root, path)),
    found: `the unknown key \`${quote(key)}\`${parent.length > 0 ? ` below \`${nameOf(parent)}\`` : ''}`,
    expected: allowed.map((name) => `\`${name}\``).join(', '),
    remedy,
  };
  return { path, problem };
}

/** The option of this name in another group: `paths` belongs to `scope.paths`. */
function homeOf(key: string): string | null {
  const homes = listOptions().filter((option) => option.path.at(-1) === key).map((option) => option.path.join('.'));
  return homes.length > 0 ? homes.slice(0, 3).join('` or `') : null;
}

function remedyFor(node: Node | null, path: Path): string {
  const schema = schemaAt(path);
  const key = String(path.at(-1) ?? '');
  const scalar = node?.kind === 'scalar' ? node.value : null;
  const nearest = typeof scalar === 'string' ? nearestName(scalar, wordsOf(schema)) : null;
  if (nearest !== null) return `did you mean \`${nearest}\`?`;
  const isTextExpected = schema?._zod.def.type === 'string';
  if (isTextExpected && (typeof scalar === 'number' || typeof scalar === 'boolean')) return `put it in quotes: \`"${scalar}"\``;
  if (schema?._zod.def.type === 'array' && scalar !== null) return `write it as a list: \`${key}: [${JSON.stringify(scalar)}]\``;
  const example = exampleOf(schema);
  if (example === undefined) return 'write what is expected here, or remove it';
  return typeof path.at(-1) === 'number' ? `for example \`${JSON.stringify(example)}\`` : `for example \`${key}: ${renderExample(example)}\``;
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
  const line = text.slice(0, MAX_QUOTED + 1).replaceAll(/[\u0000-\u001F\u007F`]/g, ' ');
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

export const nameOf = (path: Path): string => path.map(String).map(quote).join('.');

function placeOfValue(node: Node | null, path: Path, root: Node): number {
  const isEmpty = node?.kind === 'scalar' && node.value === null;
  return node === null || isEmpty ? offsetOfKey(root, path) : node.offset;
}
