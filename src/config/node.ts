// A YAML value that remembers where it was written.
import type { Place } from '../model/problem.ts';

/** `offset` counts characters from the start of the text. */
export type Node =
  | { readonly kind: 'scalar'; readonly offset: number; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly offset: number; readonly items: readonly Node[] }
  | { readonly kind: 'mapping'; readonly offset: number; readonly entries: ReadonlyMap<string, Entry> };

export interface Entry {
  readonly keyOffset: number;
  readonly value: Node;
}

/** Steps from the root to a value: keys of mappings, indexes of lists. */
export type Path = readonly PropertyKey[];

/** The value at a path, or null where nothing is written. */
export function nodeAt(root: Node, path: Path): Node | null {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node?.kind === 'mapping') node = node.entries.get(String(step))?.value;
    else if (node?.kind === 'list') node = node.items[Number(step)];
    else return null;
  }
  return node ?? null;
}

/** Where the key at a path was written; for a path that was not written, the nearest enclosing key. */
export function offsetOfKey(root: Node, path: Path): number {
  let node = root;
  let offset = root.offset;
  for (const step of path) {
    if (node.kind === 'mapping') {
      const entry = node.entries.get(String(step));
      if (entry === undefined) return offset;
      offset = entry.keyOffset;
      node = entry.value;
    } else if (node.kind === 'list') {
      const item = node.items[Number(step)];
      if (item === undefined) return offset;
      offset = item.offset;
      node = item;
    } else return offset;
  }
  return offset;
}

/** Offset → line and column, both from 1. CR LF, LF and CR end a line; a byte order mark takes no column. */
export function createPlaces(text: string, file: string): (offset: number) => Place {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, column: Math.max(1, offset - (starts[low] ?? 0) + 1) };
  };
}

/** Plain objects and lists, as the schema wants them. */
export function toPlain(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.value)]));
}
