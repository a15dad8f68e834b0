// What of an experiment its readers may know: on a public repository values, costs and queries only of metrics that are public.
import type { CriterionResult, Experiment, LockedMetric, StoredBaseline } from '../model/experiment.ts';

/** Who reads the record. `open`: anybody; `team`: only people who may see the repository. */
export type Audience = 'open' | 'team';

/** What is taken out for an open audience, to be sealed where there is a key. */
export interface Withheld {
  readonly queries: Readonly<Record<string, readonly string[]>>;
  readonly baselines: Readonly<Record<string, StoredBaseline>>;
}

/** The audience of a repository's comments. */
export function audienceOf(visibility: 'public' | 'private' | 'internal'): Audience {
  return visibility === 'public' ? 'open' : 'team';
}

/** Names of the metrics whose values may be told. */
function shownMetrics({ metrics }: Pick<Experiment, 'metrics'>, audience: Audience): ReadonlySet<string> {
  return new Set(metrics.filter((metric) => audience === 'team' || metric.public).map(({ name }) => name));
}

/** The experiment as this audience may read it, and what was taken out. */
export function share(experiment: Experiment, audience: Audience): { readonly shared: Experiment; readonly withheld: Withheld | null } {
  if (audience === 'team') return { shared: experiment, withheld: null };
  const shown = shownMetrics(experiment, audience);
  const hidden = experiment.metrics.filter(({ name }) => !shown.has(name));
  const result = experiment.result && { ...experiment.result, criteria: experiment.result.criteria.map((criterion) => (shown.has(criterion.metric) ? criterion : withoutValues(criterion))) };
  const shared: Experiment = {
    ...experiment,
    metrics: experiment.metrics.map((metric) => (shown.has(metric.name) ? metric : { ...metric, queries: null, samples: null })),
    baselines: Object.fromEntries(Object.entries(experiment.baselines).filter(([name]) => shown.has(name))),
    members: experiment.members.map((member) => ({ ...member, monthlyCost: null, currency: null })),
    answers: experiment.answers.filter(({ metric }) => shown.has(metric)),
    result,
  };
  const withheld: Withheld = {
    queries: Object.fromEntries(hidden.flatMap(({ name, queries }) => (queries === null ? [] : [[name, queries]]))),
    baselines: Object.fromEntries(Object.entries(experiment.baselines).filter(([name]) => !shown.has(name))),
  };
  return { shared, withheld: hidden.length === 0 ? null : withheld };
}

/** Puts back what was withheld. */
export function restore(shared: Experiment, { queries, baselines }: Withheld): Experiment {
  const metrics = shared.metrics.map((metric): LockedMetric => ({ ...metric, queries: metric.queries ?? queries[metric.name] ?? null }));
  return { ...shared, metrics, baselines: { ...shared.baselines, ...baselines } };
}

/** Relative changes and words stay; levels and amounts in the metric's unit go. */
function withoutValues(criterion: CriterionResult): CriterionResult {
  const absolute = criterion.scale === 'absolute';
  return { ...criterion, before: null, after: null, ...(absolute ? { estimate: null, interval: null, mde: null } : {}) };
}
