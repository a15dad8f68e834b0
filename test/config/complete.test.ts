// Layers of configuration → the complete one: who wins, what merges, what is replaced, what holds by default.
import { describe, expect, test } from 'vitest';
import { completeConfig, defaultConfig } from '../../src/config/complete.ts';
import type { ConfigText } from '../../src/config/schema.ts';
import type { Config } from '../../src/model/config.ts';

const DAY = 86_400;

describe('defaults', () => {
  test('are the numbers and names that the product promises', () => {
    const config = defaultConfig();
    expect(config).toMatchObject({
      mode: 'enforce',
      incidentLabels: ['incident'],
      tiers: { autoBet: { factor: 2, monthlyCost: 50 }, light: { factor: 4, monthlyCost: 500 } },
      labels: { needed: 'hypothesis: needed', linked: 'hypothesis: linked', waived: 'hypothesis: waived', outcomePrefix: 'outcome: ' },
      defaults: { window: 7 * DAY, settle: 3_600, environment: 'production' },
      cost: { expected: null },
    });
    expect(config.scope).toMatchObject({
      labels: ['infrastructure', 'scaling'],
      paths: [],
      presets: ['terraform', 'kubernetes', 'helm', 'cloudformation', 'pulumi', 'serverless', 'compose'],
    });
    expect(config.metrics.size + config.sources.size + config.rules.size).toBe(0);
  });

  test('no bot that promotes releases is taken for a dependency bot', () => {
    expect(defaultConfig().exempt.bots).toContain('renovate[bot]');
    for (const login of ['github-actions[bot]', 'argocd-image-updater[bot]', 'fluxcdbot', 'flux']) expect(defaultConfig().exempt.bots).not.toContain(login);
  });
});

describe('layers', () => {
  type Case = readonly [name: string, layers: readonly ConfigText[], pick: (config: Config) => unknown, expected: unknown];
  const cases: readonly Case[] = [
    ['the first says the mode', [{ mode: 'observe' }, { mode: 'enforce' }], (config) => config.mode, 'observe'],
    ['the second where the first is silent', [{}, { mode: 'advise' }], (config) => config.mode, 'advise'],
    ['sections merge key by key', [{ scope: { paths: ['a/**'] } }, { scope: { labels: ['x'] } }], (config) => [config.scope.paths, config.scope.labels], [['a/**'], ['x']]],
    ['lists replace', [{ scope: { paths: ['a/**'] } }, { scope: { paths: ['b/**'] } }], (config) => config.scope.paths, ['a/**']],
    ['an empty list replaces too', [{ exempt: { bots: [] } }], (config) => config.exempt.bots, []],
    ['one number of a tier', [{ tiers: { light: { factor: 8 } } }, { tiers: { light: { 'monthly-cost': 900 } } }], (config) => config.tiers.light, { factor: 8, monthlyCost: 900 }],
    ['metrics come together', [{ metrics: { a: {} } }, { metrics: { b: {} } }], (config) => [...config.metrics.keys()].sort(), ['a', 'b']],
    ['a metric replaces the whole entry', [{ metrics: { a: { unit: 's' } } }, { metrics: { a: { unit: 'ms', query: 'q' } } }], (config) => [config.metrics.get('a')?.unit, config.metrics.get('a')?.query], ['s', null]],
    ['a source replaces the whole entry', [{ sources: { p: { type: 'csv', url: 'a.csv' } } }, { sources: { p: { type: 'http', url: 'https://x', headers: { A: 'b' } } } }], (config) => config.sources.get('p'), { name: 'p', type: 'csv', url: 'a.csv', headers: new Map(), version: null, database: null, region: null, account: null }],
    ['never by cost', [{ scope: { 'cost-increase': 'never' } }], (config) => config.scope.costIncrease, null],
    ['no report, although the baseline expects one', [{ cost: { expected: 'none' } }, { cost: { expected: 'file', file: 'c.json' } }], (config) => [config.cost.expected, config.cost.file], [null, 'c.json']],
    ['a rule without a mode of its own', [{ mode: 'advise', rules: { diff: { from: '2026-09-01' } } }], (config) => config.rules.get('diff'), { mode: 'advise', from: '2026-09-01' }],
    ['lengths of time in seconds', [{ defaults: { window: '2w', settle: '90m' } }], (config) => [config.defaults.window, config.defaults.settle], [14 * DAY, 5_400]],
    ['a template', [{ metrics: { p: { cadence: '1d', parameters: { s: { values: ['a'] } } } } }], (config) => [config.metrics.get('p')?.parameters.get('s'), config.metrics.get('p')?.cadence], [{ values: ['a'], pattern: null }, DAY]],
    ['a source that needs no entry', [{ metrics: { nps: { source: 'manual' } } }], (config) => config.sources.get('manual')?.type, 'manual'],
    ['services keep their globs', [{ services: { orders: ['orders/**'] } }], (config) => config.services.get('orders'), ['orders/**']],
  ];
  test.each(cases.map(([name, ...rest]) => [name, rest] as const))('%s', (_, [layers, pick, expected]) => {
    expect(pick(completeConfig(layers))).toEqual(expected);
  });
});
