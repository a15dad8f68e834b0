// When time alone changes a decision: a waiver runs out, a cost report is waited for no longer.
import type { Decision, Waiver } from '../model/decision.ts';
import { isoInstant } from '../quantity/instant.ts';
import { costAwaitedUntil } from './tier.ts';

/** ISO 8601; null: only an event changes it. */
export function reviewAt({ situation, waiver }: Pick<Decision, 'situation' | 'waiver'>, pushedAt: string | null): string | null {
  if (situation === 'waiting-for-cost' && pushedAt !== null) return isoInstant(costAwaitedUntil(pushedAt));
  return waiver === null ? null : waiverEndsAt(waiver);
}

/** The named day is its last one; null: no day was named. */
export function waiverEndsAt({ until }: Pick<Waiver, 'until'>): string | null {
  const lastDay = Date.parse(until ?? '');
  return Number.isNaN(lastDay) ? null : isoInstant(lastDay + 86_400_000);
}
