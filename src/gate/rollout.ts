// The roll-out of single rules: observe, advise, enforce, each from a date on.
import type { Config, Mode, RuleRollout } from '../model/config.ts';

/** What of the input the roll-out depends on. */
export interface RolloutContext {
  readonly config: Config;
  /** The instant of the run, ISO 8601 in UTC. */
  readonly at: string;
}

/**
 * A rule's own mode where the configuration gives one and its date has come; null: the general mode holds.
 * Before the date of an enforcement nothing of that rule is enforced yet: who writes a date asks for notice.
 */
export function rolloutOf(rule: string, { config, at }: RolloutContext): RuleRollout['mode'] | null {
  const own = config.rules.get(rule);
  if (own === undefined) return null;
  if (own.from === null || at.slice(0, 10) >= own.from) return own.mode;
  return own.mode === 'enforce' && config.mode === 'enforce' ? 'advise' : null;
}

const STRENGTH: Readonly<Record<Mode, number>> = { observe: 0, advise: 1, enforce: 2 };

/** How strongly a finding binds: the rule that asks and the rules that brought the change in must both bind as much. */
export function modeOf(asking: string, bringing: readonly string[], context: RolloutContext): Mode {
  const own = settledMode(rolloutOf(asking, context));
  const scope = bringing.map((rule) => settledMode(rolloutOf(rule, context)));
  if (own === null) return strongest(scope.map((mode) => mode ?? context.config.mode)) ?? context.config.mode;
  const limit = scope.includes(null) ? null : strongest(scope);
  return limit !== null && STRENGTH[limit] < STRENGTH[own] ? limit : own;
}

/** The strongest of many; null when there are none. */
export function strongest(modes: readonly (Mode | null)[]): Mode | null {
  return modes.reduce<Mode | null>((best, mode) => (mode !== null && (best === null || STRENGTH[mode] > STRENGTH[best]) ? mode : best), null);
}

function settledMode(mode: RuleRollout['mode'] | null): Mode | null {
  return mode === 'off' ? null : mode;
}
