// The JSON Schemas for editors: generated from the schemas that check a repository's configuration and an operator's sources.
import * as z from 'zod/mini';
import { offersSchema } from './offers.ts';
import { configSchema } from './schema.ts';

/** The text of `schema/yardstick.schema.json`. What goes across options (names that exist, rates that are whole) only the check itself knows. */
export function renderJsonSchema(): string {
  return render(configSchema, { title: 'Yardstick configuration', description: '.github/yardstick.yml: what a pull request that scales something has to say before it merges.' });
}

/** The text of `schema/yardstick-sources.schema.json`. */
export function renderOffersSchema(): string {
  return render(offersSchema, { title: 'Yardstick sources', description: 'YARDSTICK_SOURCES: which metric sources an App asks for whom, and which metrics its operator defines on them.' });
}

function render(from: z.ZodMiniType, about: { readonly title: string; readonly description: string }): string {
  const { $schema, ...rest } = z.toJSONSchema(from, { target: 'draft-7' });
  return `${JSON.stringify({ $schema, ...about, ...rest }, null, 2)}\n`;
}
