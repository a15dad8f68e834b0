// What a rule gives back: its finding in words, for `explain`, and its part of the decision.
import type { Finding } from '../model/decision.ts';

export interface Ruling<Part> {
  readonly finding: Finding;
  readonly part: Part;
}

/** Puts a rule's name, its finding and its part together. */
export function ruling<Part>(rule: string, finding: Omit<Finding, 'rule'>, part: Part): Ruling<Part> {
  return { finding: { rule, ...finding }, part };
}
