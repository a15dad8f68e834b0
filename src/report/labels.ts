// The gate's labels: which one a decision wants, and which of ours must go. Others' labels never appear here.
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { LabelStyle } from '../model/effect.ts';

type Name = Exclude<keyof Config['labels'], 'outcomePrefix'>;

/** How the description of each label of ours begins: by it we know them. */
export const OURS = 'Yardstick: ';

/** Colour and description of a label that has to be created; amber, green and grey. */
const STYLES: Readonly<Record<Name, Omit<LabelStyle, 'name'>>> = {
  needed: { color: 'fbca04', description: 'Yardstick: a hypothesis with success criteria is needed before this merges' },
  linked: { color: '0e8a16', description: 'Yardstick: a hypothesis is linked and will be measured' },
  waived: { color: 'bfbfbf', description: 'Yardstick: goes in without a hypothesis, with a reason' },
};

/** The one label to have, and ours to take away. While nothing could be decided, nothing changes. */
export function gateLabels(decision: Decision, config: { readonly labels: Pick<Config['labels'], Name> }): { readonly add: readonly LabelStyle[]; readonly remove: readonly string[] } {
  if (decision.situation === 'not-evaluated' || decision.situation === 'not-configured') return { add: [], remove: [] };
  const wanted = labelOf(decision);
  const names = Object.keys(STYLES) as Name[];
  return {
    add: wanted === null ? [] : [{ name: config.labels[wanted], ...STYLES[wanted] }],
    remove: names.filter((name) => name !== wanted && (wanted === null || config.labels[name] !== config.labels[wanted])).map((name) => config.labels[name]),
  };
}

function labelOf({ situation, mode, hypothesis, tier }: Decision): Name | null {
  if (mode === 'observe') return null;
  switch (situation) {
    case 'missing': case 'unsound':
      return 'needed';
    case 'sound':
      // An obligation without a hypothesis links none; an auto-bet stays without a label, also with one.
      return hypothesis === null || tier === 'auto-bet' ? null : 'linked';
    case 'step':
      return 'linked';
    case 'waived':
      return 'waived';
    default:
      return null;
  }
}
