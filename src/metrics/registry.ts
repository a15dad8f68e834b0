// The providers: one file each, one line here.
import { SetupError } from '../errors.ts';
import type { Source, SourceType } from '../model/config.ts';
import type { MetricProvider } from '../ports/metrics.ts';
import { awsDialect, regionOf } from './aws.ts';
import { createCloudWatch } from './cloudwatch.ts';
import { createCsv, type ReadFile } from './csv.ts';
import { createDatadog } from './datadog.ts';
import { escapePromQl, escapeQuoted, plainName, type Escape } from './escape.ts';
import { createGitHub, type Home } from './github.ts';
import { createGraphite } from './graphite.ts';
import { createHttpJson } from './http-json.ts';
import { createInfluxDb } from './influxdb.ts';
import { createInfluxDb2 } from './influxdb2.ts';
import { createNewRelic, newRelicAddress, newRelicDialect } from './newrelic.ts';
import { createOpenCost } from './opencost.ts';
import { createPostgreSql } from './postgresql.ts';
import { createPrometheus } from './prometheus.ts';
import { createAsk as ask, type AskOptions } from './request.ts';

/** What providers need of the host. */
export interface Surroundings extends AskOptions {
  readonly readFile: ReadFile;
  /** The repository of the run, for metrics that GitHub itself has; null or unsaid where there is none. */
  readonly home?: Home | null;
}

interface ProviderRow {
  /** @throws SetupError for a source that can't be asked */
  readonly create: (source: Source, surroundings: Surroundings) => MetricProvider;
  /** How a template's arguments get into this provider's queries. */
  readonly escape: Escape;
}

const PROVIDERS: { readonly [Type in SourceType]?: ProviderRow } = {
  prometheus: { create: (source, around) => createPrometheus(ask(source, around, source.region === null ? {} : awsDialect(source, around.env, { region: source.region, service: 'aps' }))), escape: escapePromQl },
  datadog: { create: (source, around) => createDatadog(ask(at(source, 'https://api.datadoghq.com'), around)), escape: plainName },
  cloudwatch: {
    create: (source, around) => {
      const region = regionOf(source, around.env);
      return createCloudWatch(ask(at(source, `https://monitoring.${region}.amazonaws.com`), around, awsDialect(source, around.env, { region, service: 'monitoring' })));
    },
    escape: plainName,
  },
  newrelic: { create: (source, around) => createNewRelic(ask(at(source, newRelicAddress(source)), around, newRelicDialect), source), escape: escapeQuoted },
  influxdb: { create: (source, around) => (source.version === 2 ? createInfluxDb2(ask(source, around), source) : createInfluxDb(ask(source, around), source)), escape: escapeQuoted },
  graphite: { create: (source, around) => createGraphite(ask(source, around)), escape: plainName },
  postgresql: { create: createPostgreSql, escape: plainName },
  opencost: { create: (source, around) => createOpenCost(ask(source, around)), escape: plainName },
  github: { create: (_, { home }) => createGitHub(home ?? null), escape: plainName },
  http: { create: (source, around) => createHttpJson(ask(source, around)), escape: plainName },
  csv: { create: (source, { readFile }) => createCsv(source.url ?? '', readFile), escape: plainName },
};

/** @throws SetupError for a source that can't be asked */
export function createProvider(source: Source, surroundings: Surroundings): MetricProvider {
  const row = PROVIDERS[source.type];
  if (row === undefined) throw new SetupError(`a source of type \`${source.type}\` gives no series`, `Sources that do: ${Object.keys(PROVIDERS).join(', ')}.`);
  return row.create(source, surroundings);
}

/** How arguments get into the queries of a source. */
export function escapeOf({ type, version }: Source): Escape {
  return type === 'influxdb' && version === 2 ? plainName : (PROVIDERS[type]?.escape ?? plainName);
}

/** The vendor's own address where the source names none. */
function at(source: Source, url: string): Source {
  return { ...source, url: source.url ?? url };
}
