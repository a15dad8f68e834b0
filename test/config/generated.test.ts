// What is generated from the schema is committed as generated: the JSON Schema, and the table of the documentation.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/defaults.ts';
import { listOptions } from '../../src/config/describe.ts';
import { renderJsonSchema } from '../../src/config/json-schema.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { renderOptionTable } from '../../src/config/reference-table.ts';
import { configSchema } from '../../src/config/schema.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const documentation = read('docs/configuration.md');

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Record<string, JsonSchema>;
  readonly additionalProperties?: JsonSchema | boolean;
}

describe('JSON Schema', () => {
  test('is the committed file (npm run schema writes it)', () => {
    expect(read('schema/yardstick.schema.json')).toBe(renderJsonSchema());
  });

  test('documents every option and allows no other', () => {
    const root = JSON.parse(renderJsonSchema()) as JsonSchema;
    for (const { path } of listOptions()) {
      let schema: JsonSchema | undefined = root;
      for (const step of path) {
        if (step === '<name>') schema = typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
        else {
          expect(schema?.additionalProperties, path.join('.')).toBe(false);
          schema = schema?.properties?.[step];
        }
      }
      expect(schema?.description, path.join('.')).toMatch(/\.$/);
    }
  });
});

describe('documentation', () => {
  test('holds the table as generated (npm run schema writes it)', () => {
    const [, table] = /<!-- options -->\n([^]*)\n<!-- \/options -->/.exec(documentation) ?? [];
    expect(table).toBe(renderOptionTable());
  });

  test('its YAML is sound', () => {
    const blocks = [...documentation.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => block);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(parseConfig(block, 'docs/configuration.md')).toMatchObject({ ok: true });
  });

  test('its annotated example says every option', () => {
    const [, block = ''] = /<!-- annotated -->\n```yaml\n([^]*?)```/.exec(documentation) ?? [];
    for (const { path } of listOptions()) expect(block, path.join('.')).toContain(`${path.at(-1)}:`);
  });
});

test('the defaults are themselves a sound configuration', () => {
  expect(configSchema.safeParse(structuredClone(DEFAULTS))).toMatchObject({ success: true });
});
