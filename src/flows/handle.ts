// What a run does with its trigger: one gate, several, or nothing, with the reason.
import { assertNever } from '../errors.ts';
import type { Applied } from '../effects/apply.ts';
import type { Change, ChangeRef, RepoRef } from '../model/change.ts';
import type { StandingCheck } from '../model/effect.ts';
import type { Trigger } from '../model/trigger.ts';
import type { ForgeReader, ForgeWriter } from '../ports/forge.ts';
import type { EvidenceReader, MetricReader } from '../ports/metrics.ts';
import { renderUnmapped } from '../report/check.ts';
import { runGate } from './gate.ts';
import { tellingFailure } from './failure.ts';
import type { GateResult } from './gate.ts';
import { gateOne } from './gate-one.ts';
import { gateAll, gateHead } from './head.ts';
import { Answered } from './needs.ts';
import type { ObservedChange } from './observed.ts';
import type { ReadAhead } from './read-ahead.ts';
import { createNeedReader } from './reader.ts';
import { carryOut } from './run.ts';
import type { Intention } from './run.ts';
import { tellAlone } from './same-head.ts';
import { touchedChanges } from './sweep.ts';
import type { TendResult } from './tend.ts';

/** What a host brings: its doors and how it wants to be served. */
export interface Host {
  readonly reader: ForgeReader;
  readonly writer: ForgeWriter;
  readonly configPath: string;
  readonly unconfigured: ObservedChange['unconfigured'];
  /** What the operator of the App offers the repository: nothing else is asked; null: its own sources are. */
  readonly offer: ObservedChange['offer'];
  /** A job is its own check; an App posts a check run. */
  readonly check: 'job' | 'check-run';
  readonly intention: Intention;
  /** What an evaluation that failed does to the merge; `retry`: the host tries again, and nothing is told yet. */
  readonly onError: 'pass' | 'block' | 'retry';
  /** Of a host that tries again: whether it does after this one too. */
  readonly tries?: 'more' | 'last';
  /** The metric sources; null where none can be read, as in a check of one pull request. */
  readonly metrics: MetricReader | null;
  /** Load tests and drills; null where none can be read. */
  readonly evidence: EvidenceReader | null;
  /** Signs records and seals what not everybody may read; null: records carry a digest only. */
  readonly signingKey: string | null;
  /** Of a host whose events queue up: whether a newer one asks for the same, which will see all that this run saw, and tell it. */
  readonly isOvertaken?: () => Promise<boolean>;
  /** Of a host with memory: the check of ours that stands on a commit. */
  readonly recall?: (repo: RepoRef, headSha: string) => Promise<StandingCheck | null>;
}

/** What a run did. */
export type Outcome =
  | { readonly kind: 'gated'; readonly change: ChangeRef; readonly result: GateResult; readonly applied: readonly Applied[] }
  /** The head moved on, a newer event came, or the change is closed: nothing to say here. */
  | { readonly kind: 'superseded'; readonly change: ChangeRef; readonly state: Change['state']; readonly reason: string }
  | { readonly kind: 'swept'; readonly because: string; readonly outcomes: readonly Outcome[] }
  /** Records were looked after; on the clock the open changes too. */
  | { readonly kind: 'tended'; readonly because: string; readonly result: TendResult; readonly outcomes: readonly Outcome[] }
  /** A merge group that names no pull request: it must not pass. */
  | { readonly kind: 'unmapped'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/** Serves one trigger. `ahead` is what the host began to read before the engine was there. */
export async function handle(trigger: Trigger, host: Host, ahead: ReadAhead | null = null): Promise<Outcome> {
  switch (trigger.kind) {
    case 'gate':
      return tellingFailure(trigger, host, () => gateOne(trigger, host, { ahead }));
    case 'merge-group':
      return tellingFailure(trigger, host, () => gateMergeGroup(trigger, host));
    case 'head':
      return tellingFailure(trigger, host, () => gateHead(trigger, host));
    case 'sweep':
      return sweep(trigger, host);
    case 'tend':
      return tend(trigger, host);
    case 'ignored':
      return { kind: 'ignored', reason: trigger.reason };
    default:
      return assertNever(trigger);
  }
}

/** The end of a queue's branch; the branch into which it merges stands before it, and may be called like a pull request too. */
const QUEUED = /\/pr-(\d{1,10})-[0-9a-f]{40,64}$/;

/** A merge group is judged as the pull request it was made of; its own head carries the check, the conversation is left alone. */
async function gateMergeGroup(trigger: Trigger & { kind: 'merge-group' }, host: Host): Promise<Outcome> {
  const number = QUEUED.exec(trigger.headRef)?.[1];
  if (number === undefined) return refuseMergeGroup(trigger, host);
  const change = { ...trigger.repo, number: Number(number) };
  const page = await host.reader.readChange(change, { configPath: host.configPath, hint: null });
  const result = await runGate({ page, known: new Answered(), read: createNeedReader(host.reader, page), configPath: host.configPath, unconfigured: host.unconfigured, offer: host.offer, check: host.check, at: trigger.at, metrics: null, seen: undefined, tellHead: async (decision) => tellAlone(decision, change.number) });
  const plan = result.plan.filter((effect) => effect.kind === 'post-check').map((effect) => ({ ...effect, headSha: trigger.headSha }));
  return { kind: 'gated', change, result: { ...result, plan }, applied: await carryOut(plan, host) };
}

/** A check that never comes would hold the queue until GitHub gives up, so it fails at once. */
async function refuseMergeGroup({ repo, headSha, headRef }: Trigger & { kind: 'merge-group' }, host: Host): Promise<Outcome> {
  const branch = headRef.slice(0, 100);
  if (host.check === 'check-run') await carryOut([{ kind: 'post-check', repo, headSha, check: renderUnmapped(branch) }], host);
  return { kind: 'unmapped', reason: `no pull request in the merge group's branch ${branch}` };
}

/** Measuring brings the judge and the sources along: loaded by the runs that measure. */
async function tend(trigger: Trigger & { kind: 'tend' }, host: Host): Promise<Outcome> {
  const { tendRepository } = await import('./tend.ts');
  const result = await tendRepository(trigger, host);
  if (trigger.openChanges === 'left') return { kind: 'tended', because: trigger.because, result, outcomes: await gateLeft(trigger, host) };
  const swept = await sweep({ ...trigger, kind: 'sweep', base: null }, host);
  return { kind: 'tended', because: trigger.because, result, outcomes: swept.kind === 'swept' ? swept.outcomes : [swept] };
}

/** A merged change leaves its head to the others that end with it. */
async function gateLeft({ repo, change, headSha = null, event, delivery, at }: Trigger & { kind: 'tend' }, host: Host): Promise<readonly Outcome[]> {
  return change === null || headSha === null ? [] : gateAll({ kind: 'head', repo, headSha, pressed: null, closed: change.number, event, delivery, at }, host);
}

async function sweep(trigger: Trigger & { kind: 'sweep' }, host: Host): Promise<Outcome> {
  const changes = touchedChanges(await host.reader.readOpenChanges(trigger.repo), trigger);
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const gate: Trigger = { kind: 'gate', change, hint: null, ownCheck: false, event: trigger.event, delivery: trigger.delivery, at: trigger.at };
    outcomes.push(await gateOne(gate, host));
  }
  return { kind: 'swept', because: trigger.because, outcomes };
}
