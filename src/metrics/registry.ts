// The providers: one file each, one line here.
import { SetupError } from '../errors.ts';
import type { Source, SourceType } from '../model/config.ts';
import type { MetricProvider } from '../ports.ts';
import { createCsv, type ReadFile } from './csv.ts';
import { createDatadog } from './datadog.ts';
import { escapeQuoted, plainName, type Escape } from './escape.ts';
import { createGraphite } from './graphite.ts';
import { createInfluxDb } from './influxdb.ts';
import { createPrometheus } from './prometheus.ts';
import { createAsk, type AskOptions } from './request.ts';

/** What providers need of the host. */
export interface Surroundings extends AskOptions {
  readonly readFile: ReadFile;
}

interface ProviderRow {
  readonly create: (source: Source, surroundings: Surroundings) => MetricProvider;
  /** How a template's arguments get into this provider's queries. */
  readonly escape: Escape;
}

const PROVIDERS: { readonly [Type in SourceType]?: ProviderRow } = {
  prometheus: { create: (source, surroundings) => createPrometheus(createAsk(source, surroundings)), escape: escapeQuoted },
  datadog: { create: (source, surroundings) => createDatadog(createAsk({ ...source, url: source.url ?? 'https://api.datadoghq.com' }, surroundings)), escape: plainName },
  influxdb: { create: (source, surroundings) => createInfluxDb(createAsk(source, surroundings)), escape: escapeQuoted },
  graphite: { create: (source, surroundings) => createGraphite(createAsk(source, surroundings)), escape: plainName },
  csv: { create: (source, { readFile }) => createCsv(source.url ?? '', readFile), escape: plainName },
};

/** @throws SetupError for a source that can't be asked */
export function createProvider(source: Source, surroundings: Surroundings): { readonly provider: MetricProvider; readonly escape: Escape } {
  const row = PROVIDERS[source.type];
  if (row === undefined) throw new SetupError(`sources of type \`${source.type}\` can't be read yet`, `Sources that can: ${Object.keys(PROVIDERS).join(', ')}.`);
  return { provider: row.create(source, surroundings), escape: row.escape };
}
