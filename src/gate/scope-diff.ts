// Rule "diff": the change turns a scaling knob in a path that reaches production.
import type { ScopeReason } from '../model/decision.ts';
import type { CountedFiles } from './counted.ts';
import { renderFact } from './fact-text.ts';
import type { StakeInput } from './input.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';
import { magnitudeOf } from './size.ts';

/** Names the largest step among the facts that count. */
export function evaluateDiff({ diff }: StakeInput, { facts }: CountedFiles): Ruling<ScopeReason | null> {
  const largest = facts.toSorted((a, b) => magnitudeOf(b) - magnitudeOf(a))[0];
  if (largest !== undefined) {
    const text = `${renderFact(largest)}${facts.length > 1 ? ` (and ${facts.length - 1} more)` : ''}`;
    return ruling('diff', { outcome: 'met', text }, { rule: 'diff', text });
  }
  const text = diff.facts.length > 0 ? 'every scaling knob it turns is away from production' : 'no scaling knob is turned';
  return ruling('diff', { outcome: 'not-met', text }, null);
}
