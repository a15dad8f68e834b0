// Rule "cost": the monthly bill rises by at least the configured amount.
import type { ScopeReason } from '../model/decision.ts';
import { renderMoney, renderMonthlyDelta } from '../quantity/money.ts';
import type { StakeInput } from './input.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** Compares the report's monthly difference with `scope.cost-increase`; both in the report's currency. */
export function evaluateCost({ cost, config }: StakeInput): Ruling<ScopeReason | null> {
  const threshold = config.scope.costIncrease;
  if (threshold === null) return ruling('cost', { outcome: 'not-applicable', text: 'no cost threshold configured' }, null);
  if (cost.report === null) return ruling('cost', { outcome: 'not-applicable', text: 'no cost report' }, null);
  const { monthlyDelta, currency } = cost.report;
  const text = `cost ${renderMonthlyDelta(monthlyDelta, currency)} (threshold ${renderMoney(threshold, currency)})`;
  if (monthlyDelta < threshold) return ruling('cost', { outcome: 'not-met', text }, null);
  return ruling('cost', { outcome: 'met', text }, { rule: 'cost', text });
}
