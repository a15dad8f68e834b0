// A criterion as the interface of `check --json` shows it; see docs/check-json.md.
import { assertNever } from '../errors.ts';
import type { Comparison, Criterion, Expectation, Hours, MetricCriterion, MetricRef, Op, Quantity } from '../model/hypothesis.ts';

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
  if (criterion.kind === 'evidence') return { ...base, compares: 'level', op: criterion.op, ...criterion.bound, evidence: criterion.source };
  return { ...base, ...renderExpectation(criterion.expects), ...renderMore(criterion) };
}

function renderExpectation(expects: Expectation): Omit<CriterionJson, 'text' | 'role' | 'metric'> & Pick<CriterionJson, 'compares' | 'op' | 'value' | 'unit'> {
  switch (expects.kind) {
    case 'level':
      return { compares: 'level', op: expects.op, ...expects.bound, ...(expects.other === null ? {} : { and: { op: opposite(expects.op), ...expects.other } }) };
    case 'change':
      return { compares: 'change', op: expects.op, ...expects.by };
    case 'relative-change':
      return { compares: 'relative-change', op: expects.op, value: expects.by, unit: null };
    case 'unchanged':
      return { compares: 'relative-change', op: expects.side === '>=' ? '>=' : '<=', value: 0, unit: null, margin: 'natural', side: expects.side };
    case 'within':
      return renderWithin(expects.by);
    case 'never':
      return { compares: 'level', op: expects.op, ...expects.bound, longerThanSeconds: expects.longerThan };
    case 'events':
      return { compares: 'level', op: '<=', value: expects.atMost ?? 0, unit: 'count', events: true, perSeconds: expects.per };
    case 'budget':
      return { compares: 'level', op: expects.op, value: expects.share, unit: null, of: 'budget' };
    case 'by-time':
      return { compares: 'level', op: '<=', value: expects.minutes, unit: 'min', clock: clock(expects.minutes) };
    default:
      return assertNever(expects);
  }
}

/** Both ways: the value is how far above, the same is allowed below. */
function renderWithin(by: number | Quantity): ReturnType<typeof renderExpectation> {
  if (typeof by === 'number') return { compares: 'relative-change', op: '<=', value: by, unit: null, bothWays: true };
  return { compares: 'change', op: '<=', ...flat(by), bothWays: true };
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
  return hours.kind === 'when' ? { kind: hours.kind, metric: renderMetric(hours.metric), op: hours.op, ...flat(hours.bound) } : hours;
}

function renderComparison(against: Comparison): unknown {
  return against.kind === 'control' ? { kind: against.kind, metric: renderMetric(against.metric) } : against;
}

function flat({ value, unit }: Quantity): Quantity {
  return { value, unit };
}

/** `p95(orders)`, as it was named. */
function renderMetric({ name, args }: MetricRef): string {
  return args.length === 0 ? name : `${name}(${args.join(', ')})`;
}

function opposite(op: Op): Op {
  return op === '<=' ? '>=' : '<=';
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
