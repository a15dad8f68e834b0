// Asks for a decision until there is one, reading all that is missing in one parallel round each time.
import { InternalError } from '../errors.ts';
import type { Config } from '../model/config.ts';
import type { Decision } from '../model/decision.ts';
import type { GateState } from '../model/gate.ts';
import { decideChange } from './decide.ts';
import type { Answered, NeedReader } from './needs.ts';
import type { ObservedChange } from './observed.ts';

/** A decision and the configuration it was made under. */
export interface Decided {
  readonly decision: Decision;
  readonly config: Config;
}

/** What a deliberation works with; what is read is added to `known`. */
export interface Means {
  readonly known: Answered;
  readonly read: NeedReader;
  /** What our own comment remembers of earlier runs. */
  readonly previous: GateState | null;
}

/** A guard: what has to be asked one after the other takes far fewer. More than these is a decision that never stops asking: our bug. */
const ROUNDS_MAX = 20;

/** Decides as soon as everything needed is known; what is only told beside it is left out where it never comes. @throws InternalError if the decision never does */
export async function deliberate(observed: ObservedChange, { known, read, previous }: Means): Promise<Decided> {
  let deciding = decideChange(observed, known, previous);
  for (let round = 0; round < ROUNDS_MAX && deciding.kind === 'needs'; round += 1) {
    await Promise.all(deciding.needs.map(async (need) => known.set(need, await read(need))));
    deciding = decideChange(observed, known, previous);
  }
  if (deciding.kind === 'decided') return deciding;
  if (deciding.meanwhile !== null) return deciding.meanwhile;
  throw new InternalError('the decision kept asking for more');
}
