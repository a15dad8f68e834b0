// What is asked of the author in plain words, one short sentence each, when nothing is there yet.
import type { Intent, Tier } from '../model/decision.ts';

/** The questions of an intent at a tier, in the order in which to answer them. */
export function asksOf(intent: Intent, tier: Tier): readonly string[] {
  switch (intent) {
    case 'oblige':
      return ['Say in one sentence what forces this change, and link it. No goal is asked.'];
    case 'insure':
      return [
        'Say in one sentence up to what load or loss this should hold.',
        'Say what shows it: a criterion with `when …`, or `evidence:` of a load test or drill.',
        'Say when it is scaled back: `Until: 2026-12-31`.',
        ...guardrails(tier),
      ];
    case 'improve':
      return ['Say in one sentence what you expect, and why.', 'Give it one criterion that a metric can confirm.', ...guardrails(tier)];
    case 'save':
    case 'repair':
    case 'step':
      return [];
  }
}

function guardrails(tier: Tier): readonly string[] {
  return tier === 'full' ? ['Add at least one guardrail: what must not get worse.'] : [];
}
