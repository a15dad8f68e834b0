// The door to the sources where an operator keeps it: nothing is asked that is not offered, whatever a configuration or a record says.
import { admitCatalogue, mayWriteQueries } from '../config/admit.ts';
import { parseMetricName } from '../metric-name.ts';
import type { Offer } from '../model/config.ts';
import type { LockedMetric } from '../model/experiment.ts';
import type { MetricReader, MetricReading } from '../ports/metrics.ts';

export function keepToOffer(reader: MetricReader, offer: Offer): MetricReader {
  return {
    lock: (refs, config) => reader.lock(refs, admitCatalogue(config, offer)),
    read: async (metrics, sources, range) => {
      const refused = metrics.map((metric) => whyRefused(metric, offer));
      const asked = await reader.read(metrics.filter((_, i) => refused[i] === null), admitCatalogue({ metrics: new Map(), sources }, offer).sources, range);
      const answers = asked.values();
      return refused.flatMap((message) => (message === null ? (answers.next().value ?? []) : refuse(message)));
    },
  };
}

/** A record may be older than the offer: what was withdrawn is asked no more. */
function whyRefused({ name, source }: LockedMetric, offer: Offer): string | null {
  if (source === null) return `the metric \`${name}\` has no source that the App’s operator offers this repository`;
  if (mayWriteQueries(source, offer)) return null;
  if (!offer.sources.has(source)) return `the App’s operator does not offer this repository the source \`${source}\``;
  return offer.metrics.get(parseMetricName(name).name)?.source === source ? null : `on the source \`${source}\` the App’s operator alone writes queries, and \`${name}\` is none of theirs`;
}

function refuse(message: string): MetricReading {
  return { kind: 'failed', lasting: 'setup', message, remedy: 'Ask the operator of the App to allow it.' };
}
