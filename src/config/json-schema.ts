// The JSON Schema of the configuration, for editors: generated from the schema that checks it.
import * as z from 'zod/mini';
import { configSchema } from './schema.ts';

/** The text of `schema/yardstick.schema.json`. What goes across options (names that exist, rates that are whole) only the check itself knows. */
export function renderJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { target: 'draft-7' });
  const schema = {
    $schema,
    title: 'Yardstick configuration',
    description: '.github/yardstick.yml: what a pull request that scales something has to say before it merges.',
    ...rest,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
