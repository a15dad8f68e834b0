// docs/metrics.md is held to the code: every kind of source has its section, and every example can be asked as it stands.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { completeConfig } from '../../src/config/complete.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { createProvider } from '../../src/metrics/registry.ts';
import { createMetricReader } from '../../src/metrics/reader.ts';
import { resolveMetric } from '../../src/metrics/resolve.ts';
import type { Config, Metric } from '../../src/model/config.ts';
import { vendors } from './vendors.ts';

const text = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
const schema = JSON.parse(readFileSync(new URL('../../schema/yardstick.schema.json', import.meta.url), 'utf8')) as { properties: { sources: { additionalProperties: { properties: { type: { enum: string[] } } } } } };
const types = schema.properties.sources.additionalProperties.properties.type.enum;
const sections = [...text.matchAll(/^## `(\w+)`\n([\s\S]*?)(?=^## )/gm)].map(([, type = '', body = '']) => ({ type, body, yaml: /```yaml\n([\s\S]*?)```/.exec(body)?.[1] ?? '' }));

test('every kind of source has a section, in the order of the schema or not', () => {
  expect(sections.map(({ type }) => type).sort()).toEqual([...types].sort());
});

test('every vendor of the contract suite is documented', () => {
  expect(vendors.map(({ source }) => source.type).filter((type) => !types.includes(type))).toEqual([]);
});

/** Every variable that an example names is set. */
const env = Object.fromEntries([...text.matchAll(/\$\{(YARDSTICK_[A-Z_]+)\}/g)].map(([, name = '']) => [name, 'secret']).concat([['AWS_ACCESS_KEY_ID', 'AKIA'], ['AWS_SECRET_ACCESS_KEY', 'secret']])) as Record<string, string>;
const surroundings = { env, readFile: async () => '', home: { transport: async () => ({ status: 200, headers: {}, body: {} }), repo: { owner: 'acme', repo: 'shop' } } };

function exampleOf(yaml: string): Config {
  const parsed = parseConfig(yaml, 'docs/metrics.md');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return completeConfig([parsed.value]);
}

const firstArguments = ({ parameters }: Metric): readonly string[] => [...parameters.values()].map(({ values }) => values?.[0] ?? '');

describe.each(sections.map(({ type, yaml, body }) => [type, yaml, body] as const))('%s', (type, yaml, body) => {
  const config = exampleOf(yaml);

  test('its example has a metric on a source of its kind, and says what may go wrong', () => {
    expect([...config.metrics.values()].map((metric) => config.sources.get(metric.source ?? '')?.type)).toContain(type);
    expect(body).toMatch(/^- .{40,}/m);
  });

  test.each([...config.metrics.values()].map((metric) => [metric.name, metric] as const))('%s can be asked', async (name, metric) => {
    const ref = { name, args: firstArguments(metric) };
    if (type === 'manual' || type === 'evidence') {
      return void expect(await createMetricReader(surroundings).lock([ref], config)).toMatchObject([{ sourceType: type, queries: null }]);
    }
    const { source, queries } = resolveMetric(ref, config);
    expect(queries.join()).not.toMatch(/\{service\}/);
    expect(createProvider(source, surroundings)).toHaveProperty('readSeries');
  });
});
