// Looks into the schema: what is allowed at a path, which example documents it, where a key belongs.
import * as z from 'zod/mini';
import type { Path } from './node.ts';
import { configSchema } from './schema.ts';

/** The schema at a path without its "may be left unsaid"; null where nothing is allowed. */
export function schemaAt(path: Path): z.core.$ZodType | null {
  let schema: z.core.$ZodType | null = configSchema;
  for (const step of path) {
    schema = schema === null ? null : below(schema, step);
  }
  return schema;
}

/** The keys a mapping may have, or null where its author chooses them. */
export function keysOf(schema: z.core.$ZodType | null): readonly string[] | null {
  return schema !== null && schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : null;
}

/** The words of a closed list, as text. */
export function wordsOf(schema: z.core.$ZodType | null): readonly string[] {
  return schema instanceof z.ZodMiniEnum ? schema.options.map(String) : [];
}

/** The example that documents an option; undefined if it has none. */
export function exampleOf(schema: z.core.$ZodType | null): unknown {
  if (schema === null) return undefined;
  const { examples } = z.globalRegistry.get(schema) ?? {};
  if (Array.isArray(examples)) return examples[0];
  const [first] = schema instanceof z.ZodMiniObject ? Object.entries(schema.shape as Record<string, z.core.$ZodType>) : [];
  return first === undefined ? undefined : { [first[0]]: exampleOf(unwrap(first[1])) };
}

export interface OptionEntry {
  readonly path: readonly string[];
  readonly schema: z.core.$ZodType;
  readonly required: boolean;
}

/** Every option of the schema, parents first; a name that the author chooses is `<name>`. */
export function listOptions(schema: z.core.$ZodType = configSchema, path: readonly string[] = []): readonly OptionEntry[] {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodMiniRecord) return listOptions(bare.def.valueType, [...path, '<name>']);
  if (!(bare instanceof z.ZodMiniObject)) return [];
  return Object.entries(bare.shape as Record<string, z.core.$ZodType>).flatMap(([key, value]) => [
    { path: [...path, key], schema: unwrap(value), required: !(value instanceof z.ZodMiniExactOptional) },
    ...listOptions(value, [...path, key]),
  ]);
}

function below(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | null {
  if (schema instanceof z.ZodMiniObject) {
    const shape = schema.shape as Record<string, z.core.$ZodType>;
    const key = String(step);
    return Object.hasOwn(shape, key) && shape[key] !== undefined ? unwrap(shape[key]) : null;
  }
  if (schema instanceof z.ZodMiniRecord) return unwrap(schema.def.valueType);
  return schema instanceof z.ZodMiniArray ? unwrap(schema.def.element) : null;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodMiniExactOptional ? unwrap(schema.def.innerType) : schema;
}
