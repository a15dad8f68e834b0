// Layers of configuration → the complete one: the first layer wins, then what it extends, then the defaults.
// Sections merge key by key; lists replace; a metric, source, service or rule of the same name replaces the whole entry.
import type { Config, Metric, RuleRollout, Source } from '../model/config.ts';
import { parseDuration } from '../quantity/duration.ts';
import { BUILT_IN_SOURCES } from './catalogue.ts';
import { DEFAULTS } from './defaults.ts';
import type { ConfigText } from './schema.ts';

/** The configuration in force. `layers` are ordered: the repository's file (or the organisation's), then the one it extends. */
export function completeConfig(layers: readonly ConfigText[]): Config {
  const said = layers.toReversed().reduce<ConfigText>(overlay, {});
  const text = { ...DEFAULTS, ...said };
  return {
    mode: text.mode,
    ...scoping(said),
    incidentLabels: text['incident-labels'],
    tiers: tiersOf(said),
    cost: costOf(said),
    labels: labelsOf(said),
    waivers: waiversOf(said),
    defaults: measuringOf(said),
    rules: mapValues(said.rules, ([, rule]): RuleRollout => ({ mode: rule.mode ?? text.mode, from: rule.from ?? null })),
    metrics: mapValues(said.metrics, ([name, metric]) => metricOf(name, metric)),
    sources: sourcesOf(said),
    offer: null,
    withheld: new Map(),
    services: mapValues(said.services, ([, globs]) => globs),
    hypothesisFiles: text['hypothesis-files'],
    evidenceHosts: text['evidence-hosts'],
  };
}

/** What holds without any configuration. */
export function defaultConfig(): Config {
  return completeConfig([]);
}

/** `upper` over `lower`, by the rules at the top of this file. */
function overlay(lower: ConfigText, upper: ConfigText): ConfigText {
  return {
    ...lower,
    ...upper,
    scope: { ...lower.scope, ...upper.scope },
    exempt: { ...lower.exempt, ...upper.exempt },
    tiers: {
      'auto-bet': { ...lower.tiers?.['auto-bet'], ...upper.tiers?.['auto-bet'] },
      light: { ...lower.tiers?.light, ...upper.tiers?.light },
    },
    cost: { ...lower.cost, ...upper.cost },
    labels: { ...lower.labels, ...upper.labels },
    waivers: { ...lower.waivers, ...upper.waivers },
    defaults: { ...lower.defaults, ...upper.defaults },
    rules: { ...lower.rules, ...upper.rules },
    services: { ...lower.services, ...upper.services },
    sources: { ...lower.sources, ...upper.sources },
    metrics: { ...lower.metrics, ...upper.metrics },
  };
}

function scoping(said: ConfigText): Pick<Config, 'scope' | 'exempt'> {
  const scope = { ...DEFAULTS.scope, ...said.scope };
  const increase = scope['cost-increase'];
  return {
    scope: {
      labels: scope.labels,
      paths: scope.paths,
      presets: said.presets ?? DEFAULTS.presets,
      costIncrease: increase === 'never' ? null : increase,
      nonProduction: scope['non-production'],
      production: scope.production,
    },
    exempt: { ...DEFAULTS.exempt, ...said.exempt },
  };
}

function tiersOf(said: ConfigText): Config['tiers'] {
  const autoBet = { ...DEFAULTS.tiers['auto-bet'], ...said.tiers?.['auto-bet'] };
  const light = { ...DEFAULTS.tiers.light, ...said.tiers?.light };
  return {
    autoBet: { factor: autoBet.factor, monthlyCost: autoBet['monthly-cost'] },
    light: { factor: light.factor, monthlyCost: light['monthly-cost'] },
  };
}

function costOf(said: ConfigText): Config['cost'] {
  const cost = { ...DEFAULTS.cost, ...said.cost };
  return { ...cost, expected: cost.expected === 'none' ? null : cost.expected };
}

function labelsOf(said: ConfigText): Config['labels'] {
  const { needed, linked, waived, 'outcome-prefix': outcomePrefix } = { ...DEFAULTS.labels, ...said.labels };
  return { needed, linked, waived, outcomePrefix };
}

function waiversOf(said: ConfigText): Config['waivers'] {
  const waivers = { ...DEFAULTS.waivers, ...said.waivers };
  return { allow: waivers.allow, byAuthor: waivers['by-author'] };
}

function measuringOf(said: ConfigText): Config['defaults'] {
  const { window, settle, environment } = { ...DEFAULTS.defaults, ...said.defaults };
  return { window: seconds(window), settle: seconds(settle), environment };
}

function metricOf(name: string, metric: NonNullable<ConfigText['metrics']>[string]): Metric {
  return {
    name,
    unit: metric.unit ?? null,
    better: metric.better ?? null,
    kind: metric.kind ?? 'gauge',
    source: metric.source ?? null,
    query: metric.query ?? null,
    bad: metric.bad ?? null,
    total: metric.total ?? null,
    samples: metric.samples ?? null,
    parameters: mapValues(metric.parameters, ([, parameter]) => ({ values: parameter.values ?? null, pattern: parameter.pattern ?? null })),
    aggregate: metric.aggregate ?? null,
    cadence: metric.cadence === undefined ? null : seconds(metric.cadence),
    public: metric.public ?? false,
  };
}

/** The sources that are defined, and the built-in ones that metrics name. */
function sourcesOf(said: ConfigText): Config['sources'] {
  const named = new Set(Object.values(said.metrics ?? {}).map((metric) => metric.source));
  const implied = BUILT_IN_SOURCES.filter((type) => named.has(type)).map((type): [string, Source] => [type, sourceOf(type, { type })]);
  const defined = mapValues(said.sources, ([name, source]) => sourceOf(name, source));
  return new Map([...implied, ...defined]);
}

function sourceOf(name: string, source: NonNullable<ConfigText['sources']>[string]): Source {
  return {
    name,
    type: source.type,
    url: source.url ?? null,
    headers: new Map(Object.entries(source.headers ?? {})),
    version: source.version ?? null,
    database: source.database ?? null,
    region: source.region ?? null,
    account: source.account ?? null,
  };
}

/** The schema lets only lengths of time through, so that 0 is never reached. */
function seconds(duration: string): number {
  return parseDuration(duration) ?? 0;
}

function mapValues<From, To>(record: Readonly<Record<string, From>> | undefined, toValue: (entry: [string, From]) => To): ReadonlyMap<string, To> {
  return new Map(Object.entries(record ?? {}).filter(([, value]) => value !== undefined).map((entry) => [entry[0], toValue(entry)]));
}
