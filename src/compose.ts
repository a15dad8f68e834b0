// Wires the engine to GitHub and to the metric sources: over any transport, the doors that a host needs.
import { SetupError } from './errors.ts';
import type { Host } from './flows/handle.ts';
import type { Remembered } from './github/check-run.ts';
import { createForgeReader } from './github/reader.ts';
import type { Transport } from './github/transport.ts';
import { createForgeWriter } from './github/writer.ts';
import type { RepoRef } from './model/change.ts';
import type { SourceType } from './model/config.ts';
import type { ForgeReader } from './ports/forge.ts';
import type { MetricReader, MetricReading } from './ports/metrics.ts';

export interface HostOptions extends Omit<Host, 'reader' | 'writer' | 'metrics' | 'evidence'> {
  readonly transport: Transport;
  /** The one repository that the token reads; null where it may read others. */
  readonly home: RepoRef | null;
  /** Of a host with memory: which check runs of its own stand. */
  readonly checks?: Remembered;
  /** Where metric sources find their secrets, and the repository whose CSV files they may name; null: none are read. */
  readonly sources: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly repo: RepoRef;
    /** Told of each metric that could not be read. */
    readonly onFailed?: (failed: FailedReading) => void;
  } | null;
}

/** A metric that could not be read: the kind of its source, null where it has none, and whether another try may help. */
export interface FailedReading {
  readonly type: SourceType | null;
  readonly lasting: (MetricReading & { kind: 'failed' })['lasting'];
}

/** A host of the engine over one transport. */
export function compose({ transport, home, checks, sources, ...host }: HostOptions): Host {
  const reader = createForgeReader(transport, { home });
  return {
    ...host, reader, ...(checks !== undefined && { recall: checks.memory.recall }), writer: createForgeWriter(transport, checks ?? null),
    metrics: sources === null ? null : createLateMetricReader(reader, { ...sources, transport, offer: host.offer }),
    // Where an operator offers sources, no address that a repository lists is fetched.
    evidence: sources === null ? null : { readEvidence: async (query) => (await import('./metrics/evidence.ts')).createEvidenceReader(transport, { env: sources.env }).readEvidence(host.offer === null ? query : { ...query, hosts: [] }) },
  };
}

/** Vendors' protocols are loaded with the first metric that is asked for: most runs ask for none. */
function createLateMetricReader(forge: ForgeReader, { env, repo, onFailed, offer, transport }: NonNullable<HostOptions['sources']> & Pick<HostOptions, 'transport' | 'offer'>): MetricReader {
  const readFile = async (path: string): Promise<string> => {
    const reading = await forge.readText(repo, path, null);
    if (reading.kind === 'text') return reading.text;
    throw new SetupError(`${path} cannot be read in ${repo.owner}/${repo.repo}${reading.kind === 'absent' ? '' : `: ${reading.why}`}`, 'Put the file on the default branch.');
  };
  const open = async (): Promise<MetricReader> => {
    const [{ createMetricReader }, { keepToOffer }] = await Promise.all([import('./metrics/reader.ts'), import('./metrics/offered.ts')]);
    const reader = listenTo(createMetricReader({ env, readFile, home: { transport, repo } }), onFailed);
    return offer === null ? reader : keepToOffer(reader, offer);
  };
  let late: Promise<MetricReader> | null = null;
  const load = (): Promise<MetricReader> => (late ??= open());
  return {
    lock: async (refs, config) => (await load()).lock(refs, config),
    read: async (metrics, sources, range) => (await load()).read(metrics, sources, range),
  };
}

/** Of what was asked; what an operator does not offer is not asked, and no failure. */
function listenTo(reader: MetricReader, onFailed: (failed: FailedReading) => void = () => undefined): MetricReader {
  return {
    ...reader,
    read: async (metrics, sources, range) => {
      const readings = await reader.read(metrics, sources, range);
      for (const [i, reading] of readings.entries()) if (reading.kind === 'failed') onFailed({ type: sources.get(metrics[i]?.source ?? '')?.type ?? null, lasting: reading.lasting });
      return readings;
    },
  };
}
