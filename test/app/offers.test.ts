// The operator's file: the example of the documentation does what it says, and the schema for editors is the one that checks.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { offerFor, readOffers } from '../../app/offers.ts';
import { renderOffersSchema } from '../../src/config/json-schema.ts';

const schema = readFileSync('schema/yardstick-sources.schema.json', 'utf8');
const example = /<!-- sources -->\n```yaml\n([^]*?)```/.exec(readFileSync('docs/app.md', 'utf8'))?.[1] ?? '';
const env = { YARDSTICK_PROMETHEUS_TOKEN: 'x', YARDSTICK_DB_PASSWORD: 'y' };

test('the schema is the committed file (npm run schema writes it), and allows the example', () => {
  expect(schema).toBe(renderOffersSchema());
  const { $schema: _, ...rest } = JSON.parse(schema) as Record<string, unknown>;
  expect(new Ajv({ strict: false }).validate(rest, load(example))).toBe(true);
});

test('the example of the documentation', () => {
  const problems: string[] = [];
  const allowances = readOffers(example, 'docs/app.md', { env, problems });
  expect(problems).toEqual([]);
  const offerOf = (name: string) => {
    const [owner = '', repo = ''] = name.split('/');
    const { sources, metrics, open } = offerFor({ owner, repo }, allowances);
    return { sources: [...sources.keys()], metrics: [...metrics.keys()], open: [...open] };
  };
  expect(offerOf('acme/infra')).toEqual({ sources: ['prom'], metrics: ['p95'], open: [] });
  expect(offerOf('Acme/Shop-EU')).toEqual({ sources: ['prom', 'shop', 'warehouse'], metrics: ['p95', 'signups'], open: ['shop'] });
  for (const stranger of ['acme/playground', 'mallory/acme', 'acmecorp/infra', 'mallory/shop-x']) expect(offerOf(stranger)).toEqual({ sources: [], metrics: [], open: [] });
});
