// Writes records down: home comment, second copy, labels, and the dashboard that lists them. Each write is the difference to what stands.
import { encodeLedger } from '../experiment/ledger.ts';
import { encodeRecord } from '../experiment/record-text.ts';
import { audienceOf } from '../experiment/sharing.ts';
import type { Applied } from '../effects/apply.ts';
import { planRecord, type DesiredComment, type DesiredReaction } from '../effects/plan-record.ts';
import { ledgerEntry } from '../experiment/ledger-entry.ts';
import { isoOf, windowOf } from '../experiment/windows.ts';
import type { Change, ChangeRef } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import type { CommandAnswer } from '../model/gate.ts';
import type { Experiment, Ledger, LedgerEntry, RecordPlace } from '../model/experiment.ts';
import { DASHBOARD_LABEL, DASHBOARD_TITLE } from '../report/dashboard-label.ts';
import { renderDashboard } from '../report/dashboard.ts';
import { outcomeLabels } from '../report/outcome-labels.ts';
import { renderOutcomeMarker } from '../report/outcome-marker.ts';
import { renderRecord } from '../report/record.ts';
import { showsOf, type Shows } from '../report/shows.ts';
import type { Caretaker, Visited } from './caretaker.ts';
import { homeChange, standingsOf, type Standing } from './records.ts';
import { carryOut } from './run.ts';

/** An experiment and where it stands so far; `visits` are its members in their order, the home first. */
export interface Publication {
  readonly experiment: Experiment;
  readonly home: Standing | null;
  readonly copy: Standing | null;
  readonly visits: readonly Visited[];
  readonly answers: readonly CommandAnswer[];
}

export interface Published {
  /** The publication as it stands now: what was written is not written again. */
  readonly stands: Publication;
  readonly applied: readonly Applied[];
  readonly entry: LedgerEntry;
}

/** The dashboard's number; the issue is opened where there is none. Of two opened at once the older one counts, and the other says so. Null where it may not be written. */
export async function ensureDashboard(caretaker: Caretaker, known: number | null): Promise<{ readonly number: number | null; readonly applied: readonly Applied[] }> {
  if (known !== null) return { number: known, applied: [] };
  const { host, repo, at } = caretaker;
  const plan: readonly Effect[] = [{ kind: 'create-issue', repo, title: DASHBOARD_TITLE, body: renderLedger({ entries: [], mergesSeenUntil: null }, { at, visibility: 'public' }), label: DASHBOARD_LABEL }];
  const applied = await carryOut(plan, host);
  const outcome = applied[0]?.outcome;
  const made = outcome?.kind === 'done' ? (outcome.made?.id ?? null) : null;
  const oldest = made === null ? null : ((await host.reader.readDashboard(repo))?.number ?? made);
  if (made === null || oldest === made) return { number: made, applied };
  const twin = await carryOut([{ kind: 'edit-issue', issue: { ...repo, number: made }, body: `The dashboard of this repository is #${oldest}. This one was opened in the same moment, and can be closed.` }], host);
  return { number: oldest, applied: [...applied, ...twin] };
}

/** Brings one record's comments and labels to what the experiment says. */
export async function publishRecord(caretaker: Caretaker, wanted: Publication, dashboard: number | null): Promise<Published> {
  const publication = { ...wanted, home: wanted.home ?? strayHome(wanted) };
  const { experiment, visits, answers } = publication;
  const home = homeChange(experiment);
  const board = dashboard === null ? null : { ...caretaker.repo, number: dashboard };
  const texts = renderTexts(caretaker, publication, { home, copy: board });
  const comments: DesiredComment[] = [];
  const homePage = visits[0]?.page ?? null;
  if (!experiment.silent && home !== null) comments.push({ on: home, body: texts.home, standing: publication.home && standing(publication.home) });
  if (board !== null) comments.push({ on: board, body: texts.copy, standing: publication.copy && standing(publication.copy) });
  const labels = experiment.silent ? [] : visits.map(({ page, config }) => ({ on: page.change.ref, present: page.change.labels, ...outcomeLabels(experiment, config.labels.outcomePrefix) }));
  const reactions = home === null || homePage === null ? [] : await Promise.all(answers.map(async ({ commentId, reaction }): Promise<DesiredReaction> => ({ on: home, commentId, content: reaction, present: await caretaker.host.reader.readOwnReactions(caretaker.repo, commentId) })));
  const applied = await carryOut(planRecord({ comments, labels, reactions }), caretaker.host);
  const placed = (kind: 'home' | 'copy', known: Standing | null, number: number | undefined): Standing | null => {
    const made = applied.find(({ effect }) => effect.kind === 'create-comment' && effect.change.number === number)?.outcome;
    const place: RecordPlace | null = known?.place ?? (made?.kind === 'done' && made.made !== null && number !== undefined ? { number, commentId: made.made.id, nodeId: made.made.nodeId } : null);
    return place && { place, body: texts[kind], state: { kind: 'intact' } };
  };
  const stands = { home: experiment.silent ? null : placed('home', publication.home, home?.number), copy: placed('copy', publication.copy, dashboard ?? undefined) };
  return {
    applied,
    stands: { ...publication, ...stands, visits: visits.map((visited) => withLabels(visited, applied)) },
    entry: ledgerEntry(experiment, { home: stands.home?.place ?? null, copy: stands.copy?.place ?? null }),
  };
}

/** A run that broke off after the comment left neither label nor line of the dashboard to find it by. */
function strayHome({ experiment, visits: [home] }: Publication): Standing | null {
  return experiment.silent || home === undefined ? null : homeOf(home, experiment.key);
}

/** The page with the labels that this run has set and taken away. */
function withLabels(visited: Visited, applied: readonly Applied[]): Visited {
  const { change } = visited.page;
  const labels = applied.reduce<readonly string[]>((present, { effect }) => {
    if (effect.kind === 'add-label' && effect.change.number === change.ref.number) return [...present, effect.label.name];
    if (effect.kind === 'remove-label' && effect.change.number === change.ref.number) return present.filter((name) => name.toLowerCase() !== effect.name.toLowerCase());
    return present;
  }, change.labels);
  return { ...visited, page: { ...visited.page, change: { ...change, labels } } };
}

function standing({ place, body }: Standing): { readonly commentId: number; readonly body: string } {
  return { commentId: place.commentId, body };
}

interface Places {
  readonly home: ChangeRef | null;
  readonly copy: ChangeRef | null;
}

/** The same record twice, each under its own marker and with the links of its place. */
function renderTexts(caretaker: Caretaker, { experiment, visits, answers }: Publication, { home, copy }: Places): { readonly home: string; readonly copy: string } {
  const visibility = visits[0]?.page.change.visibility ?? 'public';
  const { text } = encodeRecord(experiment, { audience: audienceOf(visibility), key: caretaker.host.signingKey });
  const window = windowOf(experiment);
  const body = (on: ChangeRef | null): string => on === null ? '' : renderRecord(experiment, {
    sealedText: `\`\`\`text\n${text}\n\`\`\``, shows: showsTo(experiment, visibility), on, until: window && isoOf(window.to),
    replies: answers.flatMap(({ text: reply }) => reply ?? []),
  });
  return { home: `${renderOutcomeMarker({ kind: 'record', key: experiment.key })}\n${body(home)}`, copy: `${renderOutcomeMarker({ kind: 'copy', key: experiment.key })}\n${body(copy)}` };
}

/** What the readers of a repository may see; the words of a hypothesis that fewer people can read never came along. */
export function showsTo({ metrics, hypothesis }: Experiment, visibility: Change['visibility']): Shows {
  return showsOf(metrics, { visibility, words: hypothesis.claim !== '' });
}

/** What the dashboard's text depends on besides its entries. */
interface Board {
  readonly at: string;
  readonly visibility: Change['visibility'];
}

function renderLedger(ledger: Ledger, { at, visibility }: Board): string {
  const { text, dropped } = encodeLedger(ledger);
  return renderDashboard({ entries: ledger.entries, index: text, dropped: dropped.length, at, costs: visibility !== 'public' });
}

/** Writes the dashboard: entries that this run touched over those that stand there. */
export async function publishLedger(caretaker: Caretaker, ledger: Ledger, { number, body, touched, visibility }: { readonly number: number; readonly body: string | null; readonly touched: readonly LedgerEntry[] } & Pick<Board, 'visibility'>): Promise<readonly Applied[]> {
  const merged = new Map([...ledger.entries, ...touched].map((entry) => [entry.key, entry]));
  const wanted = renderLedger({ ...ledger, entries: [...merged.values()] }, { at: caretaker.at, visibility });
  if (body !== null && body.replaceAll('\r\n', '\n').trim() === wanted.trim()) return [];
  return carryOut([{ kind: 'edit-issue', issue: { ...caretaker.repo, number }, body: wanted }], caretaker.host);
}

/** Our gate comment on a change becomes the home of its record: one comment, not two. */
export function homeOf(visited: Visited, key: string): Standing | null {
  const { comments, change } = visited.page;
  const known = standingsOf(comments, { kind: 'record', number: change.ref.number }).find(([other]) => other === key)?.[1];
  return known === undefined ? null : { ...known.standing, state: { kind: 'intact' } };
}
