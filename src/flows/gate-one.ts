// One pull request: what was read ahead is judged, told and written, unless it moved on meanwhile.
import type { Applied } from '../effects/apply.ts';
import type { Change, ChangeRef } from '../model/change.ts';
import type { Effect, StandingCheck } from '../model/effect.ts';
import type { Trigger } from '../model/trigger.ts';
import type { ChangePage } from '../ports/forge.ts';
import { planAftermath } from './aftermath.ts';
import { answerAfterwards } from './afterword.ts';
import { runGate } from './gate.ts';
import type { GateRequest, GateResult } from './gate.ts';
import type { Host, Outcome } from './handle.ts';
import { changesAt } from './head-changes.ts';
import { answerLeft } from './left.ts';
import { Answered } from './needs.ts';
import { readAhead } from './read-ahead.ts';
import type { ReadAhead } from './read-ahead.ts';
import { createNeedReader } from './reader.ts';
import { carryOut } from './run.ts';
import { tellHead } from './same-head.ts';

type GateTrigger = Trigger & { kind: 'gate' };

/** What a caller knows already. */
export interface Beforehand {
  /** What the host began to read before the engine was there. */
  readonly ahead?: ReadAhead | null;
  /** What stood on a head before anything was read. */
  readonly stood?: { readonly headSha: string; readonly seen: StandingCheck | null };
}

export async function gateOne(trigger: GateTrigger, host: Host, { ahead = null, stood }: Beforehand = {}): Promise<Outcome> {
  const { change, hint } = trigger;
  const began = performance.now();
  const reads = ahead ?? readAhead(host.reader, change, { configPath: host.configPath, hint });
  const page = await reads.page;
  const passed = whyPassed(page.change, trigger);
  if (page.change.state === 'closed') await answerAfterwards(page, { host, at: trigger.at, measured: false });
  if (passed !== null) return supersede(trigger, { host, state: page.change.state, why: passed });
  const known = new Answered();
  for (const [index, files] of (await Promise.all(reads.files)).entries()) known.set({ kind: 'files', page: index + 1 }, files);
  const seen = stood?.headSha === page.change.head.sha ? stood.seen : await host.recall?.(change, page.change.head.sha);
  const result = await runGate(requestFor(trigger, { host, page, known, seen }));
  if (result.plan.length > 0 && (await host.isOvertaken?.())) return { kind: 'superseded', change, state: page.change.state, reason: 'a newer event of it is answered instead' };
  const state = result.plan.some(({ kind }) => kind !== 'post-check') && isLate(trigger, { began, host }) ? (await host.reader.readHead(change)).state : 'open';
  const ended = whyEnded(change, state);
  if (ended !== null) return supersede(trigger, { host, state, why: ended });
  const { written, plan } = await writeFirst(result, host);
  const applied = [...written, ...(await carryOut(plan, host))];
  const more = await planAftermath({ result, applied, reader: host.reader, configPath: host.configPath }, host.check);
  return { kind: 'gated', change, result, applied: [...applied, ...(await carryOut(more, host))] };
}

/** What was read is older than this: it may have been merged meanwhile, and its comment be the record of a bet. Milliseconds. */
const LATE_MS = 3000;

/** Of a check that is asked for again the change may be long over. */
function isLate({ ownCheck, pressed }: GateTrigger, { began, host }: { readonly began: number; readonly host: Host }): boolean {
  return performance.now() - began > LATE_MS || (host.check === 'check-run' && (ownCheck || pressed != null));
}

function whyEnded({ number }: ChangeRef, state: Change['state']): string | null {
  return state === 'open' ? null : `pull request #${number} is ${state}`;
}

function requestFor({ change, ownCheck, at, pressed = null }: GateTrigger, { host, page, known, seen }: { readonly host: Host; readonly page: ChangePage; readonly known: Answered; readonly seen: StandingCheck | null | undefined }): GateRequest {
  const { reader, configPath, unconfigured, offer, metrics } = host;
  const check = host.check === 'check-run' ? 'check-run' : ownCheck ? 'job' : 'other-job';
  // Whatever was told on this head is remembered: only without a memory all have to be listed.
  const listed = page.sameHead.complete || seen !== undefined ? page.sameHead.numbers : null;
  return {
    page, known, read: createNeedReader(reader, page), configPath, unconfigured, offer, check, at, pressed, metrics, seen,
    tellHead: (decision) => tellHead(decision, { change, headSha: page.change.head.sha, listed, reader, seen, configPath, unconfigured, offer, at }),
  };
}

/** What the answer tells of is written before it: so it says what really became of it. */
async function writeFirst({ first, plan }: GateResult, host: Host): Promise<{ readonly written: readonly Applied[]; readonly plan: readonly Effect[] }> {
  if (first === null) return { written: [], plan };
  const written = await carryOut([first.effect], host);
  return { written, plan: written.some(({ outcome }) => outcome.kind === 'refused') ? first.planIfRefused : plan };
}

/** Why there is nothing to decide for this run any more; null: there is. */
function whyPassed({ ref, state, head }: Change, { ownCheck, hint }: GateTrigger): string | null {
  const ended = whyEnded(ref, state);
  if (ended !== null) return ended;
  return ownCheck && hint?.headSha && hint.headSha !== head.sha ? `superseded by ${head.sha.slice(0, 7)}` : null;
}

/** Whoever asked for the check of a head that was left is answered there, unless another change stands on it. */
async function supersede({ change, hint, ownCheck }: GateTrigger, { host, state, why }: { readonly host: Host; readonly state: Change['state']; readonly why: string }): Promise<Outcome> {
  const left = ownCheck && host.check === 'check-run' ? (hint?.headSha ?? null) : null;
  if (left !== null && (await changesAt(change, left, host)).length === 0) await answerLeft(change, { headSha: left, why }, host);
  return { kind: 'superseded', change, state, reason: why };
}
