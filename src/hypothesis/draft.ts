// STAND-IN so that others can integrate meanwhile: the owner of this room overwrites this file freely.
import type { ScalingFact } from '../model/change.ts';
import type { Metric } from '../model/config.ts';
import type { Intent, Tier } from '../model/decision.ts';

export interface DraftInput {
  readonly facts: readonly ScalingFact[];
  readonly title: string;
  readonly body: string;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly services: ReadonlyMap<string, readonly string[]>;
  readonly tier: Tier;
  readonly intent: Intent;
}

export function renderDraft(_input: DraftInput): string {
  return '## Hypothesis\n…, because ….\n\n- p95 falls by 30%\n';
}
