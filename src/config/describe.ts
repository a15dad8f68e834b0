// Looks into the schema: what is allowed at a path, which example documents it, where a key belongs.
import * as z from 'zod/mini';
import type { Path } from './node.ts';
import { configSchema } from './schema.ts';

type Schema = z.core.$ZodType;

/** The schema at a path, as it is documented; null where nothing is allowed. */
export function schemaAt(path: Path, root: Schema = configSchema): Schema | null {
  let schema: Schema | null = root;
  for (const step of path) {
    schema = schema === null ? null : below(unwrap(schema), step);
  }
  return schema;
}

/** The keys a mapping may have, or null where its author chooses them. */
export function keysOf(schema: Schema | null): readonly string[] | null {
  const bare = schema === null ? null : unwrap(schema);
  return bare instanceof z.ZodMiniObject ? Object.keys(bare.shape) : null;
}

/** The words of a closed list, as text. */
export function wordsOf(schema: Schema | null): readonly string[] {
  const bare = schema === null ? null : unwrap(schema);
  return bare instanceof z.ZodMiniEnum ? bare.options.map(String) : [];
}

export function isList(schema: Schema | null): boolean {
  return schema !== null && unwrap(schema) instanceof z.ZodMiniArray;
}

/** A mapping: its documentation is that of what lies below. */
export function isGroup(schema: Schema): boolean {
  const bare = unwrap(schema);
  return bare instanceof z.ZodMiniObject || bare instanceof z.ZodMiniRecord;
}

/** The example that documents an option; undefined if it has none. */
export function exampleOf(schema: Schema | null): unknown {
  if (schema === null) return undefined;
  const { examples } = z.globalRegistry.get(schema) ?? {};
  if (Array.isArray(examples)) return examples[0];
  const [first] = schema instanceof z.ZodMiniObject ? Object.entries(schema.shape as Record<string, Schema>) : [];
  return first === undefined ? undefined : { [first[0]]: exampleOf(first[1]) };
}

export interface OptionEntry {
  readonly path: readonly string[];
  readonly schema: Schema;
  readonly required: boolean;
}

/** Every option of the schema, parents first; a name that the author chooses is `<name>`. */
export function listOptions(schema: Schema = configSchema, path: readonly string[] = []): readonly OptionEntry[] {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodMiniRecord) return listOptions(bare.def.valueType, [...path, '<name>']);
  if (bare instanceof z.ZodMiniArray) return listOptions(bare.def.element, path);
  if (!(bare instanceof z.ZodMiniObject)) return [];
  return Object.entries(bare.shape as Record<string, Schema>).flatMap(([key, value]) => [
    { path: [...path, key], schema: value, required: !(value instanceof z.ZodMiniExactOptional) },
    ...listOptions(value, [...path, key]),
  ]);
}

function below(schema: Schema, step: PropertyKey): Schema | null {
  if (schema instanceof z.ZodMiniObject) {
    const shape = schema.shape as Record<string, Schema>;
    const key = String(step);
    return Object.hasOwn(shape, key) ? (shape[key] ?? null) : null;
  }
  if (schema instanceof z.ZodMiniRecord) return schema.def.valueType;
  return schema instanceof z.ZodMiniArray ? schema.def.element : null;
}

function unwrap(schema: Schema): Schema {
  return schema instanceof z.ZodMiniExactOptional ? unwrap(schema.def.innerType) : schema;
}
