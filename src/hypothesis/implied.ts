// The criteria that nobody has to write: guardrails chosen from the catalogue, and what a saving should save.
import type { ScalingFact } from '../model/change.ts';
import type { Metric } from '../model/config.ts';
import type { Intent } from '../model/decision.ts';
import type { Criterion } from '../model/hypothesis.ts';
import { checkCatalogue } from './catalogue.ts';
import { readCriterion } from './criterion/read.ts';
import { chooseMetrics, type Pick } from './draft-metrics.ts';

export interface Implying {
  readonly facts: readonly ScalingFact[];
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Service → path globs. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  readonly intent: Intent;
  /** What the cost report promises a month; negative when it saves, null when unknown. */
  readonly monthlyDelta: number | null;
}

/** The service's own metrics must not get worse; a saving must show in the bill. Empty where the catalogue has no fitting metric. */
export function impliedCriteria(input: Implying): readonly Criterion[] {
  const { main, errors, cost } = chooseMetrics(input);
  const inCatalogue = (pick: Pick | null): pick is Pick => pick !== null && input.metrics.has(pick.name.replace(/\(.*$/, ''));
  const guarded = [...new Map([main, errors].filter(inCatalogue).map((pick) => [pick.name, pick])).values()];
  const lines = [
    ...(input.intent === 'save' && inCatalogue(cost) ? [saving(cost, input.monthlyDelta)] : []),
    ...guarded.map(({ name, better }) => `guardrail: ${name} does not ${better === 'lower' ? 'rise' : 'fall'}`),
  ];
  const criteria = lines.flatMap((text, index): readonly Criterion[] => {
    const read = readCriterion({ text, place: { file: 'chosen by Yardstick', line: index + 1, column: 1 }, role: null });
    return read.ok ? [read.criterion] : [];
  });
  return checkCatalogue({ source: 'inline', ref: '', claim: '', because: null, criteria, schedule: { window: null, settle: null, start: null }, odds: null, until: null }, input.metrics).hypothesis.criteria;
}

/** As much as the report says; without one, that it falls at all. */
function saving({ name, unit }: Pick, monthlyDelta: number | null): string {
  if (monthlyDelta === null || monthlyDelta >= 0 || unit === null) return `goal: ${name} falls by 1%`;
  const amount = Math.round(Math.abs(monthlyDelta));
  return unit.startsWith('USD') ? `goal: ${name} falls by $${amount}` : `goal: ${name} falls by ${amount} ${unit}`;
}
