// What a check across options found, and how checks read a text that may be unsound elsewhere.
import { nodeAt, type Node, type Path } from './node.ts';

/** What a check found, before it has a place. `at` is the key or value that it is about. */
export interface CheckFinding {
  readonly code: string;
  readonly at: Path;
  readonly found: string;
  readonly expected: string;
  /** Put into words only if it is told, where that means looking for the nearest name. */
  readonly remedy: string | (() => string);
}

/** The entries of a mapping at a path; none where something else is written. */
export function entriesAt(root: Node, path: Path): readonly (readonly [string, Node])[] {
  const node = nodeAt(root, path);
  return node?.kind === 'mapping' ? [...node.entries].map(([key, entry]) => [key, entry.value] as const) : [];
}

/** The text at a path; null where none is written. */
export function textAt(root: Node, path: Path): string | null {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}
