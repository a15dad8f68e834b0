// An evaluation that failed is told where the engine posts the check: silence would block the merge for ever.
import { SetupError, TransientError } from '../errors.ts';
import { decideNotEvaluated } from '../gate/not-evaluated.ts';
import type { Trigger } from '../model/trigger.ts';
import type { Host, Outcome } from './handle.ts';
import { carryOut } from './run.ts';
import { tellAlone, tellHead } from './same-head.ts';
import type { Told } from './same-head.ts';

/** Does the work; where it throws, that is told on the head, and thrown all the same. */
export async function tellingFailure(trigger: Trigger & { kind: 'gate' }, host: Host, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const headSha = trigger.hint?.headSha ?? null;
    if (host.check !== 'check-run' || headSha === null || host.onError === 'retry' || error instanceof SetupError) throw error;
    await tellFailure(trigger, { headSha, error }, host);
    throw error;
  }
}

async function tellFailure({ change, at }: Trigger & { kind: 'gate' }, { headSha, error }: { readonly headSha: string; readonly error: unknown }, host: Host): Promise<void> {
  const decision = decideNotEvaluated({ change, headSha, at, why: error instanceof TransientError ? error.message : 'an error of Yardstick itself', onError: host.onError === 'block' ? 'block' : 'pass' });
  const seen = await host.recall?.(change, headSha);
  const { reader, configPath, unconfigured, offer } = host;
  // What could not be evaluated is no better than what others that end with the commit are told: if these cannot be read either, their verdict stays.
  const isShared = seen?.changes.some((number) => number !== change.number) === true;
  const told: Told | null = await tellHead(decision, { change, headSha, listed: null, reader, seen, configPath, unconfigured, offer, at }).catch(() => (isShared ? null : tellAlone(decision, change.number)));
  if (told === null) return;
  await carryOut([{ kind: 'post-check', repo: { owner: change.owner, repo: change.repo }, headSha, check: told.check, changes: told.changes, ...(seen !== undefined && { seen }) }], host);
}
