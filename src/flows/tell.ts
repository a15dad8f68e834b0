// Tells a verdict, a question or a reminder exactly once: claimed first, written down before it is said, said only where it was not yet.
import type { Applied } from '../effects/apply.ts';
import { numberOfKey } from '../experiment/identity.ts';
import { audienceOf } from '../experiment/sharing.ts';
import { encodeRecord } from '../experiment/record-text.ts';
import type { SigningKey } from '../experiment/signature.ts';
import type { ChangeRef, Comment } from '../model/change.ts';
import type { Experiment, LedgerEntry } from '../model/experiment.ts';
import { parseOutcomeMarker, renderOutcomeMarker, type OutcomeKind } from '../report/outcome-marker.ts';
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

/** One new comment in the first place that takes it: a run that was killed after saying it finds it there. */
async function say(telling: Telling, publication: Publication, { caretaker, dashboard }: TellContext): Promise<Said> {
  const { experiment } = publication;
  const kind: OutcomeKind = telling.kind;
  const applied: Applied[] = [];
  for (const on of placesFor(experiment, { caretaker, dashboard })) {
    const { comments } = await caretaker.host.reader.readConversation(on);
    const known = comments.find((comment) => isTelling(comment, { kind, key: experiment.key }));
    if (known !== undefined) return { comment: { change: on, commentId: known.id }, applied };
    const body = `${renderOutcomeMarker({ kind, key: experiment.key })}\n${renderTelling(telling, publication, { on, key: caretaker.host.signingKey })}`;
    const done = await carryOut([{ kind: 'create-comment', change: on, body }], caretaker.host);
    applied.push(...done);
    const made = madeBy(done);
    if (made !== null) return { comment: { change: on, commentId: made.id }, applied };
  }
  return { comment: null, applied };
}

function isTelling({ mine, body }: Comment, { kind, key }: { readonly kind: OutcomeKind; readonly key: string }): boolean {
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
      return renderReminder(experiment, shows);
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
