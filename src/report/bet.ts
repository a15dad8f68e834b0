// The bet in one line for the reviewer: "orders replicas 4 → 6, +$140/month".
import type { ScalingFact } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';
import { renderMonthlyDelta } from '../quantity/money.ts';
import { cutLine } from './budget.ts';

/** What is turned (the largest step first) and what it costs; empty when neither is known. Plain text. */
export function renderBet({ facts, cost }: Decision): string {
  const counted = facts.some(({ production }) => production) ? facts.filter(({ production }) => production) : facts;
  const [largest] = counted.toSorted((a, b) => reach(b) - reach(a));
  const parts = [
    ...(largest === undefined ? [] : [`${renderStep(largest)}${counted.length > 1 ? ` (and ${counted.length - 1} more)` : ''}`]),
    ...(cost === null ? [] : [renderMonthlyDelta(cost.monthlyDelta, cost.currency)]),
  ];
  return parts.join(', ');
}

/** The first goal as its author wrote it, for "promises …"; null where there is none. */
export function renderPromise({ hypothesis }: Decision): string | null {
  const goal = hypothesis?.criteria.find(({ role }) => role === 'goal');
  return goal === undefined ? null : cutLine(plain(goal.text), 50);
}

function renderStep({ scales, from, to, service }: ScalingFact): string {
  const step = `${plain(scales)} ${short(from)} → ${short(to)}`;
  return service === null ? step : `${cutLine(plain(service), 30)} ${step}`;
}

function short(value: string | null): string {
  return value === null ? 'unset' : cutLine(plain(value), 24);
}

/** Titles are plain text: nothing is rendered in them, but lines and control characters would break them. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.slice(0, 2_000).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

function reach({ factor }: ScalingFact): number {
  if (factor === null || factor <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(factor, 1 / factor);
}
