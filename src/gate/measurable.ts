// Rule "measurable": a costly bet needs goals that a metric source can show, or evidence.
import type { Config } from '../model/config.ts';
import type { Tier } from '../model/decision.ts';
import type { Criterion, Hypothesis } from '../model/hypothesis.ts';
import type { Problem } from '../model/problem.ts';
import { quote } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** Names that the catalogue doesn't know are told where the hypothesis is read; here: known, but without a source. What an App's operator withholds its author cannot mend. */
export function evaluateMeasurable(hypothesis: Hypothesis, config: Config, tier: Tier): Ruling<readonly Problem[]> {
  if (config.metrics.size === 0) return ruling('measurable', { outcome: 'not-applicable', text: 'no metric catalogue: names are taken as written' }, []);
  if (tier !== 'full') return ruling('measurable', { outcome: 'not-applicable', text: `tier ${tier} does not ask for it` }, []);
  const problems = hypothesis.criteria.filter(({ role }) => role === 'goal').flatMap((criterion) => lacksSource(criterion, config));
  if (problems.length === 0) return ruling('measurable', { outcome: 'met', text: 'every goal has a metric with a source, or evidence' }, []);
  return ruling('measurable', { outcome: 'not-met', text: problems.map(({ found }) => found).join('; ') }, problems);
}

function lacksSource(criterion: Criterion, { metrics, sources, withheld }: Config): readonly Problem[] {
  if (criterion.kind === 'evidence' || criterion.manual || withheld.has(criterion.metric.name)) return [];
  const metric = metrics.get(criterion.metric.name);
  if (metric === undefined || metric.source !== null || sources.size === 1) return [];
  return [{
    code: 'metric-without-source', place: criterion.place, found: `${quote(metric.name)} has no source in the catalogue`,
    expected: 'for tier `full`: a metric with a source, `manual:`, or `evidence:`',
    remedy: `Give ${quote(metric.name)} a ${quote('source')} in the configuration, or use ${quote(`evidence: … shows ${metric.name} < …`)}.`,
  }];
}
