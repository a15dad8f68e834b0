// The only file that causes writes: it carries out a plan, or shows it when the run is dry.
import { applyEffects } from '../effects/apply.ts';
import type { Applied } from '../effects/apply.ts';
import type { Effect } from '../model/effect.ts';
import type { ForgeWriter } from '../ports/forge.ts';

/** What is done with a plan. */
export type Intention = 'apply' | 'dry-run';

/** Applies the plan; a dry run applies nothing, and its plan is shown by the host. */
export async function carryOut(plan: readonly Effect[], { writer, intention }: { readonly writer: ForgeWriter; readonly intention: Intention }): Promise<readonly Applied[]> {
  return intention === 'dry-run' ? [] : applyEffects(plan, writer);
}
