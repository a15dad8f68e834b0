// Tells a verdict, a question or a reminder exactly once: claimed first, written down before it is said, said only where it was not yet.
import type { Applied } from '../effects/apply.ts';
import { planRecord } from '../effects/plan-record.ts';
import { numberOfKey } from '../experiment/identity.ts';
import { audienceOf } from '../experiment/sharing.ts';
import { encodeRecord } from '../experiment/record-text.ts';
import type { SigningKey } from '../experiment/signature.ts';
import type { ChangeRef, Comment } from '../model/change.ts';
import type { Experiment, LedgerEntry, Withdrawal } from '../model/experiment.ts';
import { outcomeLabels } from '../report/outcome-labels.ts';
import { renderWithdrawn } from '../report/outcome-line.ts';
import { parseOutcomeMarker, renderOutcomeMarker, type OutcomeMarker } from '../report/outcome-marker.ts';
import { renderManualQuestion, renderReminder } from '../report/short-comments.ts';
import { renderVerdict } from '../report/verdict.ts';
import type { Telling } from './advance.ts';
import type { Caretaker } from './caretaker.ts';
import { chartsOf } from './charts.ts';
import { publishRecord, showsTo, type Publication } from './publish.ts';
import type { Standing } from './records.ts';
import { carryOut } from './run.ts';

/** A claim older than this without a verdict belongs to a run that died. */
const CLAIM_SECONDS = 15 * 60;

export interface Told {
  readonly experiment: Experiment;
  readonly entry: LedgerEntry | null;
  readonly applied: readonly Applied[];
}

export interface TellContext {
  readonly caretaker: Caretaker;
  readonly dashboard: number | null;
}

/** Claimed, written down, said, and written down that it was said; nothing of it where another run holds the claim. */
export async function tell(telling: Telling, publication: Publication, context: TellContext): Promise<Told> {
  const { caretaker } = context;
  const claim = await claimRecord(publication.home ?? publication.copy, caretaker);
  if (!claim.won) return { experiment: publication.experiment, entry: null, applied: claim.applied };
  const known = telling.kind === 'verdict' ? { ...publication.experiment, result: telling.result } : publication.experiment;
  const first = await publishRecord(caretaker, { ...publication, experiment: known }, context.dashboard);
  const said = await say(telling, first.stands, context);
  const experiment = remember(telling, known, { said: said.comment, at: caretaker.at });
  const last = await publishRecord(caretaker, { ...first.stands, experiment }, context.dashboard);
  return { experiment, entry: last.entry, applied: [...claim.applied, ...first.applied, ...said.applied, ...last.applied] };
}

/** Nobody can say any more what was agreed: told once, on the pull request, and never a pass. */
export async function tellLoss(entry: LedgerEntry, { caretaker, why, dashboard }: TellContext & { readonly why: string }): Promise<{ readonly entry: LedgerEntry; readonly applied: readonly Applied[] }> {
  const withdrawal: Withdrawal = { why: 'record-lost', by: null, reason: why, at: caretaker.at };
  const visits = entry.silent ? [] : await Promise.all(entry.changes.map((number) => caretaker.visit({ ...caretaker.repo, number })));
  const labels = visits.map(({ page, config }) => ({ on: page.change.ref, present: page.change.labels, ...outcomeLabels({ result: null, withdrawal, silent: entry.silent }, config.labels.outcomePrefix) }));
  const said = visits.length === 0 ? { applied: [] } : await sayOnce({ kind: 'verdict', key: entry.key }, {
    caretaker,
    places: [...visits.slice(0, 1).map(({ page }) => page.change.ref), ...(dashboard === null ? [] : [{ ...caretaker.repo, number: dashboard }])],
    render: () => renderWithdrawn(withdrawal),
  });
  const labelled = await carryOut(planRecord({ comments: [], labels, reactions: [] }), caretaker.host);
  return { entry: { ...entry, stage: 'withdrawn', outcome: 'inconclusive', endedAt: caretaker.at }, applied: [...said.applied, ...labelled] };
}

/** Our own reaction on the record, of which GitHub makes one: who made it tells. */
async function claimRecord(standing: Standing | null, { host, repo, now }: Caretaker): Promise<{ readonly won: boolean; readonly applied: readonly Applied[] }> {
  if (standing === null) return { won: false, applied: [] };
  const claim = { kind: 'claim' as const, change: { ...repo, number: standing.place.number }, commentId: standing.place.commentId };
  const first = await carryOut([{ ...claim, stale: null }], host);
  const made = madeBy(first);
  if (made === null) return { won: host.intention === 'dry-run', applied: first };
  if (made.fresh) return { won: true, applied: first };
  if (Date.parse(made.at) / 1000 + CLAIM_SECONDS > now) return { won: false, applied: first };
  const second = await carryOut([{ ...claim, stale: made.id }], host);
  return { won: madeBy(second)?.fresh === true, applied: [...first, ...second] };
}

function madeBy(applied: readonly Applied[]): { readonly id: number; readonly at: string; readonly fresh: boolean } | null {
  const outcome = applied[0]?.outcome;
  return outcome?.kind === 'done' ? outcome.made : null;
}

interface Said {
  readonly comment: { readonly change: ChangeRef; readonly commentId: number } | null;
  readonly applied: readonly Applied[];
}

function say(telling: Telling, publication: Publication, { caretaker, dashboard }: TellContext): Promise<Said> {
  const { experiment } = publication;
  return sayOnce({ kind: telling.kind, key: experiment.key }, { caretaker, places: placesFor(experiment, { caretaker, dashboard }), render: (on) => renderTelling(telling, publication, { on, key: caretaker.host.signingKey }) });
}

interface Saying {
  readonly caretaker: Caretaker;
  /** Where it may stand, the best first. */
  readonly places: readonly ChangeRef[];
  readonly render: (on: ChangeRef) => string;
}

/** One new comment in the first place that takes it: a run that was killed after saying it finds it there. */
async function sayOnce(marker: OutcomeMarker, { caretaker, places, render }: Saying): Promise<Said> {
  const applied: Applied[] = [];
  for (const on of places) {
    const { comments } = await caretaker.host.reader.readConversation(on);
    const known = comments.find((comment) => isTelling(comment, marker));
    if (known !== undefined) return { comment: { change: on, commentId: known.id }, applied };
    const done = await carryOut([{ kind: 'create-comment', change: on, body: `${renderOutcomeMarker(marker)}\n${render(on)}` }], caretaker.host);
    applied.push(...done);
    const made = madeBy(done);
    if (made !== null) return { comment: { change: on, commentId: made.id }, applied };
  }
  return { comment: null, applied };
}

function isTelling({ mine, body }: Comment, { kind, key }: OutcomeMarker): boolean {
  const marker = mine ? parseOutcomeMarker(body) : null;
  return marker !== null && marker.kind === kind && marker.key === key;
}

/** One pull request: on it. Several: on the issue that holds the hypothesis. Where a conversation is locked: the issue, then the dashboard. */
function placesFor(experiment: Experiment, { caretaker: { repo }, dashboard }: TellContext): readonly ChangeRef[] {
  const issue = numberOfKey(experiment.key, repo);
  const own = experiment.members.map(({ change }) => change).slice(0, 1);
  const shared = issue === null ? [] : [{ ...repo, number: issue }];
  const board = dashboard === null ? [] : [{ ...repo, number: dashboard }];
  const ordered = experiment.members.length > 1 ? [...shared, ...own, ...board] : [...own, ...shared, ...board];
  return [...new Map(ordered.map((place) => [place.number, place])).values()];
}

function renderTelling(telling: Telling, { experiment, visits }: Publication, { on, key }: { readonly on: ChangeRef; readonly key: SigningKey }): string {
  const visibility = visits[0]?.page.change.visibility ?? 'public';
  const shows = showsTo(experiment, visibility);
  switch (telling.kind) {
    case 'verdict': {
      const { digest } = encodeRecord(experiment, { audience: audienceOf(visibility), key });
      return renderVerdict(experiment, telling.result, { charts: chartsOf(experiment, telling.result, telling), shows, digest, on });
    }
    case 'question':
      return renderManualQuestion(experiment, telling.metrics);
    case 'reminder':
      return renderReminder(experiment, { shows, on });
  }
}

function remember(telling: Telling, experiment: Experiment, { said, at }: { readonly said: Said['comment']; readonly at: string }): Experiment {
  if (said === null) return experiment;
  switch (telling.kind) {
    case 'verdict':
      return { ...experiment, toldIn: said };
    case 'question':
      return { ...experiment, askedAt: at };
    case 'reminder':
      return { ...experiment, remindedAt: at };
  }
}
