// What of a repository's configuration counts where an operator offers sources: the operator's addresses and queries, and the repository's own only where it is let.
import type { Config, Metric, Offer, SourceType, Withheld } from '../model/config.ts';
import { BUILT_IN_SOURCES } from './catalogue.ts';

/** SQL can do more than give a series: who may write it may read the whole database. */
export const OPERATOR_ALONE: ReadonlySet<SourceType> = new Set(['postgresql']);

type Catalogue = Pick<Config, 'metrics' | 'sources'>;

/**
 * The configuration as it holds under an offer. Of two metrics of one name the operator's counts. A metric that may not be asked stays a known name without a
 * source: what it promises can be said, not measured.
 */
export function admit(config: Config, offer: Offer): Config {
  const withheld = [...config.metrics.values()].filter(({ name }) => !offer.metrics.has(name)).flatMap((metric): readonly [string, Withheld][] => {
    const why = whyWithheld(metric, offer);
    return why === null ? [] : [[metric.name, why]];
  });
  return { ...config, ...admitCatalogue(config, offer), offer, withheld: new Map(withheld) };
}

/** The same of the catalogue alone: what the door to the sources lets through, whatever it is given. */
export function admitCatalogue({ metrics, sources }: Catalogue, offer: Offer): Catalogue {
  const own = [...metrics].map(([name, metric]): readonly [string, Metric] => [name, whyWithheld(metric, offer) === null ? metric : withoutQueries(metric)]);
  const builtIn = [...sources].filter(([name, { type }]) => name === type && isBuiltIn(type));
  return { metrics: new Map([...own, ...offer.metrics]), sources: new Map([...builtIn, ...offer.sources]) };
}

function whyWithheld({ source }: Metric, offer: Offer): Withheld | null {
  if (source === null || mayWriteQueries(source, offer)) return null;
  return { source, why: offer.sources.has(source) ? 'query' : 'source' };
}

/** Whether a repository's own queries reach a source: what has no address always, another where its operator lets them. */
export function mayWriteQueries(source: string, { sources, open }: Offer): boolean {
  const type = sources.get(source)?.type;
  return isBuiltIn(type ?? source) || (type !== undefined && open.has(source) && !OPERATOR_ALONE.has(type));
}

function withoutQueries(metric: Metric): Metric {
  return { ...metric, source: null, query: null, bad: null, total: null, samples: null };
}

const isBuiltIn = (type: string): boolean => BUILT_IN_SOURCES.some((name) => name === type);
