// Checks a hypothesis against the metric catalogue of the base branch: names, arguments, units, directions.
import type { Metric } from '../model/config.ts';
import type { Criterion, Hours, Hypothesis, MetricCriterion, MetricRef } from '../model/hypothesis.ts';
import type { Note, Parsed, Problem } from '../model/problem.ts';
import { bindEach, bindMetric } from './bind.ts';
import { checkMeaning } from './meaning.ts';
import { fitExpectation } from './expectation-fit.ts';
import { inOrder } from './in-order.ts';
import { fitQuantity } from './units-fit.ts';

/** The hypothesis in the catalogue's units, and what doesn't fit. */
export interface CatalogueCheck {
  readonly hypothesis: Hypothesis;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** `about` is the metric that is meant where it isn't the criterion's own. */
type Found = Omit<Problem, 'place'> & { readonly about?: string };
interface Checked<T> {
  readonly value: T;
  readonly found: readonly Found[];
}

/** Checks every criterion. With an empty catalogue names are taken as written, and a note says so. */
export function checkCatalogue(hypothesis: Hypothesis, metrics: ReadonlyMap<string, Metric>): CatalogueCheck {
  const checked = hypothesis.criteria.map((criterion) => {
    const { value, found } = checkCriterion(criterion, metrics);
    return { value, problems: found.map((problem) => locate(problem, criterion)) };
  });
  const measured = hypothesis.criteria.some((criterion) => criterion.kind === 'metric' && !criterion.manual);
  const notes: readonly Note[] = metrics.size === 0 && measured ? [{ code: 'no-catalogue', text: 'not measurable yet: no metric catalogue' }] : [];
  return { hypothesis: { ...hypothesis, criteria: checked.map(({ value }) => value) }, problems: checked.flatMap(({ problems }) => problems), notes };
}

/** Points at the metric that is meant; the text of a criterion is a piece of its line as written. */
function locate({ about, ...problem }: Found, { text, place, metric }: Criterion): Problem {
  const at = about === undefined ? text.indexOf(metric.name) : text.lastIndexOf(about);
  return { ...problem, place: { ...place, column: place.column + Math.max(0, at) } };
}

/** What was parsed, checked: a criterion that can't be read doesn't hide what the catalogue says of the others. */
export function checkParsed(parsed: Parsed<Hypothesis>, metrics: ReadonlyMap<string, Metric>): Omit<CatalogueCheck, 'hypothesis'> & { readonly hypothesis: Hypothesis | null } {
  if (parsed.ok) {
    const { hypothesis, problems, notes } = checkCatalogue(parsed.value, metrics);
    return { hypothesis, problems, notes: [...parsed.notes, ...notes] };
  }
  const more = parsed.readable === undefined ? [] : checkCatalogue(parsed.readable, metrics).problems;
  return { hypothesis: null, problems: inOrder([...parsed.problems, ...more]), notes: [] };
}

function checkCriterion(criterion: Criterion, metrics: ReadonlyMap<string, Metric>): Checked<Criterion> {
  if (criterion.kind === 'evidence') return checkEvidence(criterion, metrics);
  const known = metrics.get(criterion.metric.name);
  // A manual metric is answered by a person: it may stand in no catalogue.
  const free = metrics.size === 0 || (criterion.manual && known === undefined);
  const binding = free ? null : criterion.forEach === null ? bindMetric(criterion.metric, metrics) : bindEach(criterion.metric, criterion.forEach, metrics);
  if (binding !== null && !binding.ok) return { value: criterion, found: [unboundProblem(binding)] };
  const metric = binding?.metric ?? null;
  const expects = fitExpectation(criterion.expects, metric);
  const hours = checkHours(criterion.hours, metrics);
  const against = checkControl(criterion, metrics);
  const value: MetricCriterion = { ...criterion, expects: expects.value, hours: hours.value, against: against.value, manual: criterion.manual || metric?.source === 'manual' };
  return { value, found: [...expects.found, ...hours.found, ...against.found, ...checkMeaning(criterion, metric)] };
}

/** A load test may measure what no catalogue holds; where the catalogue knows the name, units must fit. */
function checkEvidence(criterion: Criterion & { readonly kind: 'evidence' }, metrics: ReadonlyMap<string, Metric>): Checked<Criterion> {
  const metric = metrics.get(criterion.metric.name);
  if (metric === undefined) return { value: criterion, found: [] };
  const fitted = fitQuantity(criterion.bound, metric);
  return fitted.ok ? { value: { ...criterion, bound: fitted.quantity }, found: [] } : { value: criterion, found: [{ code: 'wrong-unit', found: fitted.found, expected: fitted.expected, remedy: fitted.remedy, about: criterion.metric.name }] };
}

function checkHours(hours: Hours, metrics: ReadonlyMap<string, Metric>): Checked<Hours> {
  if (hours.kind !== 'when' || metrics.size === 0) return { value: hours, found: [] };
  const binding = bindMetric(hours.metric, metrics);
  const about = hours.metric.name;
  if (!binding.ok) return { value: hours, found: [{ ...unboundProblem(binding), about }] };
  const fitted = fitQuantity(hours.bound, binding.metric);
  return fitted.ok ? { value: { ...hours, bound: fitted.quantity }, found: [] } : { value: hours, found: [{ code: 'wrong-unit', found: fitted.found, expected: fitted.expected, remedy: fitted.remedy, about }] };
}

/** A control is a metric, or another argument of the criterion's own template: `p95(pool_a) … compared with pool_b`. */
function checkControl({ metric, against }: MetricCriterion, metrics: ReadonlyMap<string, Metric>): Checked<MetricCriterion['against']> {
  if (against.kind !== 'control' || metrics.size === 0) return { value: against, found: [] };
  const binding = bindMetric(against.metric, metrics);
  if (binding.ok) return { value: against, found: [] };
  const sibling: MetricRef = { name: metric.name, args: [...metric.args.slice(0, -1), against.metric.name] };
  if (metric.args.length > 0 && against.metric.args.length === 0 && bindMetric(sibling, metrics).ok) return { value: { kind: 'control', metric: sibling }, found: [] };
  return { value: against, found: [{ ...unboundProblem(binding), about: against.metric.name }] };
}

function unboundProblem({ code, found, expected, remedy }: Found): Found {
  return { code, found, expected, remedy };
}
