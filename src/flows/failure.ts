// An evaluation that failed is told where the engine posts the check: silence would block the merge for ever.
import { SetupError, TransientError } from '../errors.ts';
import { decideNotEvaluated } from '../gate/not-evaluated.ts';
import type { ChangeRef, RepoRef } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';
import type { StandingCheck } from '../model/effect.ts';
import type { Trigger } from '../model/trigger.ts';
import type { Host, Outcome } from './handle.ts';
import { renderCheck } from '../report/check.ts';
import { carryOut } from './run.ts';
import { tellHead } from './same-head.ts';
import type { Told } from './same-head.ts';

type Telling = Trigger & { kind: 'gate' | 'merge-group' | 'head' };

/** Does the work; where it throws, that is told on the head, and thrown all the same. */
export async function tellingFailure(trigger: Telling, host: Host, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    // GitHub may be away for the telling too: what failed first is what is thrown.
    if (host.check === 'check-run' && host.onError !== 'retry') await tellFailure(trigger, error, host).catch(() => undefined);
    throw error;
  }
}

async function tellFailure(trigger: Telling, error: unknown, host: Host): Promise<void> {
  // Of what others left nobody waits for an answer: their verdict stands.
  if (trigger.kind === 'head' && trigger.closed != null) return;
  const { owner, repo } = trigger.kind === 'gate' ? trigger.change : trigger.repo;
  const headSha = trigger.kind === 'gate' ? await findHead(trigger, host) : trigger.headSha;
  if (headSha === null) return;
  const change = trigger.kind === 'gate' ? trigger.change : null;
  const isOurs = !(error instanceof TransientError || error instanceof SetupError);
  const decision = decideNotEvaluated({
    change, headSha, at: trigger.at, why: isOurs ? 'an error of Yardstick itself' : (error as Error).message, onError: host.onError === 'block' ? 'block' : 'pass',
    // What others may mend by themselves is looked at again by the next sweep, however often it failed.
    again: error instanceof TransientError || host.tries !== 'last' ? 'by-itself' : 'when-asked',
  });
  const seen = await host.recall?.({ owner, repo }, headSha);
  const told = await tellNothing(decision, { repo: { owner, repo }, change, headSha, at: trigger.at, seen }, host);
  if (told !== null) await carryOut([{ kind: 'post-check', repo: { owner, repo }, headSha, ...told, ...(seen !== undefined && { seen }) }], host);
}

interface Failed {
  readonly repo: RepoRef;
  readonly change: ChangeRef | null;
  readonly headSha: string;
  readonly at: string;
  readonly seen: StandingCheck | null | undefined;
}

/** What could not be evaluated is no better than what others that end with the commit are told; null: these cannot be read either, and what stands there stays. */
async function tellNothing(decision: Decision, { change, headSha, at, seen }: Failed, host: Host): Promise<Pick<Told, 'check' | 'changes'> | null> {
  const known = seen?.changes ?? [];
  const alone = known.some((number) => number !== change?.number) && (change !== null || known.length > 1) ? null : { check: renderCheck(decision), changes: change === null ? known : [change.number] };
  if (change === null) return alone;
  const { reader, configPath, unconfigured, offer } = host;
  return tellHead(decision, { change, headSha, listed: null, reader, seen, configPath, unconfigured, offer, at }).then(({ check, changes }) => ({ check, changes }), () => alone);
}

/** A comment and a sweep name no commit; where not even that can be read there is nowhere to tell it. */
async function findHead({ change, hint }: Trigger & { kind: 'gate' }, { reader }: Host): Promise<string | null> {
  if (hint?.headSha) return hint.headSha;
  const { state, headSha } = await reader.readHead(change);
  return state === 'open' && headSha !== '' ? headSha : null;
}
