// How an option is declared: its value, the sentence that documents it, an example.
import * as z from 'zod/mini';
import { MAX_ENTRIES } from './limits.ts';

/** An option that may be left unsaid. `sentence` is shown in the editor, in the JSON Schema and in the documentation. */
export function option<Schema extends z.ZodMiniType>(schema: Schema, sentence: string, example: unknown): z.ZodMiniExactOptional<Schema> {
  return documented(z.exactOptional(schema), sentence, example);
}

/** The same for an option that has to be there. Registered beside the schema: `z.meta` would build every schema twice, at each start. */
export function documented<Schema extends z.ZodMiniType>(schema: Schema, sentence: string, example: unknown): Schema {
  z.globalRegistry.add(schema, { description: sentence, examples: [example] });
  return schema;
}

/** A group of options; a key that is not listed is an error. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape, { error: `a mapping with ${Object.keys(shape).map((key) => `\`${key}\``).join(', ')}` });
}

/** A mapping from names, chosen by the author, to entries of one shape. */
export function named<Entry extends z.ZodMiniType>(entry: Entry, expected: string): z.ZodMiniRecord<z.ZodMiniString<string>, Entry> {
  const tooMany = `at most ${MAX_ENTRIES} entries`;
  return z.record(z.string(), entry, { error: expected }).check(z.refine((map) => Object.keys(map).length <= MAX_ENTRIES, { error: tooMany }));
}
