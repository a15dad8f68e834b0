// A configuration is tried out on the pull request that brings it, and on the last merged ones.
import type { Decision, Situation } from '../model/decision.ts';
import type { Note } from '../model/problem.ts';
import type { PastChange } from '../ports/forge.ts';
import { renderTitle } from '../report/title.ts';
import type { Answers, AnswerTo, Deciding, Known, Need } from './needs.ts';
import type { ObservedChange } from './observed.ts';
import type { Inquiry } from './inquiry.ts';

export interface Rehearsed {
  /** As the configuration in force sees it. */
  readonly now: ObservedChange;
  /** As its own would. */
  readonly trial: ObservedChange;
  readonly known: Known;
  readonly decide: (observed: ObservedChange, known: Known) => Deciding;
}

/** What the new configuration would say, in two lines; undefined while something has to be read. */
export function rehearse(inquiry: Inquiry, { now, trial, known, decide }: Rehearsed): readonly Note[] | undefined {
  const own = decide(trial, known);
  const merged = inquiry.ask({ kind: 'last-merged' });
  if (own.kind === 'needs') inquiry.askAll(own.needs);
  if (own.kind === 'needs' || merged === undefined) return undefined;
  const asks = (observed: ObservedChange, past: PastChange): boolean => isAsked(decide(observedPast(observed, past), offline(known)));
  return [
    { code: 'configuration-rehearsed', text: `Under the configuration it brings, this pull request would read: ${renderTitle(own.decision)}.` },
    ...(merged.length === 0 ? [] : [compare(merged, (past) => [asks(now, past), asks(trial, past)])]),
  ];
}

function compare(merged: readonly PastChange[], asked: (past: PastChange) => readonly [now: boolean, trial: boolean]): Note {
  const rows = merged.map((past) => ({ number: past.ref.number, asked: asked(past) }));
  const more = rows.filter(({ asked: [now, trial] }) => trial && !now);
  const fewer = rows.filter(({ asked: [now, trial] }) => now && !trial);
  const list = (label: string, those: typeof rows): string => (those.length === 0 ? '' : `; ${label} ${those.map(({ number }) => `\`#${number}\``).join(', ')}`);
  const sum = (those: readonly boolean[]): number => those.filter(Boolean).length;
  const text = `Of the last ${merged.length} merged pull requests it would have asked ${sum(rows.map(({ asked: [, trial] }) => trial))} for a hypothesis, the one in force ${sum(rows.map(({ asked: [now] }) => now))}${list('newly', more)}${list('no more', fewer)}.`;
  return { code: 'configuration-backtest', text };
}

const SILENT: readonly Situation[] = ['not-configured', 'out-of-scope', 'exempt', 'auto-bet', 'nothing-asked', 'repair', 'configuration-broken', 'not-evaluated'];

function isAsked(deciding: Deciding): boolean {
  return deciding.kind === 'decided' && !SILENT.includes(deciding.decision.situation satisfies Decision['situation']);
}

/** A merged change as if it were proposed again: its words and its diff, without its conversation. */
function observedPast(observed: ObservedChange, { ref, title, body, author, labels, files, mergedAt }: PastChange): ObservedChange {
  return { ...observed, change: { ref, title, body, author, labels, draft: false, headSha: null }, files: { kind: 'whole', files }, comments: [], labelers: new Map(), closing: [], pushedAt: null, cost: null, at: mergedAt };
}

/** What this run has read answers for it (the files that the configurations extend); everything else is not worth a request each. */
function offline(known: Known): Known {
  return { get: <N extends Need>(need: N): AnswerTo<N> | undefined => known.get(need) ?? (UNREAD[need.kind] as AnswerTo<N>) };
}

const UNREAD: Answers = {
  files: [], text: { kind: 'absent' }, 'older-text': { kind: 'absent' }, issue: { kind: 'absent' }, access: { sight: null, why: 'it is not read for a merged change' }, permission: 'none', membership: 'unreadable', artifact: { kind: 'absent' },
  'last-merged': [], 'own-check': null, 'own-words': null, 'own-reactions': [],
};
