// From what binds to a verdict: the general mode, the roll-out of single rules, a configuration that is broken elsewhere.
import type { Config, Mode } from '../model/config.ts';
import type { ScopeReason, Verdict } from '../model/decision.ts';
import type { GateInput } from './input.ts';
import type { Objection } from './objection.ts';
import { modeOf, strongest } from './rollout.ts';

export interface Softened {
  /** The mode that decided. */
  readonly mode: Mode;
  readonly verdict: Verdict;
  /** What `enforce` would have said. */
  readonly enforced: Verdict;
}

/** Each objection binds as strongly as its rule and the rules that brought the change in; the strongest decides. */
export function softenVerdict(input: GateInput, found: readonly Objection[], scope: readonly ScopeReason[]): Softened {
  const general = generalMode(input);
  if (found.length === 0) return { mode: general, verdict: passing(input, general), enforced: 'pass' };
  const context = { config: { ...input.config, mode: general }, at: input.at };
  const bringing = scope.map(({ rule }) => rule);
  const mode = strongest(found.map(({ rule }) => (rule === 'configuration' ? general : modeOf(rule, bringing, context)))) ?? general;
  return { mode, verdict: VERDICT[mode], enforced: 'fail' };
}

const VERDICT: Readonly<Record<Mode, Verdict>> = { enforce: 'fail', advise: 'neutral', observe: 'pass' };

/**
 * The mode in force. Where the configuration is broken and no good version of it could be found, nobody knows what was
 * wanted, and the defaults would enforce it on everybody: then it only advises.
 */
function generalMode({ config, configProblems, configSource }: GateInput): Config['mode'] {
  return configProblems.elsewhere.length > 0 && configSource.kind === 'defaults' && config.mode === 'enforce' ? 'advise' : config.mode;
}

/** Nothing binds. A configuration that is broken elsewhere is a warning: neutral where advice is all that is given. */
function passing({ configProblems }: GateInput, mode: Mode): Verdict {
  return configProblems.elsewhere.length > 0 && mode === 'advise' ? 'neutral' : 'pass';
}
