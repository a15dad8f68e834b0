// A criterion as `check --json` prints it: the documented interface, and keys of our own for what else it says.
import type { Criterion, Expectation, Op, Role } from '../model/hypothesis.ts';
import { renderMetric } from './criterion/metric-ref.ts';

/** The interface; everything a criterion says beyond it stands in further keys. */
export interface CriterionJson extends Core {
  readonly text: string;
  readonly role: Role;
  readonly metric: string;
}

/** What is compared; further keys are ours. */
interface Core {
  readonly compares: 'level' | 'change' | 'relative-change';
  readonly op: Op;
  readonly value: number | null;
  readonly unit: string | null;
  readonly [more: string]: unknown;
}

/** Special forms take the nearest sane core: `unchanged` is a relative change of 0, events are a level in events, times a level in minutes. */
export function criterionJson(criterion: Criterion): CriterionJson {
  const { text, role } = criterion;
  const metric = renderMetric(criterion.metric);
  if (criterion.kind === 'evidence') return { text, role, metric, compares: 'level', op: criterion.op, value: criterion.bound.value, unit: criterion.bound.unit, evidence: criterion.source };
  const { hours, against, forEach, manual } = criterion;
  return {
    text, role, metric, ...core(criterion.expects),
    ...(hours.kind === 'all' ? {} : { hours: hours.kind === 'when' ? { ...hours, metric: renderMetric(hours.metric), bound: hours.bound.value, unit: hours.bound.unit } : hours }),
    ...(against.kind === 'baseline' ? {} : { against: against.kind === 'control' ? { kind: 'control', metric: renderMetric(against.metric) } : against }),
    ...(forEach === null ? {} : { forEach }), ...(manual ? { manual } : {}),
  };
}

function core(expects: Expectation): Core {
  switch (expects.kind) {
    case 'level':
      return { compares: 'level', op: expects.op, value: expects.bound.value, unit: expects.bound.unit, ...(expects.other === null ? {} : { between: [expects.other.value, expects.bound.value] }) };
    case 'change':
      return { compares: 'change', op: expects.op, value: expects.by.value, unit: expects.by.unit };
    case 'relative-change':
      return { compares: 'relative-change', op: expects.op, value: expects.by, unit: null };
    case 'within':
      return typeof expects.by === 'number' ? { compares: 'relative-change', op: '<=', value: expects.by, unit: null, within: true } : { compares: 'change', op: '<=', value: expects.by.value, unit: expects.by.unit, within: true };
    case 'unchanged':
      return { compares: 'relative-change', op: expects.side === '>=' ? '>=' : '<=', value: 0, unit: null, unchanged: expects.side ?? 'both' };
    case 'never':
      return { compares: 'level', op: expects.op, value: expects.bound.value, unit: expects.bound.unit, never: { forMoreThan: expects.longerThan } };
    case 'events':
      return { compares: 'level', op: '<=', value: expects.atMost ?? 0, unit: 'count', events: { atMost: expects.atMost ?? 0, per: expects.per } };
    case 'budget':
      return { compares: 'level', op: expects.op, value: expects.share, unit: 'ratio', budget: expects.share };
    case 'by-time':
      return { compares: 'level', op: '<=', value: expects.minutes, unit: 'min', by: `${String(Math.floor(expects.minutes / 60)).padStart(2, '0')}:${String(expects.minutes % 60).padStart(2, '0')}` };
  }
}
