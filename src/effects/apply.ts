// Performs a plan: the check first, the rest in one parallel round. A crash repeats, never skips.
import type { Effect, EffectOutcome } from '../model/effect.ts';
import type { ForgeWriter } from '../ports/forge.ts';

/** An effect and what became of it. */
export interface Applied {
  readonly effect: Effect;
  readonly outcome: EffectOutcome;
}

/** Applies every effect; a refused one doesn't stop the others, a thrown error does after all have settled. */
export async function applyEffects(effects: readonly Effect[], writer: ForgeWriter): Promise<readonly Applied[]> {
  const isCheck = (effect: Effect): boolean => effect.kind === 'post-check';
  const first = await applyRound(effects.filter(isCheck), writer);
  return [...first, ...(await applyRound(effects.filter((effect) => !isCheck(effect)), writer))];
}

async function applyRound(effects: readonly Effect[], writer: ForgeWriter): Promise<readonly Applied[]> {
  const settled = await Promise.allSettled(effects.map(async (effect) => ({ effect, outcome: await writer.perform(effect) })));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<Applied>).value);
}
