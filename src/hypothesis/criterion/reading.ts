// What the grammar reads from a line, before role and place make a criterion of it.
import type { Comparison, Expectation, Hours, MetricRef, Op, Quantity, Role } from '../../model/hypothesis.ts';

/** What is expected of a metric, with the role that the form itself says. */
export interface Predicate {
  readonly expects: Expectation;
  readonly role: Role;
  /** A relative amount in `%` whose text doesn't say of what: on a metric in per cent, points may be meant. */
  readonly bare?: true;
  /** `faster`: right only where lower is better. */
  readonly speed?: true;
  /** `from 40% to 60%` without a verb: a rise, or a range to stay in. */
  readonly span?: true;
}

/** Which hours, compared with what, for each of what. */
export interface Conditions {
  readonly hours: Hours | null;
  readonly against: Comparison | null;
  readonly forEach: string | null;
}

export interface Reading extends Predicate {
  readonly metric: MetricRef;
  readonly conditions: Conditions;
}

export const NO_CONDITIONS: Conditions = { hours: null, against: null, forEach: null };

export function level(op: Op, bound: Quantity, role: Role): Predicate {
  return { expects: { kind: 'level', op, bound, other: null }, role };
}
