// A criterion as the interface of `check --json` shows it; see docs/check-json.md.
import { assertNever } from '../errors.ts';
import type { Comparison, Criterion, Expectation, Hours, MetricCriterion, Op, Quantity } from '../model/hypothesis.ts';
import { renderMetric } from '../metric-name.ts';

/** The seven keys every criterion has; what else it says comes in keys of its own. */
export interface CriterionJson {
  readonly text: string;
  readonly role: Criterion['role'];
  readonly metric: string;
  readonly compares: 'level' | 'change' | 'relative-change';
  readonly op: Op;
  readonly value: number;
  readonly unit: string | null;
  readonly [more: string]: unknown;
}

/** Relative amounts are fractions: "falls by 30%" is relative-change, `<=`, −0.3, unit null. */
export function renderCriterionJson(criterion: Criterion): CriterionJson {
  const { text, role } = criterion;
  const base = { text, role, metric: renderMetric(criterion.metric) };
  if (criterion.kind === 'evidence') return { ...base, compares: 'level', op: criterion.op, ...flat(criterion.bound), evidence: criterion.source };
  return { ...base, ...renderExpectation(criterion.expects), ...renderMore(criterion) };
}

type Compared = Omit<CriterionJson, 'text' | 'role' | 'metric'> & Pick<CriterionJson, 'compares' | 'op' | 'value' | 'unit'>;

function renderExpectation(expects: Expectation): Compared {
  switch (expects.kind) {
    case 'level':
      return { compares: 'level', op: expects.op, ...flat(expects.bound), ...(expects.other === null ? {} : { between: [expects.other.value, expects.bound.value] }) };
    case 'change':
      return { compares: 'change', op: expects.op, ...flat(expects.by) };
    case 'relative-change':
      return { compares: 'relative-change', op: expects.op, value: expects.by, unit: null };
    case 'unchanged':
      return { compares: 'relative-change', op: expects.side === '>=' ? '>=' : '<=', value: 0, unit: null, unchanged: expects.side ?? 'both' };
    case 'within':
      return typeof expects.by === 'number'
        ? { compares: 'relative-change', op: '<=', value: expects.by, unit: null, within: true }
        : { compares: 'change', op: '<=', ...flat(expects.by), within: true };
    case 'never':
      return { compares: 'level', op: expects.op, ...flat(expects.bound), never: { forMoreThan: expects.longerThan } };
    case 'events':
      return { compares: 'level', op: '<=', value: expects.atMost ?? 0, unit: 'count', events: { atMost: expects.atMost ?? 0, per: expects.per } };
    case 'budget':
      return { compares: 'level', op: expects.op, value: expects.share, unit: 'ratio', budget: expects.share };
    case 'by-time':
      return { compares: 'level', op: '<=', value: expects.minutes, unit: 'min', by: clock(expects.minutes) };
    default:
      return assertNever(expects);
  }
}

function renderMore({ hours, against, forEach, manual }: MetricCriterion): Readonly<Record<string, unknown>> {
  return {
    ...(hours.kind === 'all' ? {} : { hours: renderHours(hours) }),
    ...(against.kind === 'baseline' ? {} : { against: renderComparison(against) }),
    ...(forEach === null ? {} : { forEach }),
    ...(manual ? { manual } : {}),
  };
}

function renderHours(hours: Hours): unknown {
  return hours.kind === 'when' ? { kind: hours.kind, metric: renderMetric(hours.metric), op: hours.op, bound: hours.bound.value, unit: hours.bound.unit } : hours;
}

function renderComparison(against: Comparison): unknown {
  return against.kind === 'control' ? { kind: against.kind, metric: renderMetric(against.metric) } : against;
}

function flat({ value, unit }: Quantity): Quantity {
  return { value, unit };
}

export function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
