// Rule "label": somebody marked the change as infrastructure or scaling work.
import type { ScopeReason } from '../model/decision.ts';
import type { StakeInput } from './input.ts';
import { quote } from './quote.ts';
import type { Ruling } from './ruling.ts';
import { ruling } from './ruling.ts';

/** The first label of `scope.labels` that is set, in any case. */
export function evaluateLabel({ change, config }: StakeInput): Ruling<ScopeReason | null> {
  const wanted = new Set(config.scope.labels.map((label) => label.toLowerCase()));
  const label = change.labels.find((name) => wanted.has(name.toLowerCase()));
  if (label === undefined) return ruling('label', { outcome: 'not-met', text: `no label of ${config.scope.labels.map((name) => quote(name)).join(', ') || 'none configured'}` }, null);
  const text = `label ${quote(label)}`;
  return ruling('label', { outcome: 'met', text }, { rule: 'label', text });
}
