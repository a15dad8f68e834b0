// One job: the triggers that lie open under its key go through the engine, one after the other.
import { compose } from '../../src/compose.ts';
import type { FailedReading } from '../../src/compose.ts';
import type { Allowance } from '../../src/config/offers.ts';
import { handle } from '../../src/flows/handle.ts';
import type { Outcome } from '../../src/flows/handle.ts';
import type { CheckMemory } from '../../src/github/check-run.ts';
import type { Transport } from '../../src/github/transport.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import type { Notice } from '../inbox/notice.ts';
import type { OpenWork } from './open-work.ts';
import { offerFor } from '../offers.ts';
import type { Look } from './looks.ts';
import { RETRIES } from './queue.ts';
import type { Errand, Job } from './queue.ts';
import type { Sweep } from './spread.ts';

export interface Turn {
  readonly job: Job;
  readonly work: OpenWork;
  readonly outcomes: readonly Outcome[];
  /** Changes that a trigger about a whole repository concerns: each becomes a job of its own. */
  readonly errands: readonly Errand[];
}

export interface TurnTools {
  readonly transport: Transport;
  readonly memory: CheckMemory;
  readonly configPath: string;
  readonly signingKey: string | null;
  readonly allowances: readonly Allowance[];
  readonly now: () => string;
  /** What is to be done since the App came somewhere, or something moved. */
  readonly heed: (notices: readonly Notice[]) => Promise<readonly Errand[]>;
  /** The pull requests that a trigger about the whole repository concerns. */
  readonly spread: (sweep: Sweep) => Promise<readonly Errand[]>;
  readonly onFailed: (failed: FailedReading) => void;
  /** Whether something newer is open under the job's key. */
  readonly isOvertaken: () => Promise<boolean>;
}

/** From this try on a failure is told on the check, and tried again all the same: before it, it may pass unseen. */
const TELL_FROM = 4;

export async function takeTurn(job: Job, work: OpenWork, tools: TurnTools): Promise<Turn> {
  const outcomes: Outcome[] = [];
  const errands = [...(await tools.heed(work.notices))];
  for (const trigger of triggersOf(work, tools.now())) {
    if (trigger.kind === 'sweep') errands.push(...(await tools.spread(trigger)));
    else outcomes.push(...each(await handle(trigger, hostFor(trigger, { job, work }, tools))));
  }
  return { job, work, outcomes, errands };
}

/** Of a sweep what became of each change, which the books want to know; after a merge also of those that have its head. */
function each(outcome: Outcome): readonly Outcome[] {
  if (outcome.kind === 'tended') return [outcome, ...outcome.outcomes];
  return outcome.kind === 'swept' && outcome.outcomes.length > 0 ? outcome.outcomes : [outcome];
}

/** The instant is that of the run: of two evaluations the later one is the newer. */
function triggersOf({ triggers, looks }: OpenWork, at: string): readonly Trigger[] {
  return [...triggers.map((trigger) => ({ ...trigger, at })), ...looks.flatMap(({ look }) => lookingTriggers(look, triggers, at))];
}

/** What the deliveries ask for is not asked for twice. A button on a commit that was left asks for nothing of the change as it is. */
function lookingTriggers(look: Look, asked: readonly Trigger[], at: string): readonly Trigger[] {
  const { owner, repo, because } = look;
  const stamp = { event: because, delivery: null, at };
  const tend = (number: number | null): Trigger => ({ kind: 'tend', repo: { owner, repo }, change: number === null ? null : { owner, repo, number }, issue: null, because, openChanges: 'left', ...stamp });
  const tended = asked.flatMap((trigger) => (trigger.kind === 'tend' ? [trigger] : []));
  switch (look.kind) {
    case 'change':
      return asked.some((trigger) => trigger.kind === 'gate' && !trigger.ownCheck) ? [] : [{ kind: 'gate', change: { owner, repo, number: look.number }, hint: null, ownCheck: false, ...stamp }];
    case 'merges':
      return look.numbers.filter((number) => !tended.some(({ change }) => change?.number === number)).map(tend);
    case 'records':
      return tended.some(({ change, issue }) => change === null && issue === null) ? [] : [tend(null)];
  }
}

function hostFor(trigger: Trigger, { job, work }: { readonly job: Job; readonly work: OpenWork }, { transport, memory, configPath, signingKey, allowances, onFailed, isOvertaken }: TurnTools) {
  const repo = trigger.kind === 'gate' ? trigger.change : trigger.kind === 'ignored' ? null : trigger.repo;
  const asked = trigger.event === 'check_run' || trigger.event === 'check_suite';
  return compose({
    transport, home: null, configPath, unconfigured: 'silent', check: 'check-run', intention: 'apply',
    onError: job.retryCount + 1 >= TELL_FROM ? 'pass' : 'retry', tries: job.retryCount >= RETRIES ? 'last' : 'more', signingKey,
    offer: repo && offerFor(repo, allowances), sources: repo && { env: process.env, repo, onFailed },
    checks: { memory, gaps: job.retryCount > 0 || work.looks.length > 0 ? 'possible' : 'none', same: asked ? 'written' : 'left' },
    // Who pressed a button is answered.
    ...(!asked && { isOvertaken }),
  });
}
