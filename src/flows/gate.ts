// The gate: a change is read, decided, and its writes are planned. Nothing is written here.
import type { Desired, Observed } from '../effects/desired.ts';
import { planGate } from '../effects/plan.ts';
import type { ChangeRef } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import { reviewAt } from '../gate/review-at.ts';
import type { Decision } from '../model/decision.ts';
import type { Effect, StandingCheck } from '../model/effect.ts';
import type { ChangePage } from '../ports/forge.ts';
import type { MetricReader } from '../ports/metrics.ts';
import { isSpokenTo, renderGateComment, renderGateLine } from '../report/comment.ts';
import { gateLabels } from '../report/labels.ts';
import { askForRerun, asksForRerun } from '../report/rerun.ts';
import type { Told } from './same-head.ts';
import type { Pressed } from '../model/trigger.ts';
import { deliberate } from './deliberate.ts';
import type { Decided } from './deliberate.ts';
import type { Answered, NeedReader } from './needs.ts';
import { distantIssues } from './links.ts';
import type { ObservedChange } from './observed.ts';
import { withPress } from './press.ts';
import { ownComments, readRemembered } from './remembered.ts';

/** What a host gives the gate. */
export interface GateRequest {
  readonly page: ChangePage;
  readonly configPath: string;
  readonly unconfigured: ObservedChange['unconfigured'];
  readonly offer: ObservedChange['offer'];
  /** Where the answer stands: the job is the check itself, another job is, or the engine posts a check run. */
  readonly check: 'job' | 'other-job' | 'check-run';
  readonly at: string;
  /** What was read ahead; the gate adds to it. */
  readonly known: Answered;
  readonly read: NeedReader;
  /** The button that was pressed, if one was. */
  readonly pressed?: Pressed | null;
  /** The metric sources, for pre-flight; null: none are asked. */
  readonly metrics: MetricReader | null;
  /** What the head's check says, of this change and of others that end with the same commit. */
  readonly tellHead: (decision: Decision) => Promise<Told>;
  /** What stood on the head before its changes were read. */
  readonly seen: StandingCheck | null | undefined;
}

/** The gate's answer and what it would write. */
export interface GateResult {
  readonly decision: Decision;
  /** What the check of its head says: another change's verdict where that is worse. */
  readonly told: Told;
  readonly config: Config;
  /** What the plan leads from and to. */
  readonly now: Observed;
  readonly desired: Desired;
  readonly plan: readonly Effect[];
  /** What is written before it, since it tells of that, and the plan where it is refused; null: nothing is. */
  readonly first: { readonly effect: Effect; readonly planIfRefused: readonly Effect[] } | null;
  /** Linked issues whose edits are told to another repository, or to none that names them. */
  readonly links: readonly ChangeRef[];
  /** When time alone changes the decision, ISO 8601; null: only an event does. */
  readonly reviewAt: string | null;
}

/** Gathers and decides in as few rounds of parallel reads as the decision needs, then plans. */
export async function runGate(request: GateRequest): Promise<GateResult> {
  const observed = observe(request);
  const own = ownComments(request.page);
  const previous = await readRemembered(request.page, { read: request.read, now: request.at });
  const decided = await deliberate(observed, { known: request.known, read: request.read, previous: previous.state });
  const { config } = decided;
  const [insight, ownCheck, reactions] = await Promise.all([gainInsight(decided, request), request.check === 'other-job' ? request.read({ kind: 'own-check' }) : null, readReactions(decided.decision, request.read)]);
  const { decision, first } = await withPress(request.pressed ?? null, { decision: insight, config }, request);
  const now: Observed = { labels: request.page.change.labels, own, evaluatedAt: previous.at, reactions, ownCheck };
  const told = await request.tellHead(decision);
  const desired = desire(request, { decision, config, told }, now);
  const planIfRefused = async (refused: Decision): Promise<readonly Effect[]> => planGate(now, desire(request, { decision: refused, config, told: await request.tellHead(refused) }, now), request.at);
  return {
    decision, told, config, now, desired, plan: planGate(now, desired, request.at), links: distantIssues(request.page.change, request.page.closing),
    first: first && { effect: first.effect, planIfRefused: await planIfRefused(first.refused) },
    reviewAt: reviewAt(decision, request.page.change.head.pushedAt),
  };
}

/** Judge and sources are loaded where there is a promise to look at, or a memory to look into. */
async function gainInsight({ decision, config }: Decided, request: GateRequest): Promise<Decision> {
  const promised = decision.hypothesis !== null && config.metrics.size > 0 && request.metrics !== null;
  if (!decision.inScope || (!promised && request.page.dashboard === null)) return decision;
  const { withInsight } = await import('./insight.ts');
  return withInsight(decision, { ...request, config });
}

async function readReactions({ answers }: Decision, read: NeedReader): Promise<Observed['reactions']> {
  return new Map(await Promise.all(answers.map(async ({ commentId }) => [commentId, await read({ kind: 'own-reactions', commentId })] as const)));
}

/** A pull request as the decision observes it. */
export function observe({ page, configPath, unconfigured, offer, at }: Pick<GateRequest, 'page' | 'configPath' | 'unconfigured' | 'offer' | 'at'>): ObservedChange {
  const { change } = page;
  return {
    change: { ref: change.ref, title: change.title, body: change.body, author: change.author, labels: change.labels, draft: change.draft, headSha: change.head.sha },
    repo: { owner: change.ref.owner, repo: change.ref.repo },
    visibility: change.visibility,
    files: { kind: 'paged', count: change.changedFiles },
    comments: page.comments,
    config: page.config,
    configPath,
    offer,
    baseRef: change.base.ref,
    labelers: page.labelers,
    closing: page.closing,
    pushedAt: change.head.pushedAt,
    cost: null,
    unconfigured,
    at,
  };
}

function desire({ page, check, seen }: GateRequest, { decision, config, told }: Decided & Pick<GateResult, 'told'>, { own, ownCheck }: Observed): Desired {
  const { ref: change, head } = page.change;
  const request = renderGateComment(decision);
  const ownConclusion = check === 'other-job' ? conclusionOf(told) : null;
  // A person was asked to run the check again and hasn't yet: the line stays, else it would come and go with each run.
  const stillAsked = ownConclusion !== null && ownCheck?.conclusion !== ownConclusion && own[0] !== undefined && asksForRerun(own[0].body);
  const keepLine = (body: string): string => (stillAsked ? askForRerun(body) : body);
  return {
    change,
    comment: request === null ? { body: keepLine(renderGateLine(decision)), create: isSpokenTo(decision) ? 'if-missing' : 'never' } : { body: keepLine(request), create: 'if-missing' },
    reactions: decision.answers.map(({ commentId, reaction }) => ({ commentId, content: reaction })),
    labels: gateLabels(decision, config),
    check: check === 'check-run' ? { headSha: head.sha, check: told.check, changes: told.changes, ...(seen !== undefined && { seen }) } : null,
    ownConclusion,
  };
}

/** What the head's own job should end with: neutral exits 0. */
function conclusionOf({ verdict }: Told): 'success' | 'failure' {
  return verdict === 'fail' ? 'failure' : 'success';
}
