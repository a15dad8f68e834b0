// `m < 300 ms for each service`: one criterion becomes one for each value that the template allows.
import type { Metric } from '../model/config.ts';
import type { Criterion, MetricCriterion, MetricRef } from '../model/hypothesis.ts';
import { bindMetric, isParameter } from './bind.ts';
import { renderMetric } from '../metric-name.ts';

/** What is allowed to stand for `each`: the parameter's listed values, or the configuration's services that fit its pattern. */
export interface Catalogue {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly services: ReadonlyMap<string, readonly string[]>;
}

/** Every criterion by itself; those without `for each` stay as they are. */
export function expandEach(criteria: readonly Criterion[], catalogue: Catalogue): readonly Criterion[] {
  return criteria.flatMap((criterion): readonly Criterion[] => (criterion.kind === 'metric' && criterion.forEach !== null ? expand(criterion, catalogue) : [criterion]));
}

function expand(criterion: MetricCriterion, catalogue: Catalogue): readonly MetricCriterion[] {
  const refs = eachOf(criterion.metric, criterion.forEach ?? '', catalogue);
  return refs.length === 0 ? [criterion] : refs.map((metric) => ({ ...criterion, metric, forEach: null, text: `${criterion.text} (${renderMetric(metric)})` }));
}

/** The metrics that `for each <word>` stands for; empty where the template has no such parameter or nothing to choose from. */
function eachOf(ref: MetricRef, word: string, { metrics, services }: Catalogue): readonly MetricRef[] {
  const parameters = [...(metrics.get(ref.name)?.parameters ?? [])];
  const index = parameters.findIndex(([name]) => isParameter(name, word));
  const allowed = parameters[index]?.[1];
  if (allowed === undefined || ref.args.length !== parameters.length - 1) return [];
  const values = allowed.values ?? [...services.keys()];
  return values.map((value): MetricRef => ({ name: ref.name, args: ref.args.toSpliced(index, 0, value) })).filter((candidate) => bindMetric(candidate, metrics).ok);
}
